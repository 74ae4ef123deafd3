import MarketModel
public import Syntax

/// A value that stands in the source: literals and arithmetic on them.
enum Literal: Equatable {
  case number(Double)
  case bool(Bool)
  case string(String)
  case date(Day)
  case duration(CalendarDuration)

  var kind: ValueKind {
    switch self {
    case .number: .number
    case .bool: .bool
    case .string: .string
    case .date: .date
    case .duration: .duration
    }
  }

  /// As a script writes it.
  var text: String {
    switch self {
    case .number(let number): ValueText.number(number)
    case .bool(let bool): bool ? "true" : "false"
    case .string(let text): "\"\(text)\""
    case .date(let day): "\(day)"
    case .duration(let duration): "\(duration)"
    }
  }
}

/// Evaluates what is constant in the source; anything else is `nil`.
struct ConstantFolding {
  /// What names stand for.
  let names: (String) -> Literal?

  init(names: @escaping (String) -> Literal? = { _ in nil }) { self.names = names }

  func value(_ expression: Expression) -> Literal? {
    switch expression.kind {
    case .number(let number): return .number(number)
    case .boolean(let bool): return .bool(bool)
    case .date(let day): return .date(day)
    case .duration(let duration): return .duration(duration)
    case .string(let literal): return literal.plainText.map { .string($0) }
    case .parenthesized(let inner): return value(inner)
    case .name(let name): return names(name)
    case .unary(let op, let operand): return unary(op, operand)
    case .binary(let op, let left, let right):
      guard let a = value(left), let b = value(right) else { return nil }
      return binary(op, a, b)
    default: return nil
    }
  }

  private func unary(_ op: UnaryOperator, _ operand: Expression) -> Literal? {
    switch (op, value(operand)) {
    case (.negate, .number(let number)): .number(-number)
    // What the negative of the longest would be is not known before the run says that it is too long.
    case (.negate, .duration(let duration)) where duration.count != .min:
      .duration(CalendarDuration(-Int(duration.count), duration.unit))
    case (.not, .bool(let bool)): .bool(!bool)
    default: nil
    }
  }

  private func binary(_ op: BinaryOperator, _ left: Literal, _ right: Literal) -> Literal? {
    switch (left, right) {
    case (.number(let a), .number(let b)):
      if let arithmetic = op.arithmetic {
        let result = Elementwise.number(arithmetic, a, b)
        return result.isNaN ? nil : .number(result)
      }
      return compare(op, a, b)
    case (.bool(let a), .bool(let b)):
      switch op {
      case .and: return .bool(a && b)
      case .or: return .bool(a || b)
      case .equal: return .bool(a == b)
      case .notEqual: return .bool(a != b)
      default: return nil
      }
    case (.date(let a), .date(let b)): return compare(op, a.rawValue, b.rawValue)
    case (.string(let a), .string(let b)) where op == .equal || op == .notEqual:
      return .bool((a.unicodeScalars.elementsEqual(b.unicodeScalars)) == (op == .equal))
    default: return nil
    }
  }

  private func compare<T: Comparable>(_ op: BinaryOperator, _ a: T, _ b: T) -> Literal? {
    switch op {
    case .equal: .bool(a == b)
    case .notEqual: .bool(a != b)
    case .less: .bool(a < b)
    case .lessOrEqual: .bool(a <= b)
    case .greater: .bool(a > b)
    case .greaterOrEqual: .bool(a >= b)
    default: nil
    }
  }
}

extension Constant {
  /// What an expression of literals stands for, lists of such included; `nil` if it is no such expression.
  public init?(literal expression: Expression) {
    switch expression.kind {
    case .none: self = .none
    case .parenthesized(let inner): self.init(literal: inner)
    case .list(let items):
      let values = items.compactMap { Constant(literal: $0) }
      guard values.count == items.count else { return nil }
      self = .list(values)
    default:
      switch ConstantFolding().value(expression) {
      case .number(let number): self = .number(number)
      case .bool(let bool): self = .bool(bool)
      case .string(let text): self = .string(text)
      case .date(let day): self = .date(day)
      case .duration(let duration): self = .duration(duration)
      case nil: return nil
      }
    }
  }
}
