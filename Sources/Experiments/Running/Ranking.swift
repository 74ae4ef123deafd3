public import Analytics
import MarketModel

/// The order of runs by a metric: the best first, as the metric's record says which way is better.
public struct Ranking: Sendable {
  /// The metric.
  public let metric: Metric

  /// A ranking by a metric.
  public init(_ metric: Metric) { self.metric = metric }

  /// The places of runs from the best to the worst; those without a value follow in their own order.
  ///
  /// Runs that are equal stay in their own order, so the ranking depends on nothing but the values.
  public func order(_ values: [Metric.Value]) -> [Int] {
    values.indices.sorted { left, right in
      switch (key(values[left]), key(values[right])) {
      case (let a?, let b?): a != b ? a < b : left < right
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): left < right
      }
    }
  }

  /// Smaller is better.
  private func key(_ value: Metric.Value) -> Double? {
    let number: Double
    switch value {
    case .number(let value): number = value
    case .date(let day): number = Double(day.rawValue)
    case .absent: return nil
    }
    return metric.direction == .lower ? number : -number
  }
}
