/// The arithmetic operators.
public enum ArithmeticOperator: UInt8, Sendable, CaseIterable {
  case add, subtract, multiply, divide, remainder, power

  /// As written in a script.
  public var text: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .power: "**"
    }
  }
}
