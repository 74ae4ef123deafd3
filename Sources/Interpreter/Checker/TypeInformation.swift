public import Diagnostics
import Syntax

/// What the checker knows of the types in a file, as text: for hover, `:type` and documentation.
public struct TypeInformation: Sendable {
  /// A declared name and its type.
  public struct Declared: Sendable {
    /// The name.
    public let name: String
    /// How it came to be.
    public let kind: Symbol.Kind
    /// Where it is declared.
    public let span: Span
    /// It belongs to the file itself, not to a function.
    public let isTopLevel: Bool
    /// As a hover shows it: `fn momentum(ticker: string) -> series`, `let floor: number`, `param n: number`.
    public let text: String
    /// The type alone: `number`, `list[string]`; of a function, its result.
    public let type: String
  }

  /// A name of the data that stands in the script.
  public struct DataName: Sendable {
    /// What it is a name of.
    public let domain: ParameterDomain
    /// The ticker, code, curve or universe.
    public let name: String
    /// Where it stands.
    public let span: Span
    /// It stands in a test.
    public let isInTest: Bool
  }

  /// Every declaration, in order of place.
  public let declarations: [Declared]
  /// Names of data that are given to primitives as literals, in order of place.
  public let dataNames: [DataName]
  private let places: [(span: Span, type: String)]

  init(_ declarations: [Declared], _ record: TypeRecord) {
    self.declarations = declarations.sorted {
      ($0.span.lower, $0.span.upper) < ($1.span.lower, $1.span.upper)
    }
    dataNames = record.dataNames.sorted { $0.span.lower < $1.span.lower }
    places = record.expressions.values.map { ($0.span, $0.type.text) }
      .sorted { ($0.0.lower, $0.0.upper, $0.1) < ($1.0.lower, $1.0.upper, $1.1) }
  }

  /// The declaration of a name at the top level.
  public func declaration(_ name: String) -> Declared? {
    declarations.first { $0.isTopLevel && $0.name == name }
  }

  /// The declaration whose name stands at an offset.
  public func declaration(at offset: Int) -> Declared? {
    declarations.first { Int($0.span.lower) <= offset && offset < Int($0.span.upper) }
  }

  /// The innermost expression at an offset, and its type.
  public func expression(at offset: Int) -> (span: Span, type: String)? {
    places.filter { Int($0.span.lower) <= offset && offset < Int($0.span.upper) }
      .min { $0.span.upper - $0.span.lower < $1.span.upper - $1.span.lower }
  }
}

extension ModuleGraph {
  /// What is known of the types in one of the files; the script's unless said otherwise.
  public func types(library: BuiltinLibrary, ofModule index: Int? = nil) -> TypeInformation {
    let module = modules[index ?? modules.count - 1]
    let units = module.imports.reduce(into: [String: SourceUnit]()) {
      $0[$1.name] = modules[$1.index].unit
    }
    let known = module.imports.reduce(into: [String: [String: StaticType]]()) {
      $0[$1.name] = modules[$1.index].exports
    }
    let checker = Checker(
      module.unit, module.resolution, library: library, imports: units, rules: CheckingRules(),
      exports: known)
    return checker.typeInformation()
  }
}

/// What a checker notes for hover.
struct TypeRecord {
  var expressions: [NodeID: (span: Span, type: StaticType)] = [:]
  var functions: [SymbolID: (declaration: FunctionDeclaration, result: StaticType)] = [:]
  var states: [SymbolID: StaticType] = [:]
  var dataNames: [TypeInformation.DataName] = []

  mutating func note(_ expression: Expression, _ type: StaticType) {
    expressions[expression.id] = (expression.span, type)
  }
}

extension Checker {
  /// Notes the name of data that a call gives as a literal.
  func noteData(_ builtin: Builtin, _ shape: BuiltinEntry.Shape, _ given: [Given]) {
    guard record != nil, case .readsData = builtin.effect, let domain = shape.parameters.first?.domain, domain.isName,
      let argument = given.first, case .string(let literal) = argument.value.kind,
      let name = literal.plainText
    else { return }
    record?.dataNames.append(
      TypeInformation.DataName(
        domain: domain, name: name, span: argument.value.span, isInTest: flow.isTest))
  }

  /// Checks the file once more, noting types on the way.
  func typeInformation() -> TypeInformation {
    record = TypeRecord()
    _ = check()
    var declared: [TypeInformation.Declared] = []
    for (place, symbol) in resolution.symbols.enumerated() {
      declared.append(self.declared(place, symbol))
    }
    return TypeInformation(declared, record ?? TypeRecord())
  }

  private func declared(_ place: SymbolID, _ symbol: Symbol) -> TypeInformation.Declared {
    var type = types[place] ?? record?.states[place] ?? .unknown
    let text: String
    if let (function, result) = record?.functions[place] {
      let parameters = function.parameters.map { parameter in
        let type = typeText(of: parameter, in: function).map { ": \($0)" } ?? ""
        let initial = parameter.initial.map { " = \(unit.file.text($0.span))" } ?? ""
        return parameter.name.text + type + initial
      }
      type = function.result.map { StaticType(of: TypeExpression($0)) } ?? result
      text = "fn \(symbol.name)(\(parameters.joined(separator: ", "))) -> \(type.text)"
    } else {
      if case .parameter = symbol.kind, type.kinds == .all, let wanted = demands[place],
        wanted.count == 1
      {
        type = StaticType(of: wanted[0])
      }
      text = "\(symbol.kind.word)\(symbol.name): \(type.text)"
    }
    return TypeInformation.Declared(
      name: symbol.name, kind: symbol.kind, span: symbol.span, isTopLevel: symbol.owner == nil,
      text: text,
      type: type.text)
  }
}

extension Symbol.Kind {
  /// The word before the name, with a blank behind it.
  fileprivate var word: String {
    switch self {
    case .constant: "let "
    case .variable: "var "
    case .param: "param "
    case .state: "state "
    case .function: "fn "
    case .parameter, .loop, .module: ""
    }
  }
}
