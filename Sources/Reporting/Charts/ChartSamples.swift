import MarketModel

/// A series of values brought to a number of columns: the least and greatest value that falls into each.
///
/// With fewer values than columns, values are joined by straight lines; so a chart always fills its width.
struct ChartSamples {
  /// The least and greatest value of each column.
  let columns: [ClosedRange<Double>]
  /// The least and greatest of all.
  let bounds: ClosedRange<Double>

  /// `nil` without finite values or columns.
  init?(_ values: [Double], columns count: Int) {
    let values = values.filter(\.isFinite)
    guard let first = values.first, count > 0 else { return nil }
    var columns: [ClosedRange<Double>] = []
    columns.reserveCapacity(count)
    let scale = Double(values.count - 1) / Double(max(1, count))
    for column in 0..<count {
      let left = Double(column) * scale
      let right = Double(column + 1) * scale
      var low = ChartSamples.interpolated(values, at: left)
      var high = low
      var place = Int(cut: left.rounded(.up))
      while Double(place) <= right, place < values.count {
        low = min(low, values[place])
        high = max(high, values[place])
        place += 1
      }
      columns.append(low...high)
    }
    self.columns = columns
    let least = columns.reduce(first) { min($0, $1.lowerBound) }
    bounds = least...columns.reduce(first) { max($0, $1.upperBound) }
  }

  private static func interpolated(_ values: [Double], at place: Double) -> Double {
    let index = min(max(0, Int(cut: place)), values.count - 1)
    let next = min(index + 1, values.count - 1)
    let (step, share) = (values[next] - values[index], place - Double(index))
    // Between values so far apart that no number holds their distance, each is weighed by itself.
    if !step.isFinite { return values[index] * (1 - share) + values[next] * share }
    return values[index] + step * share
  }
}
