public import MarketModel

/// Ordinary least squares with an intercept (statsmodels `OLS`, nonrobust).
///
/// The columns are centred and orthogonalized by Householder reflections; a column whose rest after those before it is
/// nothing but rounding is collinear.
public struct LeastSquares: Sendable {
  /// Why there is no fit.
  public enum Failure: Error, Hashable, Sendable {
    /// No degree of freedom is left: fewer than k + 2 observations.
    case tooFewObservations
    /// A regressor is constant, or a combination of the others.
    case collinear

    /// The reason its numbers are missing for.
    public var reason: MissingReason { self == .tooFewObservations ? .insufficientHistory : .domainError }
  }

  /// The intercept.
  public let alpha: Double
  /// The slopes, in the regressors' order.
  public let slopes: [Double]
  /// The slopes' standard errors, from n − k − 1 degrees of freedom.
  public let standardErrors: [Double]
  /// The intercept's standard error.
  public let alphaStandardError: Double
  /// 1 − Σe² / Σ(y − ȳ)²; *division by zero* where y is constant.
  public let rSquared: Double
  /// How many observations.
  public let count: Int
  /// y minus the fit, in order.
  public let residuals: [Double]

  /// The slopes over their standard errors.
  public var tStatistics: [Double] {
    slopes.indices.map { Lagging.ratio(slopes[$0], standardErrors[$0]) }
  }

  /// The intercept over its standard error.
  public var alphaTStatistic: Double { Lagging.ratio(alpha, alphaStandardError) }
}

extension LeastSquares {
  /// Fits y on regressors of the same length; all numbers are present.
  public init(y: [Double], x: [[Double]]) throws(Failure) {
    precondition(x.allSatisfy { $0.count == y.count }, "regressors are as long as y")
    guard y.count >= x.count + 2 else { throw .tooFewObservations }
    let centredY = Centred(y)
    let centredX = x.map { Centred($0) }
    let triangle = try Triangle(centredX, y: centredY.values)
    slopes = triangle.slopes
    count = y.count
    residuals = y.indices.map { row in
      var fit = 0.0
      for column in x.indices { fit += triangle.slopes[column] * centredX[column].values[row] }
      return centredY.values[row] - fit
    }
    var intercept = centredY.mean
    for column in x.indices { intercept -= slopes[column] * centredX[column].mean }
    alpha = intercept.settled
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let total = centredY.values.reduce(0) { $0 + $1 * $1 }
    rSquared = total == 0 ? .missing(.divisionByZero) : (1 - squares / total).settled
    let noise = squares / Double(y.count - x.count - 1)
    standardErrors = triangle.inverseRows.map { row in (noise * row.reduce(0) { $0 + $1 * $1 }).squareRoot().settled }
    let pull = triangle.meanPull(centredX.map(\.mean))
    alphaStandardError = (noise * (1 / Double(y.count) + pull)).squareRoot().settled
  }
}

/// A column without its mean.
private struct Centred {
  let values: [Double]
  let mean: Double
  /// The largest magnitude before centring: what its rounding errors are relative to.
  let scale: Double

  init(_ column: [Double]) {
    let base = column[0]
    let shift = column.reduce(0) { $0 + ($1 - base) } / Double(column.count)
    values = column.map { ($0 - base) - shift }
    mean = base + shift
    scale = column.reduce(0) { max($0, $1.magnitude) }
  }
}

/// The triangle R of the centred regressors' orthogonalization, and the slopes that solve it.
private struct Triangle {
  private var r: [[Double]]
  private(set) var slopes: [Double]

  init(_ columns: [Centred], y: [Double]) throws(LeastSquares.Failure) {
    var work = columns.map(\.values)
    var right = y
    r = [[Double]](repeating: [Double](repeating: 0, count: columns.count), count: columns.count)
    for pivot in columns.indices {
      let whole = norm(columns[pivot].values, from: 0)
      let rest = norm(work[pivot], from: pivot)
      let rounding = 1e-10 * whole + 1e-15 * columns[pivot].scale * Double(y.count).squareRoot()
      guard rest > rounding, rest.isFinite else { throw .collinear }
      var reflector = work[pivot]
      let head = reflector[pivot] > 0 ? -rest : rest
      reflector[pivot] -= head
      let length = norm(reflector, from: pivot)
      for column in pivot..<columns.count { reflect(&work[column], reflector, length, from: pivot) }
      reflect(&right, reflector, length, from: pivot)
      for column in pivot..<columns.count { r[pivot][column] = work[column][pivot] }
    }
    slopes = Array(right.prefix(columns.count))
    for row in slopes.indices.reversed() {
      for column in (row + 1)..<max(slopes.count, row + 1) { slopes[row] -= r[row][column] * slopes[column] }
      slopes[row] /= r[row][row]
    }
  }

  /// The rows of R⁻¹: the slopes' covariance is noise · R⁻¹ · R⁻ᵀ.
  var inverseRows: [[Double]] {
    var inverse = [[Double]](repeating: [Double](repeating: 0, count: slopes.count), count: slopes.count)
    for column in slopes.indices {
      inverse[column][column] = 1 / r[column][column]
      for row in stride(from: column - 1, through: 0, by: -1) {
        var sum = 0.0
        for step in (row + 1)...column { sum += r[row][step] * inverse[step][column] }
        inverse[row][column] = -sum / r[row][row]
      }
    }
    return inverse
  }

  /// mᵀ (XᵀX)⁻¹ m for the regressors' means m: what the slopes add to the intercept's variance.
  func meanPull(_ means: [Double]) -> Double {
    let inverse = inverseRows
    var pull = 0.0
    for column in means.indices {
      var sum = 0.0
      for row in means.indices { sum += means[row] * inverse[row][column] }
      pull += sum * sum
    }
    return pull
  }
}

private func norm(_ values: [Double], from start: Int) -> Double {
  var sum = 0.0
  for index in start..<values.count { sum += values[index] * values[index] }
  return sum.squareRoot()
}

private func reflect(_ values: inout [Double], _ reflector: [Double], _ length: Double, from start: Int) {
  var product = 0.0
  for index in start..<values.count { product += reflector[index] * values[index] }
  let factor = 2 * (product / length / length)
  for index in start..<values.count { values[index] -= factor * reflector[index] }
}
