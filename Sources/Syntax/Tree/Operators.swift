/// Operators before their operand.
public enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case not
}

/// Operators between two operands.
public enum BinaryOperator: String, Sendable, CaseIterable {
  case coalesce = "??"
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in`
  case notIn = "not in"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "**"
}
