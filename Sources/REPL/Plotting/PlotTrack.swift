import Reporting

/// One line of a plot: points in ascending order of x; dates are days since 1970. A missing y breaks the line.
struct PlotTrack {
  let name: String
  let points: [(x: Double, y: Double)]

  /// The points with a value.
  var present: [(x: Double, y: Double)] { points.filter { !$0.y.isNaN } }
}

/// The part of the plane that tracks lie in.
struct PlotBounds {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>

  /// The bounds of all tracks; a flat line stands in the middle of a range around it. `nil` without any point.
  init?(_ tracks: [PlotTrack]) {
    let points = tracks.flatMap(\.present)
    guard let first = points.first else { return nil }
    var (left, right, low, high) = (first.x, first.x, first.y, first.y)
    for point in points {
      left = min(left, point.x)
      right = max(right, point.x)
      low = min(low, point.y)
      high = max(high, point.y)
    }
    if low == high { (low, high) = ChartShare.around(low) }
    if left == right { (left, right) = (left - 0.5, right + 0.5) }
    x = left...right
    y = low...high
  }
}
