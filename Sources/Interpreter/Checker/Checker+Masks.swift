import Diagnostics
import Syntax

/// Comparisons of series where a series is wanted: `sum(c > 100)` counts nothing, since a comparison is about the latest
/// values. What was meant is a mask.
extension Checker {
  /// Adds to a mismatch what was most likely meant, if a condition stands where a series may.
  func explain(_ problem: inout Diagnostic, _ function: String, _ given: [Given], argument: Int, wants: TypeExpression)
  {
    let value = given[argument].value
    guard KindSet(accepting: wants).contains(.series), given[argument].type.isSurely(.bool), let mask = mask(of: value)
    else { return }
    let text = unit.file.text(value.withoutParentheses.span)
    if function == "count" { return explainCount(&problem, value, text, mask, isOnly: given.count == 1) }
    problem.notes.append(
      Note("`\(text)` compares the latest values; date by date it is `\(mask)`: 1 where it holds, 0 where not"))
    problem.fixIts = [FixIt(value.withoutParentheses.span, mask)]
  }

  /// `count` counts what is present, and every date of a mask is.
  private func explainCount(
    _ problem: inout Diagnostic, _ value: Expression, _ text: String, _ mask: String, isOnly: Bool
  ) {
    problem.notes.append(
      Note("`\(text)` compares the latest values; `sum(\(mask))` counts the dates on which it holds"))
    guard isOnly, case .binary(let operation, let left, let right) = value.kind, type(of: left).isSurely(.series),
      type(of: right).isSurely(.number)
    else { return }
    problem.fixIts = [
      FixIt(value.span, "\(unit.file.text(left.span)), v -> v \(operation.rawValue) \(unit.file.text(right.span))")
    ]
  }

  /// A condition on series as a mask; `nil` if it is none.
  private func mask(of expression: Expression) -> String? {
    switch expression.kind {
    case .parenthesized(let inner): return mask(of: inner)
    case .binary(.and, let left, let right):
      guard let first = mask(of: left), let second = mask(of: right) else { return nil }
      return "\(factor(first)) * \(factor(second))"
    case .binary(let operation, let left, let right): return mask(operation, left, right)
    default: return nil
    }
  }

  private func factor(_ mask: String) -> String { mask.hasPrefix("1 - ") ? "(\(mask))" : mask }

  private func mask(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) -> String? {
    var (first, second) = (unit.file.text(left.span), unit.file.text(right.span))
    let isTurned = !type(of: left).mayBe(.series)
    if isTurned {
      guard type(of: right).mayBe(.series) else { return nil }
      swap(&first, &second)
    }
    let (above, below) = isTurned ? ("below", "above") : ("above", "below")
    switch operation {
    case .greater: return "\(above)(\(first), \(second))"
    case .less: return "\(below)(\(first), \(second))"
    // Where either side is missing both are.
    case .greaterOrEqual: return "1 - \(below)(\(first), \(second))"
    case .lessOrEqual: return "1 - \(above)(\(first), \(second))"
    case .and, .or, .coalesce, .equal, .notEqual, .in, .notIn, .add, .subtract, .multiply, .divide, .remainder, .power:
      return nil
    }
  }

  /// What an expression may be, without a word about it.
  private func type(of expression: Expression) -> StaticType {
    let outer = flow.isQuiet
    flow.isQuiet = true
    defer { flow.isQuiet = outer }
    return infer(expression)
  }
}

extension Expression {
  fileprivate var withoutParentheses: Expression {
    if case .parenthesized(let inner) = kind { inner.withoutParentheses } else { self }
  }
}
