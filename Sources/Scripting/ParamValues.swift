public import Backtest
public import Diagnostics
public import Interpreter
import MarketModel
import Syntax

/// Values for params, given as text: `fast=20`, `mine.years=3`.
public struct ParamValues: Sendable {
  /// Name and value, in the order given; a later one of a name wins.
  public private(set) var values: [(name: String, value: Constant)] = []

  /// No values: every param has its default.
  public init() {}

  /// Sets a param; the text is read as the type of its default.
  public mutating func set(_ name: String, _ text: String, of script: Script) throws(Diagnostic) {
    values.append((name, try ParamValues.value(name, text, of: script)))
  }

  /// Sets a param to a value of the type of its default.
  public mutating func set(_ name: String, _ value: Constant) { values.append((name, value)) }

  /// The value of a param that a text stands for, read as the type of its default; it may lie outside the domain.
  public static func value(_ name: String, _ text: String, of script: Script) throws(Diagnostic) -> Constant {
    let domain = try domain(name, script)
    guard let value = domain.value(text) else { throw .badParamText(text, of: domain) }
    return value
  }

  /// The domain of a param, by the name under which it is set.
  public static func domain(_ name: String, _ script: Script) throws(Diagnostic) -> ParamDomain {
    let all = all(script)
    if let found = all.first(where: { $0.name == name }) { return found.param.domain.named(name) }
    throw .unknownParam(name, suggestions: Suggestions.close(to: name, among: all.map(\.name)))
  }

  /// All params under the names by which they are set, the script's own first.
  public static func all(_ script: Script) -> [(name: String, param: LinkedParam)] {
    let own = script.params.map { ($0.name, $0) }
    let imported = script.program.graph.script.imports.flatMap { one in
      script.program.modules[one.index].params.map { ("\(one.name).\($0.name)", $0) }
    }
    return own + imported
  }

  /// The value of every param in a run, for records of it: name and value in order of declaration.
  public func resolved(_ script: Script) -> [(name: String, value: ConfigValue)] {
    ParamValues.all(script).map { name, param in
      let given = values.last { $0.name == name }.flatMap { ConfigValue($0.value) }
      return (name, given ?? ConfigValue(param.domain.initial) ?? .none)
    }
  }
}

extension ConfigValue {
  init?(_ constant: Constant) {
    switch constant {
    case .number(let number): self = .number(number)
    case .bool(let bool): self = .bool(bool)
    case .string(let text): self = .text(text)
    case .date(let day): self = .date(day)
    case .duration(let duration): self = .duration(duration)
    case .none: self = .none
    case .list(let items):
      let values = items.compactMap { ConfigValue($0) }
      guard values.count == items.count else { return nil }
      self = .list(values)
    case .map: return nil
    }
  }
}

extension DiagnosticRecord {
  static let paramFlag = DiagnosticRecord(
    "E0901", "param that cannot be set",
    explanation:
      "`--param name=value` sets a param of the script, `--param module.name=value` one of a module it imports; "
      + "the value has the type of the param's default.")
}

extension Diagnostic {
  static func unknownParam(_ name: String, suggestions: [String]) -> Diagnostic {
    Diagnostic(
      .paramFlag, "the script has no param `\(name)`",
      notes: Note.didYouMean(suggestions), about: [DiagnosticSubject(.param, name)])
  }
  static func badParamText(_ text: String, of domain: ParamDomain) -> Diagnostic {
    Diagnostic(
      .paramFlag, "`\(text)` is no value for the param `\(domain.name)`",
      notes: [Note("by its default it takes \(domain.expected)")],
      about: [DiagnosticSubject(.param, domain.name, value: text)])
  }
}
