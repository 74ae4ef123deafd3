import Diagnostics
import MarketModel

/// A builtin as the evaluator calls it: chooses the overload, fills defaults, checks and converts the arguments.
final class BuiltinEntry: Callable, @unchecked Sendable {
  // Unchecked because `Callable` is a class; all fields are immutable.

  let builtin: Builtin
  let shapes: [Shape]

  /// An overload with its defaults read and its parameters' conversions known.
  final class Shape {
    let signature: Signature
    let parameters: [Parameter]
    let isVariadic: Bool
    /// Parameters that can only be named; they stand before the last, which takes all further arguments.
    let namedOnly: Int
    let required: Int
    let isLatest: Bool
    /// Whether it makes something of a map's values that takes each as a number, and gives none of them back.
    let readsMapAsNumbers: Bool
    let body: Builtin.Body
    /// What most arguments need, one element a parameter; read without counting references, lives as long as the shape.
    let conversions: UnsafeMutablePointer<Conversion>

    init(_ overload: Builtin.Overload) {
      signature = overload.signature
      parameters = overload.signature.parameters.map(BuiltinEntry.Parameter.init)
      isVariadic = overload.signature.isVariadic
      namedOnly = overload.signature.namedOnlyCount
      required = overload.signature.requiredCount
      isLatest = overload.isLatest
      readsMapAsNumbers =
        overload.signature.parameters.first?.type.alternatives.contains(.map(.number)) ?? false
        && overload.signature.result.alternatives.allSatisfy { [.number, .bool, .series].contains($0) }
      body = overload.body
      conversions = .allocate(capacity: max(1, parameters.count))
      for (place, parameter) in parameters.enumerated() {
        (conversions + place).initialize(to: Conversion(parameter))
      }
    }

    deinit { conversions.deallocate() }
  }

  /// The part of a parameter that can be looked at without counting references.
  struct Conversion: BitwiseCopyable {
    let accepts: KindSet
    /// Whether the parameter takes a part of its type only, and that a number or a duration.
    let isBounded: Bool
    /// Stands for an argument that is not given; `Value.absent` where that takes more than a value.
    let fallback: Value

    init(_ parameter: Parameter) {
      accepts = parameter.accepts
      isBounded = parameter.domain.map { !$0.isName } ?? false
      if case .value(let value) = parameter.fallback { fallback = value } else { fallback = .absent }
    }
  }

  struct Parameter {
    let name: String
    let type: TypeExpression
    let domain: ParameterDomain?
    let accepts: KindSet
    /// A series becomes its latest value.
    let isScalar: Bool
    let fallback: Fallback
  }

  /// What stands for an argument that is not given.
  enum Fallback {
    case required
    case value(Value)
    case text(String)
  }

  init(_ builtin: Builtin) {
    self.builtin = builtin
    shapes = builtin.overloads.map(Shape.init)
    let required = shapes.map(\.required).min() ?? 0
    let most = shapes.map { $0.isVariadic ? Int.max : $0.parameters.count }.max() ?? 0
    super.init(name: builtin.name, requiredCount: required, maximumCount: most)
  }

  override func invoke(
    _ function: FunctionRef?, _ context: UnsafeMutablePointer<Context>, _ arguments: UnsafeMutablePointer<Value>,
    count: Int, site: Int32
  ) throws(Trap) -> Value {
    let shape = try self.shape(for: arguments, count: count, context, site)
    guard count <= shape.parameters.count || shape.isVariadic, count >= shape.required else {
      throw context.machine.fail(.argumentCount(name, shape.signature, given: count), site)
    }
    // Parameters that are not given get their slots, too.
    let most = count + shape.parameters.count
    guard arguments + most < context.pointee.stackEnd else { throw context.machine.failDepth(site) }
    let total = shape.arrange(arguments, count: count)
    return try call(shape, context, arguments, count: total, site: site)
  }

