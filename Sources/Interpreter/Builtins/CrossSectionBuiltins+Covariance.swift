import Kernels
import MarketModel

extension CrossSectionBuiltins {
  static let covMatrix = Builtin(
    "cov_matrix(xs: map[series], window: window, shrink: fraction = 0) -> map", family: "cross-section",
    doc: "The covariances (n - 1) of the series over the last `window` dates on which all are present, as a map of "
      + "maps; `(1 - shrink) * S + shrink * diag(S)`. Members with fewer observations are left out; where no member has "
      + "enough, or too few dates are common, the numbers are `na` (insufficient history).",
    examples: [
      .init(
        "cov_matrix([\"A\": series([2024-01-01: 1, 2024-01-02: 3]), \"B\": series([2024-01-01: 2, 2024-01-02: 1])], 2)",
        "[\"A\": [\"A\": 2, \"B\": -1], \"B\": [\"A\": -1, \"B\": 0.5]]"),
      .init(
        "cov_matrix([\"A\": series([2024-01-01: 1, 2024-01-02: 3]), \"B\": series([2024-01-01: 2, 2024-01-02: 1])], "
          + "2, shrink: 1)[\"A\"]", "[\"A\": 2, \"B\": 0]"),
    ]
  ) { call throws(Trap) in
    let window = call.whole(1)
    let members = try CovarianceMembers(call, window: window)
    return try members.matrix(window: window, shrink: call.number(2))
  }
}

/// The series of a covariance matrix that have enough observations, with their keys.
private struct CovarianceMembers {
  private let evaluation: Evaluation
  private var keys: [Value] = []
  private var series: [SeriesRef] = []

  /// Leaves out and notes the members with too few observations, unless that is all of them.
  init(_ call: borrowing Call, window: Int) throws(Trap) {
    evaluation = call.evaluation
    let map = call.map(0)
    try evaluation.charge(map.count)
    var isLong: [Bool] = []
    for place in 0..<map.count {
      let entry = map.entries[place]
      guard let member = entry.value.series else {
        throw evaluation.fail(
          .typeMismatch(expected: "a series", found: entry.value.kind, what: "a value of `\(call.name)`"))
      }
      keys.append(entry.key)
      series.append(member)
      isLong.append(try hasPresent(window, member))
    }
    guard isLong.contains(true), isLong.contains(false) else { return }
    let kept = keys.indices.filter { isLong[$0] }
    try evaluation.noteLeftOut(keys.count - kept.count, call.name)
    keys = kept.map { keys[$0] }
    series = kept.map { series[$0] }
  }

  private func hasPresent(_ window: Int, _ series: SeriesRef) throws(Trap) -> Bool {
    guard series.count >= window else { return false }
    let values = try series.values(0..<series.count, evaluation)
    return Presence.count(UnsafeBufferPointer(start: values, count: series.count)) >= window
  }

  func matrix(window: Int, shrink: Double) throws(Trap) -> Value {
    if keys.isEmpty { return try evaluation.map(capacity: 0).value }
    let common = try CommonDates(series, evaluation)
    var columns: [UnsafePointer<Double>] = []
    for member in common.series { columns.append(try member.values(0..<common.count, evaluation)) }
    // An entry is a step, and so are sixteen products: five hundred members over a year stay within a call's limit.
    let rows = min(window, common.count)
    let (products, overflow) = (keys.count * keys.count).multipliedReportingOverflow(by: rows)
    try evaluation.charge(overflow ? .max >> 8 : keys.count * keys.count + products / 16)
    // The deviations of each member and the matrix of all.
    try evaluation.checkScratch(rows: keys.count, of: rows + keys.count)
    let covariances = Covariance.matrix(columns, count: common.count, window: window, shrink: shrink)
    let missing = series.first { $0.count == 0 }?.emptyReason ?? .insufficientHistory
    let result = try evaluation.map(capacity: keys.count)
    for row in keys.indices {
      let line = try evaluation.map(capacity: keys.count)
      for column in keys.indices {
        try evaluation.set(keys[column], Value(covariances?[row, column] ?? .missing(missing)), in: line)
      }
      try evaluation.set(keys[row], line.value, in: result)
    }
    return result.value
  }
}
