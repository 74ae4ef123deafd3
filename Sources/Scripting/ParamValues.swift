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

  /// The value of a param that a text stands for, read as the type of its default.
  public static func value(_ name: String, _ text: String, of script: Script) throws(Diagnostic) -> Constant {
    guard let param = find(name, script) else {
      let names = all(script).map(\.name)
      throw .unknownParam(name, suggestions: Suggestions.close(to: name, among: names))
    }
    guard let value = ParamValues.value(text, of: param) else { throw .badParamText(name, text, of: param) }
    return value
  }

  /// A text read as the type of a param's default.
  static func value(_ text: String, of param: LinkedParam) -> Constant? {
    ConstantExpression.value(param.declaration.initial).flatMap { constant(text, like: $0) }
  }

  /// All params under the names by which they are set, the script's own first.
  public static func all(_ script: Script) -> [(name: String, param: LinkedParam)] {
    let own = script.params.map { ($0.name, $0) }
    let imported = script.program.graph.script.imports.flatMap { one in
      script.program.modules[one.index].params.map { ("\(one.name).\($0.name)", $0) }
    }
    return own + imported
  }

  private static func find(_ name: String, _ script: Script) -> LinkedParam? {
    all(script).first { $0.name == name }?.param
  }

  private static func constant(_ text: String, like fallback: ConfigValue) -> Constant? {
    switch fallback {
    case .number: if case .number(let number) = ConfigValue(flag: text) { .number(number) } else { nil }
    case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .text: .string(unquoted(text))
    case .date: Day(iso: text).map { .date($0) }
    case .duration: CalendarDuration(text).map { .duration($0) }
    case .list, .none: nil
    }
  }

  /// A text in the quotes in which scripts write it, without them.
  private static func unquoted(_ text: String) -> String {
    text.utf8.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
  }

  /// The value of every param in a run, for records of it: name and value in order of declaration.
  public func resolved(_ script: Script) -> [(name: String, value: ConfigValue)] {
    ParamValues.all(script).map { name, param in
      let given = values.last { $0.name == name }.flatMap { ConfigValue($0.value) }
      return (name, given ?? ConstantExpression.value(param.declaration.initial) ?? .none)
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
    case .list, .map: return nil
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
      notes: Note.didYouMean(suggestions))
  }
  static func badParamText(_ name: String, _ text: String, of param: LinkedParam) -> Diagnostic {
    let kind =
      switch ConstantExpression.value(param.declaration.initial) {
      case .number: "a number"
      case .bool: "`true` or `false`"
      case .date: "a date, such as 2006-01-31"
      case .duration: "a duration, such as 3mo"
      case .text: "a text"
      case .list, .none?, nil: "a value of the type of its default"
      }
    return Diagnostic(
      .paramFlag, "`\(text)` is no value for the param `\(name)`", notes: [Note("by its default it takes \(kind)")])
  }
}
