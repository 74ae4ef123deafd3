public import Diagnostics
import Syntax

/// Where the entries of a map stand in the source, as far as the text tells: followed from the expression that gave the
/// map through names, branches, operators and functions of the file to the literal or comprehension that made it.
struct EntryPlaces {
  private let module: ModuleUnit
  private var functions: [SymbolID: FunctionDeclaration] = [:]

  /// The places in a file.
  init(_ module: ModuleUnit) {
    self.module = module
    for function in module.unit.functions {
      if let symbol = module.resolution.declarations[function.name.span.lower] { functions[symbol] = function }
    }
  }

  /// The part of an entry that is asked for.
  struct Wanted {
    let key: String
    /// Its key, or else its value.
    let isKey: Bool
  }

  /// Where an entry stands that came out of a result of a function; `nil` if the text does not tell.
  func place(of wanted: Wanted, from result: NodeID, in function: FunctionDeclaration) -> Span? {
    let body = FunctionText(function, module.resolution)
    guard let expression = body.results.first(where: { $0.id == result }) else { return nil }
    return place(of: wanted, in: expression, body, depth: 0)
  }

  private func place(of wanted: Wanted, in expression: Expression, _ body: FunctionText, depth: Int) -> Span? {
    guard depth < 12 else { return nil }
    func follow(_ next: Expression) -> Span? { place(of: wanted, in: next, body, depth: depth + 1) }
    switch expression.kind {
    case .parenthesized(let inner), .unary(_, let inner): return follow(inner)
    case .binary(_, let left, let right): return only([follow(left), follow(right)])
    case .map(let entries): return place(of: wanted, in: entries)
    case .mapComprehension(let key, let value, _): return (wanted.isKey ? key : value).span
    case .conditional(let branch):
      return only(FunctionText.values(of: branch).map(follow))
    case .name:
      guard case .local(let symbol)? = module.resolution.references[expression.id] else { return nil }
      if let item = body.items[symbol]?.last(where: { $0.key.plainText == wanted.key }) {
        return (wanted.isKey ? item.key : item.value).span
      }
      let values = body.values[symbol] ?? []
      return values.count == 1 ? follow(values[0]) : nil
    case .call(let callee, _):
      guard case .function(let symbol)? = module.resolution.references[callee.id], let function = functions[symbol]
      else { return nil }
      let inner = FunctionText(function, module.resolution)
      return only(inner.results.map { place(of: wanted, in: $0, inner, depth: depth + 1) })
    case .number, .duration, .date, .string, .boolean, .missing, .none, .list, .listComprehension, .range, .methodCall,
      .member, .index, .slice, .lambda, .at, .invalid:
      return nil
    }
  }

  /// Of several ways the one that leads somewhere; `nil` where the text leaves it open which one was gone.
  private func only(_ places: [Span?]) -> Span? {
    let found = places.compactMap(\.self)
    return found.dropFirst().allSatisfy { $0 == found[0] } ? found.first : nil
  }

  /// The entry with the key; else the only one whose key is computed.
  private func place(of wanted: Wanted, in entries: [MapEntry]) -> Span? {
    let computed = entries.filter { $0.key.plainText == nil }
    let entry = entries.first { $0.key.plainText == wanted.key } ?? (computed.count == 1 ? computed[0] : nil)
    return entry.map { (wanted.isKey ? $0.key : $0.value).span }
  }
}

/// What a function gives, and what its names are given.
private struct FunctionText {
  /// The expressions of its `return`s and of its end, in order.
  var results: [Expression] = []
  /// What each name is bound to or assigned.
  var values: [SymbolID: [Expression]] = [:]
  /// What is written to items of each name: `m[key] = value`.
  var items: [SymbolID: [(key: Expression, value: Expression)]] = [:]
  private let resolution: Resolution

  init(_ function: FunctionDeclaration, _ resolution: Resolution) {
    self.resolution = resolution
    switch function.body {
    case .expression(let value): addResult(value)
    case .block(let block): add(block, givesResult: true)
    }
  }

  /// An `if` gives what its branches give.
  private mutating func addResult(_ value: Expression) {
    results.append(value)
    if case .conditional(let branch) = value.kind { add(branch, givesResult: true) }
  }

  private mutating func add(_ block: Block, givesResult: Bool) {
    for (place, statement) in block.statements.enumerated() {
      add(statement, givesResult: givesResult && place == block.statements.count - 1)
    }
  }

  private mutating func add(_ statement: Statement, givesResult: Bool) {
    switch statement.kind {
    case .binding(let binding):
      if case .name(let name, _) = binding.pattern, let symbol = resolution.declarations[name.span.lower] {
        values[symbol, default: []].append(binding.value)
      }
    case .assign(let place, _, let value): assign(place, value)
    case .return(let value): if let value { addResult(value) }
    case .loop(_, let block), .forEach(_, _, let block): add(block, givesResult: false)
    case .expression(let value):
      if givesResult {
        addResult(value)
      } else if case .conditional(let branch) = value.kind {
        add(branch, givesResult: false)
      }
    case .function, .break, .continue, .assert, .invalid: return
    }
  }

  private mutating func add(_ branch: If, givesResult: Bool) {
    add(branch.then, givesResult: givesResult)
    switch branch.otherwise {
    case .none: return
    case .block(let block): add(block, givesResult: givesResult)
    case .conditional(let next, _, _): add(next, givesResult: givesResult)
    }
  }

  private mutating func assign(_ place: Expression, _ value: Expression) {
    switch place.kind {
    case .name: if let symbol = symbol(place) { values[symbol, default: []].append(value) }
    case .index(let base, let key):
      if let symbol = symbol(base) { items[symbol, default: []].append((key, value)) }
    default: return
    }
  }

  private func symbol(_ name: Expression) -> SymbolID? {
    guard case .local(let symbol)? = resolution.references[name.id] else { return nil }
    return symbol
  }

  /// What the branches of an `if` give.
  static func values(of branch: If) -> [Expression] {
    var result = value(of: branch.then)
    switch branch.otherwise {
    case .none: break
    case .block(let block): result += value(of: block)
    case .conditional(let next, _, _): result += values(of: next)
    }
    return result
  }

  private static func value(of block: Block) -> [Expression] {
    guard case .expression(let value)? = block.statements.last?.kind else { return [] }
    return [value]
  }
}

extension Expression {
  /// The text of a string without interpolation.
  fileprivate var plainText: String? {
    if case .string(let literal) = kind { literal.plainText } else { nil }
  }
}

extension Machine {
  /// Where an entry of the map that `signals` gave stands in the script: its key or its value, else the expression that
  /// gave the map. Of the latest call.
  public func place(ofEntry key: String, atKey isKey: Bool) -> Location? {
    let result = context.pointee.result
    guard let program, let function = program.script.unit.unit.functions.first(where: { $0.name.text == "signals" }),
      let span = EntryPlaces(program.script.unit).place(
        of: EntryPlaces.Wanted(key: key, isKey: isKey), from: result.expression, in: function)
    else { return sites.location(result.site) }
    return program.location(program.script.unit.unit.file, span)
  }
}
