import Kernels
import MarketModel

/// Regression of a series on others.
extension StatisticsBuiltins {
  static let ols = Builtin(
    "ols(y: series, x: series, more...: series, window: window? = none) -> map", family: family,
    doc: "The least-squares fit of y on the other series, with intercept, on the last `window` dates where all are "
      + "present, or all of them (statsmodels `OLS`, nonrobust). A map of `alpha`, `beta`, `stderr` and `tstat` (of "
      + "beta, with n - k - 1 degrees of freedom), `alpha_stderr`, `alpha_tstat`, `r2`, `n`, and the series `residual`. "
      + "With several x, `beta`, `stderr` and `tstat` are lists in their order. With too few dates, or an x that is a "
      + "combination of others, the numbers are `na` and the residual is empty.",
    examples: [
      .init(
        "ols(series([2024-01-01: 1, 2024-01-02: 3, 2024-01-03: 5]), "
          + "series([2024-01-01: 0, 2024-01-02: 1, 2024-01-03: 2])).beta", "2")
    ]
  ) { call throws(Trap) in try fit(call) }

  private static func fit(_ call: borrowing Call) throws(Trap) -> Value {
    let evaluation = call.evaluation
    var inputs = [call.series(0), call.series(1)]
    // The named `window` stands before the further series.
    for place in 3..<max(3, call.count) where call.isGiven(place) { inputs.append(call.series(place)) }
    let common = try CommonDates(inputs, evaluation)
    let rows = try presentRows(common, window: call.isGiven(2) ? call.whole(2) : nil, evaluation)
    let regressors = inputs.count - 1
    try evaluation.charge(rows.count * regressors * regressors)
    // Each series, its deviations, their reflections; the triangle and its inverse.
    try evaluation.checkScratch(rows: 3 * inputs.count, of: rows.count + regressors)
    let columns = try common.series.map { (series) throws(Trap) -> [Double] in
      let values = try series.values(0..<series.count, evaluation)
      return rows.map { values[$0] }
    }
    switch fitted(columns) {
    case .success(let fit):
      return try described(fit, try residual(fit.residuals, common, rows, inputs, evaluation), evaluation)
    case .failure(let failure):
      let empty = try residual([], common, [], inputs, evaluation)
      return try described(failure.reason, rows.count, empty, regressors, evaluation)
    }
  }

  private static func fitted(_ columns: [[Double]]) -> Result<LeastSquares, LeastSquares.Failure> {
    do throws(LeastSquares.Failure) {
      return .success(try LeastSquares(y: columns[0], x: Array(columns[1...])))
    } catch { return .failure(error) }
  }

  /// The places of the last dates on which all series are present.
  private static func presentRows(
    _ common: CommonDates, window: Int?, _ evaluation: Evaluation
  ) throws(Trap) -> [Int] {
    try evaluation.charge(common.count * common.series.count)
    var columns: [UnsafePointer<Double>] = []
    for series in common.series { columns.append(try series.values(0..<series.count, evaluation)) }
    var rows: [Int] = []
    for row in (0..<common.count).reversed() {
      if let window, rows.count == window { break }
      if columns.allSatisfy({ !$0[row].isNaN }) { rows.append(row) }
    }
    return rows.reversed()
  }

  private static func residual(
    _ values: [Double], _ common: CommonDates, _ rows: [Int], _ inputs: [SeriesRef], _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    let days = try evaluation.days(rows.count)
    let numbers = try evaluation.doubles(rows.count)
    let known = common.known == nil ? nil : try evaluation.days(rows.count)
    for (place, row) in rows.enumerated() {
      days[place] = common.days[row]
      numbers[place] = values[place]
      if let known, let source = common.known { known[place] = source[row] }
    }
    return try evaluation.series(
      days: UnsafePointer(days), known: known.map { UnsafePointer($0) }, values: UnsafePointer(numbers),
      count: rows.count, inheriting: inputs[0]
    ).value
  }

  private static func described(
    _ fit: LeastSquares, _ residual: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    try described(
      alpha: fit.alpha, slopes: [fit.slopes, fit.standardErrors, fit.tStatistics],
      rest: [fit.alphaStandardError, fit.alphaTStatistic, fit.rSquared], count: fit.count, residual, evaluation)
  }

  private static func described(
    _ reason: MissingReason, _ count: Int, _ residual: Value, _ regressors: Int, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    let missing = Double.missing(reason)
    return try described(
      alpha: missing, slopes: Array(repeating: Array(repeating: missing, count: regressors), count: 3),
      rest: [missing, missing, missing], count: count, residual, evaluation)
  }

  private static func described(
    alpha: Double, slopes: [[Double]], rest: [Double], count: Int, _ residual: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    let map = try evaluation.map(capacity: 9)
    func set(_ key: String, _ value: Value) throws(Trap) {
      try evaluation.set(try evaluation.string(key), value, in: map)
    }
    try set("alpha", Value(alpha))
    for (key, numbers) in zip(["beta", "stderr", "tstat"], slopes) {
      if numbers.count == 1 {
        try set(key, Value(numbers[0]))
      } else {
        let list = try numbers.withUnsafeBufferPointer { (buffer) throws(Trap) in try evaluation.list(buffer) }
        list.value.share()
        try set(key, list.value)
      }
    }
    for (key, number) in zip(["alpha_stderr", "alpha_tstat", "r2"], rest) { try set(key, Value(number)) }
    try set("n", Value(Double(count)))
    residual.share()
    try set("residual", residual)
    return map.value
  }
}
