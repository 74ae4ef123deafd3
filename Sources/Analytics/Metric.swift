public import MarketModel

/// A figure that describes a run: definition, meaning and computation in one record.
///
/// Tables, JSON, CSV, sweep rankings and the reference are made from these records.
public struct Metric: Sendable {
  /// What the number is.
  public enum Unit: String, Sendable {
    /// A fraction, shown as a percentage.
    case fraction
    /// A plain number.
    case ratio
    /// A whole number.
    case count
    /// An amount of the run's currency.
    case currency
    /// A date.
    case date
  }

  /// Which way is better, for rankings.
  public enum Direction: Sendable {
    case higher, lower, neither
  }

  /// A metric's value; absent where its denominator vanishes or the data do not suffice.
  public enum Value: Equatable, Sendable {
    case number(Double)
    case date(Day)
    case absent

    /// The number, if it is one.
    public var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// A number, or absent for `nil`.
    init(_ number: Double?) { self = number.map { .number($0) } ?? .absent }

    /// Whether it is a number.
    var isFinite: Bool { number?.isFinite ?? true }

    init(_ day: Day?) { self = day.map { .date($0) } ?? .absent }
  }

  /// The name in JSON, CSV and on the command line.
  public let id: String
  /// The name people read.
  public let title: String
  /// What the number is.
  public let unit: Unit
  /// Which way is better.
  public let direction: Direction
  /// How it is computed, with its convention.
  public let formula: String
  /// Needs a benchmark.
  public let isRelative: Bool
  private let function: @Sendable (ReturnSeries) -> Value

  init(
    _ id: String, _ title: String, _ unit: Unit, _ direction: Direction, formula: String, isRelative: Bool = false,
    _ function: @escaping @Sendable (ReturnSeries) -> Value
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.direction = direction
    self.formula = formula
    self.isRelative = isRelative
    self.function = function
  }

  /// The value for a run, as computed; not finite where no number holds it.
  func computed(_ series: ReturnSeries) -> Value { function(series) }
}
