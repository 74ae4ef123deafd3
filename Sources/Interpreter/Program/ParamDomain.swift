public import Diagnostics
import MarketModel
public import Syntax

/// A param's default and the values that it may take: what the checker, a run, `--param`, a file of params, the prompt
/// and a sweep all ask.
public struct ParamDomain: Sendable {
  /// The values.
  public enum Values: Sendable {
    /// Any of the default's type.
    case any
    /// Each of a list.
    case choices([Constant])
    /// The numbers of a range.
    case range(Range)
  }

  /// The name by which it is set: `fast`, or `module.fast` for a param of an imported module.
  public let name: String
  /// The default.
  public let initial: Constant
  /// What it may be.
  public let values: Values

  /// A domain.
  public init(name: String, initial: Constant, values: Values) {
    self.name = name
    self.initial = initial
    self.values = values
  }

  /// What a declaration says; `nil` where its default, a bound or a choice is no literal, which the checker refuses.
  public init?(_ param: ParamDeclaration) {
    guard let initial = Constant(literal: param.initial), let values = Values(param.domain, initial) else { return nil }
    self.init(name: param.name.text, initial: initial, values: values)
  }

  /// The same under another name.
  public func named(_ name: String) -> ParamDomain { ParamDomain(name: name, initial: initial, values: values) }

  /// The range, where there is one.
  public var range: Range? { if case .range(let range) = values { range } else { nil } }

  /// What is wrong with a value; `nil` if it may be taken.
  public func problem(of value: Constant) -> Diagnostic? {
    if value.kind != initial.kind { return .paramType(name, expected: initial.kind, found: value) }
    switch values {
    case .any: return nil
    case .choices(let choices):
      return choices.contains { $0.isSame(as: value) } ? nil : .paramChoice(name, value, of: choices)
    case .range(let range):
      guard case .number(let number) = value, range.contains(number) else {
        return .paramRange(name, value, range)
      }
      return range.isWhole && number != number.rounded() ? .paramWhole(name, value, range) : nil
    }
  }

  /// The value that a text stands for, as the type of the default has it; `nil` if it is none. It may lie outside the
  /// domain.
  public func value(_ text: String) -> Constant? {
    switch initial {
    case .number: NumberLiteral.value(text).map { .number($0) }
    case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .string: .string(ParamDomain.unquoted(text))
    case .date: Day(iso: text).map { .date($0) }
    case .duration: CalendarDuration(text).map { .duration($0) }
    case .none, .list, .map: nil
    }
  }

  /// What such a text is, in words.
  public var expected: String {
    switch initial {
    case .number: "a number"
    case .bool: "`true` or `false`"
    case .date: "a date, such as 2006-01-31"
    case .duration: "a duration, such as 3mo"
    case .string: "a text"
    case .none, .list, .map: "a value of the type of its default"
    }
  }

  /// A text in the quotes in which scripts write it, without them.
  private static func unquoted(_ text: String) -> String {
    text.utf8.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
  }
}

extension ParamDomain.Values {
  /// What a declared domain holds; `nil` where it is not made of literals.
  fileprivate init?(_ declared: ParamDeclaration.Domain?, _ initial: Constant) {
    switch declared {
    case nil: self = .any
    case .list(let items):
      let choices = items.compactMap { Constant(literal: $0) }
      guard choices.count == items.count else { return nil }
      self = .choices(choices)
    case .range(let lower, let upper, let includesUpper, let step):
      guard let lower = Constant(literal: lower)?.number, let upper = Constant(literal: upper)?.number,
        let initial = initial.number
      else { return nil }
      let width = step.map { Constant(literal: $0)?.number }
      if case .some(nil) = width { return nil }
      self = .range(
        ParamDomain.Range(
          lower: lower, upper: upper, includesUpper: includesUpper, step: width ?? nil, initial: initial))
    }
  }

  /// How many values there are a step apart; `nil` where they cannot be counted, as any number of a range.
  public var count: Double? {
    switch self {
    case .any: nil
    case .choices(let choices): Double(choices.count)
    case .range(let range): range.sweepStep.map { range.count(step: $0) }
    }
  }

  /// One of the values that can be counted, by its place among them.
  ///
  /// - Precondition: the place is below `count`.
  public func value(number place: Double) -> Constant {
    switch self {
    case .any: .none
    case .choices(let choices): choices.indices.contains(Int(cut: place)) ? choices[Int(cut: place)] : .none
    case .range(let range): .number(range.value(at: place, step: range.sweepStep ?? 0))
    }
  }

  /// The value that a uniform number in [0, 1) stands for.
  public func value(at uniform: Double) -> Constant {
    if let count { return value(number: min(count - 1, (uniform * count).rounded(.down))) }
    return switch self {
    case .range(let range): .number(range.number(at: uniform))
    case .any, .choices: .none
    }
  }
}

extension Constant {
  /// The number, if it is one.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// As a script writes it; of what has items, the kind.
  var literalText: String {
    switch self {
    case .number(let number): ValueText.number(number)
    case .bool(let bool): bool ? "true" : "false"
    case .string(let text): ValueText.quoted(text)
    case .date(let day): "\(day)"
    case .duration(let duration): "\(duration)"
    case .none: "none"
    case .list, .map: kind.described
    }
  }

  /// Whether a script's `==` holds between them, where both can be the values of a param.
  fileprivate func isSame(as other: Constant) -> Bool {
    if case .string(let a) = self, case .string(let b) = other {
      return a.unicodeScalars.elementsEqual(b.unicodeScalars)
    }
    return self == other
  }
}

extension DiagnosticRecord {
  static let paramValue = DiagnosticRecord(
    "E0412", "a param outside its domain",
    explanation:
      "A param takes the values of its domain (`in lo..hi`, `in lo..<hi` without the last, `in [a, b]`) that meet its "
      + "`where` condition, and keeps the type of its default.", bad: "param n = 300 in 10..200",
    good: "param n = 100 in 10..200")
}

extension Diagnostic {
  /// Whether it says that a value lies outside a param's domain, or against its condition.
  public var refusesParam: Bool { code == DiagnosticRecord.paramValue.code }

  static func paramType(_ name: String, expected: ValueKind, found: Constant) -> Diagnostic {
    .param(name, found, "param `\(name)` is \(expected.described) by its default, \(found.kind.described) was given")
  }
  static func paramChoice(_ name: String, _ value: Constant, of known: [Constant]) -> Diagnostic {
    let list = known.prefix(12).map(\.literalText).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return .param(name, value, "param `\(name)` cannot be \(value.literalText): it is none of [\(list)]")
  }
  static func paramRange(_ name: String, _ value: Constant, _ range: ParamDomain.Range) -> Diagnostic {
    .param(name, value, "param `\(name)` is \(value.literalText), outside \(range.text)")
  }
  static func paramWhole(_ name: String, _ value: Constant, _ range: ParamDomain.Range) -> Diagnostic {
    .param(name, value, "param `\(name)` takes whole numbers of \(range.text), \(value.literalText) was given")
  }
  static func paramConstraint(_ name: String, _ condition: String) -> Diagnostic {
    .param(name, nil, "param `\(name)` does not meet its condition `\(condition)`")
  }
  private static func param(_ name: String, _ value: Constant?, _ message: String) -> Diagnostic {
    Diagnostic(.paramValue, message, about: [DiagnosticSubject(.param, name, value: value?.literalText)])
  }
}