  /// Runs a shape on arguments that stand in the order of its parameters, `Value.absent` for those not given.
  ///
  /// Never inlined: the optimiser of Swift 6.3 stops at a value without copies (`Call`) that is made in inlined code.
  @inline(never) func call(
    _ shape: Shape, _ context: UnsafeMutablePointer<Context>, _ arguments: UnsafeMutablePointer<Value>, count: Int,
    site: Int32
  ) throws(Trap) -> Value {
    try context.charge(1, site)
    let top = arguments + count
    guard top + 16 < context.pointee.stackEnd else { throw context.machine.failDepth(site) }
    let evaluation = Evaluation(context: context, site: site, top: top)
    let last = shape.parameters.count - 1
    for place in 0..<count {
      let conversion = shape.conversions[min(place, last)]
      if arguments[place].isAbsent {
        arguments[place] = conversion.fallback
        if !conversion.fallback.isAbsent { continue }
      } else if conversion.accepts.contains(arguments[place].kind) {
        if conversion.isBounded { try bound(arguments[place], shape.parameters[min(place, last)], evaluation) }
        continue
      }
      try convert(&arguments[place], shape.parameters[min(place, last)], evaluation)
    }
    return try shape.body(Call(evaluation: evaluation, arguments: arguments, count: count, entry: self))
  }

  /// The first shape whose first parameter takes the first argument, and that has room for the others and their names.
  func shape(
    for arguments: UnsafeMutablePointer<Value>, count: Int, names: [String?] = [],
    _ context: UnsafeMutablePointer<Context>, _ site: Int32
  ) throws(Trap) -> Shape {
    if shapes.count == 1 { return shapes[0] }
    if count == 0 { return shapes.first { $0.required == 0 } ?? shapes[0] }
    let kind = arguments[0].kind
    var fitting: Shape?
    for shape in shapes {
      guard let first = shape.parameters.first, first.accepts.contains(kind) else { continue }
      // Of several that take the first argument, one that also takes so many arguments is better.
      if count >= shape.required, count <= shape.parameters.count || shape.isVariadic, shape.takes(names) {
        return shape
      }
      if fitting == nil { fitting = shape }
    }
    if let fitting { return fitting }
    // A series stands for its latest value where only numbers are taken.
    if kind == .series, let shape = shapes.first(where: { $0.parameters.first?.isScalar ?? false }) { return shape }
    let expected = TypeExpression.described(anyOf: shapes.compactMap { $0.parameters.first?.type })
    let what = "`\(shapes[0].parameters.first?.name ?? "")` of `\(name)`"
    throw context.machine.fail(.typeMismatch(expected: expected, found: kind, what: what), site)
  }

  /// Refuses a value that is none of the parameter's domain.
  private func bound(_ argument: Value, _ parameter: Parameter, _ evaluation: Evaluation) throws(Trap) {
    guard let domain = parameter.domain, !domain.isName else { return }
    if let duration = argument.duration {
      if !domain.contains(duration) { throw evaluation.fail(domain.problem(duration, parameter.name, of: name)) }
    } else if argument.isNumber, !domain.contains(argument.raw) {
      throw evaluation.fail(domain.problem(argument.raw, parameter.name, of: name))
    }
  }

  private func convert(
    _ argument: inout Value, _ parameter: Parameter, _ evaluation: Evaluation
  ) throws(Trap) {
    if argument.isAbsent {
      switch parameter.fallback {
      case .value(let value): argument = value
      case .text(let text): argument = try evaluation.string(text)
      case .required:
        throw evaluation.fail(.missingArgument(name, parameter.name))
      }
      return
    }
    let kind = argument.kind
    if parameter.accepts.contains(kind) { return }
    if parameter.isScalar, let series = argument.series {
      argument = Value(try series.latest(evaluation))
      return try bound(argument, parameter, evaluation)
    }
    throw evaluation.fail(
      .typeMismatch(expected: parameter.type.described, found: kind, what: "`\(parameter.name)` of `\(name)`"))
  }
}

extension Value {
  /// Marks a parameter that was not given; never reaches a script.
  static let absent = Value(bits: 0xFFFE_0000_0000_0000)
  @inline(__always) var isAbsent: Bool { bits == 0xFFFE_0000_0000_0000 }
}

/// A set of value kinds.
struct KindSet: OptionSet {
  let rawValue: UInt16
  static let all = KindSet(rawValue: .max)

