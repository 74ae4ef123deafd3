/// Series of one column in each lane: they begin alike and end at their own cuts.
struct LaneSeries {
  /// The series of the first and of the last lane that has one.
  var first: SeriesRef
  var last: SeriesRef
  /// How many observations the series of each lane has.
  var ends: [Int]
  /// What every number of a lane's series is multiplied by.
  var scales: [Double]
  /// Whether the latest observation of a lane's series is there and young enough to stand for it.
  var isFresh: [Bool]
}

extension LaneSeries {
  /// Whether a series is one of the lanes': over the same column from the same place on.
  static func isAlike(_ one: SeriesRef, _ other: SeriesRef) -> Bool {
    let (a, b) = (one.layout, other.layout)
    return a.pointee.days == b.pointee.days && a.pointee.known == b.pointee.known
      && a.pointee.column?.toOpaque() == b.pointee.column?.toOpaque()
      && a.pointee.columnStart == b.pointee.columnStart
  }

  /// What the numbers of a series that was computed from the last lane's are multiplied by in each lane; `nil` if that
  /// cannot be told.
  func scales(of series: SeriesRef) -> [Double]? {
    if series.pointer == last.pointer { return scales }
    guard let operation = series.layout.pointee.operation?.takeUnretainedValue() as? ColumnOperation,
      let operand = series.layout.pointee.left.series, let inner = scales(of: operand)
    else { return nil }
    switch operation.degree {
    case 0: return Array(repeating: 1, count: inner.count)
    case 1: return inner
    case 2: return inner.map { $0 * $0 }
    default: return inner.allSatisfy { $0 == 1 } ? inner : nil
    }
  }
}
