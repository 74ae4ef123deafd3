import MarketModel

/// Where a value stands between two bounds of a chart, which may lie farther apart than a double can say.
public enum ChartShare {
  /// 0 at `low` and below it, 1 at `high` and above; 0 where there is nothing between them.
  public static func of(_ value: Double, from low: Double, to high: Double) -> Double {
    // The difference of halves cannot overflow.
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    // A comparison with what is no number is false.
    return share > 0 ? min(1, share) : 0
  }

  /// The cell, of so many, that a value falls into; 0 is at `low`.
  public static func cell(_ value: Double, from low: Double, to high: Double, of count: Int) -> Int {
    Int(cut: (of(value, from: low, to: high) * Double(max(1, count) - 1)).rounded())
  }

  /// The value at a share of the way from one bound to another.
  public static func value(_ share: Double, from start: Double, to end: Double) -> Double {
    let width = end - start
    return width.isFinite ? start + width * share : start * (1 - share) + end * share
  }

  /// Bounds around one value, so that it stands in the middle of a chart.
  public static func around(_ value: Double) -> (low: Double, high: Double) {
    let margin = max(1, value.magnitude * 0.01)
    let most = Double.greatestFiniteMagnitude
    return (max(-most, value - margin), min(most, value + margin))
  }
}