  init(rawValue: UInt16) { self.rawValue = rawValue }
  init(kind: ValueKind) { rawValue = 1 << UInt16(kind.rawValue) }
  func contains(_ kind: ValueKind) -> Bool { rawValue & (1 << UInt16(kind.rawValue)) != 0 }

  /// The kinds that a type takes without conversion.
  init(accepting type: TypeExpression) {
    switch type {
    case .number: self.init(kind: .number)
    case .bool: self.init(kind: .bool)
    case .string: self.init(kind: .string)
    case .date: self.init(kind: .date)
    case .duration: self.init(kind: .duration)
    case .function: self.init(kind: .function)
    case .series: self.init(kind: .series)
    case .none: self.init(kind: .none)
    case .list: self.init(kind: .list)
    case .map: self.init(kind: .map)
    case .any: self = .all
    case .optional(let type): self = KindSet(accepting: type).union(KindSet(kind: .none))
    case .union(let types): self = types.reduce(into: KindSet(rawValue: 0)) { $0.formUnion(KindSet(accepting: $1)) }
    }
  }
}

extension BuiltinEntry.Shape {
  /// How many parameters take an argument by its place, the one for all further arguments left aside.
  var positional: Int { parameters.count - namedOnly - (isVariadic ? 1 : 0) }

  /// The parameter that the argument at a place fills.
  func parameter(at place: Int) -> Int { place < positional ? place : place + namedOnly }

  /// Brings arguments without names into the order of the parameters, `absent` where there is none; gives their number.
  func arrange(_ arguments: UnsafeMutablePointer<Value>, count: Int) -> Int {
    let further = max(0, count - positional)
    if namedOnly > 0 {
      for place in (positional..<positional + further).reversed() { arguments[place + namedOnly] = arguments[place] }
      for place in min(count, positional)..<positional + namedOnly { arguments[place] = .absent }
    }
    let given = further > 0 ? count + namedOnly : count
    for place in given..<max(given, parameters.count) { arguments[place] = .absent }
    return max(given, parameters.count)
  }

  /// Whether every name given is that of a parameter.
  func takes(_ names: [String?]) -> Bool {
    for case let name? in names where !parameters.contains(where: { $0.name == name }) { return false }
    return true
  }
}

extension BuiltinEntry.Parameter {
  init(_ parameter: SignatureParameter) {
    name = parameter.name
    type = parameter.type
    domain = parameter.domain
    accepts = KindSet(accepting: parameter.type)
    isScalar = accepts.contains(.number) && !accepts.contains(.series)
    guard let text = parameter.defaultText else {
      fallback = parameter.isVariadic ? .value(.absent) : .required
      return
    }
    fallback = BuiltinEntry.Fallback(text)
  }
}

extension BuiltinEntry.Fallback {
  /// Reads a default: `none`, `true`, a number, a string. Any other word (`current`, `as_of`, `w`) means that the body
  /// decides and sees `none`.
  init(_ text: String) {
    switch text {
    case "true": self = .value(Value(true))
    case "false": self = .value(Value(false))
    case _ where text.hasPrefix("\""): self = .text(String(text.dropFirst().dropLast()))
    default:
      if let number = Double(text) {
        self = .value(Value(number))
      } else if let duration = CalendarDuration(text) {
        self = .value(Value(duration))
      } else {
        self = .value(.none)
      }
    }
  }
}

extension Diagnostic {
  static func argumentCount(_ name: String, _ signature: Signature, given: Int) -> Diagnostic {
    let least = signature.requiredCount
    let most = signature.parameters.count
    let takes = signature.isVariadic ? "at least \(least)" : least == most ? "\(least)" : "\(least) to \(most)"
    return Diagnostic(
      .argumentCount, "`\(name)` takes \(takes) argument\(takes == "1" ? "" : "s"), \(given) given",
      notes: [Note("it is `\(signature.text)`")])
  }

  static func missingArgument(_ name: String, _ parameter: String) -> Diagnostic {
    Diagnostic(.argumentCount, "`\(name)` lacks its argument `\(parameter)`")
  }
}
