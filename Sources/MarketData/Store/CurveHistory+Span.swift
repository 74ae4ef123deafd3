public import MarketModel

extension CurveHistory {
  /// The number of days with a curve.
  public var dayCount: Int { dates.count }

  /// The first and last day with a curve; `nil` without any.
  public var daySpan: ClosedRange<Day>? {
    guard let first = dates.buffer.first, let last = dates.buffer.last else { return nil }
    return Day(rawValue: first)...Day(rawValue: last)
  }
}
