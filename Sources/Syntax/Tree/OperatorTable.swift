/// How tightly operators bind and how they group: one row per operator, loosest first.
///
/// The parser, the formatter and the test of the grammar's layers read this table.
public enum OperatorTable {
  /// How operators of one level group.
  public enum Grouping: Sendable {
    case left, right
    /// A second operator of the level is an error.
    case none
  }

  /// The levels, loosest first.
  public enum Level: Int, Comparable, Sendable, CaseIterable {
    case coalesce, or, and, not, comparison, range, sum, product, unary, power

    /// Looser before tighter.
    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// An operator's row.
  public struct Row: Sendable {
    /// The operator.
    public let operation: BinaryOperator
    /// Its level.
    public let level: Level
    /// How it groups.
    public let grouping: Grouping
  }

  /// All binary operators.
  public static let rows: [Row] = [
    Row(operation: .coalesce, level: .coalesce, grouping: .left),
    Row(operation: .or, level: .or, grouping: .left),
    Row(operation: .and, level: .and, grouping: .left),
    Row(operation: .equal, level: .comparison, grouping: .none),
    Row(operation: .notEqual, level: .comparison, grouping: .none),
    Row(operation: .less, level: .comparison, grouping: .none),
    Row(operation: .lessOrEqual, level: .comparison, grouping: .none),
    Row(operation: .greater, level: .comparison, grouping: .none),
    Row(operation: .greaterOrEqual, level: .comparison, grouping: .none),
    Row(operation: .in, level: .comparison, grouping: .none),
    Row(operation: .notIn, level: .comparison, grouping: .none),
    Row(operation: .add, level: .sum, grouping: .left),
    Row(operation: .subtract, level: .sum, grouping: .left),
    Row(operation: .multiply, level: .product, grouping: .left),
    Row(operation: .divide, level: .product, grouping: .left),
    Row(operation: .remainder, level: .product, grouping: .left),
    Row(operation: .power, level: .power, grouping: .right),
  ]

  /// The row of an operator.
  public static func row(_ operation: BinaryOperator) -> Row {
    // Every operator has a row; a test counts them.
    rows.first { $0.operation == operation } ?? rows[0]
  }
}
