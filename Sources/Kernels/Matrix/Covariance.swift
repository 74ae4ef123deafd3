/// Sample covariances (n − 1) of several columns on the same dates.
public enum Covariance {
  /// The covariance matrix over the rows that are present in all columns.
  ///
  /// Its elements have the same bits as `Statistic.variance` and `PairStatistic.covariance` over those rows.
  /// - Parameters:
  ///   - columns: each column's first element.
  ///   - count: the length of every column.
  ///   - window: only the last so many common rows; all of them if `nil`.
  ///   - shrink: `(1 - shrink) * S + shrink * diag(S)`.
  /// - Returns: `nil` with fewer common rows than `window`, or than 2.
  public static func matrix(
    _ columns: [UnsafePointer<Double>], count: Int, window: Int? = nil, shrink: Double = 0
  ) -> SquareMatrix? {
    let rows = commonRows(columns, count: count, window: window)
    guard rows.count >= max(2, window ?? 2) else { return nil }
    let centred = columns.map { deviations($0, rows) }
    var result = SquareMatrix(size: columns.count)
    for row in columns.indices {
      for column in 0...row {
        let covariance = product(centred[row], centred[column]) / Double(rows.count - 1)
        let value = row == column || shrink == 0 ? covariance : (1 - shrink) * covariance
        result[row, column] = value.settled
        result[column, row] = value.settled
      }
    }
    return result
  }

  /// The last `window` indices at which every column is present, ascending.
  static func commonRows(_ columns: [UnsafePointer<Double>], count: Int, window: Int?) -> [Int] {
    var rows = [Int]()
    var index = count - 1
    while index >= 0 && rows.count < (window ?? count) {
      if columns.allSatisfy({ !$0[index].isNaN }) { rows.append(index) }
      index -= 1
    }
    return rows.reversed()
  }

  private static func deviations(_ column: UnsafePointer<Double>, _ rows: [Int]) -> [Double] {
    let values = rows.map { column[$0] }
    let mean = values.withUnsafeBufferPointer { values in
      values.baseAddress.map { Moments.shiftedMean($0, values.count) } ?? 0
    }
    return values.map { ($0 - values[0]) - mean }
  }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }
}
