public import Analytics
import MarketModel

/// The values of metrics as people read them, each by its unit.
public struct MetricText: Sendable {
  private let number: DisplayNumber

  /// Values for a terminal.
  public init(_ terminal: Terminal) { number = DisplayNumber(terminal) }

  /// The text of a value; the terminal's mark where it is absent.
  public func text(_ metric: Metric, _ value: Metric.Value) -> String {
    switch metric.unit {
    case .fraction: number.percent(value.number)
    case .ratio: number.fixed(value.number)
    case .count: number.fixed(value.number, 0)
    case .currency: number.fixed(value.number, 0)
    case .date: value.day?.description ?? number.fixed(nil)
    }
  }
}

extension JSONWriter {
  /// A member that is the value of a metric; null where it is absent.
  public mutating func member(_ name: String, _ value: Metric.Value) {
    switch value {
    case .number(let number): member(name, number)
    case .date(let day): member(name, day)
    case .absent: member(name, nil as Double?)
    }
  }
}

extension CSVWriter {
  /// The value of a metric as a field; empty where it is absent.
  public static func field(_ value: Metric.Value) -> String {
    switch value {
    case .number(let number): field(number)
    case .date(let day): day.description
    case .absent: ""
    }
  }
}
