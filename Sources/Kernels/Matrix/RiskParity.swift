/// Long-only weights that sum to 1 and contribute equally to the portfolio's variance: equal w·(Σw).
public enum RiskParity {
  /// The weights for a covariance matrix.
  ///
  /// They minimize ½ yᵀCy − Σ log y / n over y > 0, C the correlations, y the weights times the deviations (Spinu 2013):
  /// a damped Newton method on a self-concordant function, which converges from any start. Contributions agree to
  /// 1e-10 relative and better: the last step starts below 1e-9 and converges quadratically.
  /// - Returns: one weight a row, in order; of no rows none.
  public static func weights(_ covariance: SquareMatrix) throws(SingularMatrix) -> [Double] {
    _ = try Cholesky(covariance)
    let size = covariance.size
    guard size > 0 else { return [] }
    let deviations = (0..<size).map { covariance[$0, $0].squareRoot() }
    var correlation = covariance
    for row in 0..<size {
      for column in 0..<size {
        correlation[row, column] = row == column ? 1 : covariance[row, column] / deviations[row] / deviations[column]
      }
    }
    let scaled = try minimize(correlation)
    let weights = (0..<size).map { scaled[$0] / deviations[$0] }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  private static func minimize(_ correlation: SquareMatrix) throws(SingularMatrix) -> [Double] {
    let size = correlation.size
    let share = 1 / Double(size)
    var y = [Double](repeating: share.squareRoot(), count: size)
    for _ in 0..<200 {
      let risk = correlation.times(y)
      let gradient = (0..<size).map { risk[$0] - share / y[$0] }
      var hessian = correlation
      for row in 0..<size { hessian[row, row] += share / (y[row] * y[row]) }
      let step = try Cholesky(hessian, tolerance: 0).solve(gradient)
      let decrement = (0..<size).reduce(0) { $0 + gradient[$1] * step[$1] }
      // Self-concordance holds for the function divided by `share`, hence the scale of the decrement.
      let length = (max(0, decrement) / share).squareRoot()
      let damping = length > 0.25 ? 1 / (1 + length) : 1
      for row in 0..<size { y[row] -= damping * step[row] }
      if length < 1e-9 { break }
    }
    return y
  }
}
