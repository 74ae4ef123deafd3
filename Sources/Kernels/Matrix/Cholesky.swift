/// The factor L of a symmetric positive definite matrix: L · Lᵀ.
///
/// A pivot below `tolerance` times its diagonal element means that its row is a combination of those before it: the
/// matrix is singular, and the error names the rows involved.
public struct Cholesky: Sendable {
  /// The lower triangle.
  public let factor: SquareMatrix

  /// Factors a symmetric matrix, of which only the lower triangle is read.
  public init(_ matrix: SquareMatrix, tolerance: Double = 1e-11) throws(SingularMatrix) {
    var lower = SquareMatrix(size: matrix.size)
    for row in 0..<matrix.size {
      for column in 0...row {
        var rest = matrix[row, column]
        for step in 0..<column { rest -= lower[row, step] * lower[column, step] }
        if row != column {
          lower[row, column] = rest / lower[column, column]
        } else if rest > tolerance * matrix[row, row] && rest.isFinite {
          lower[row, row] = rest.squareRoot()
        } else {
          throw SingularMatrix(members: Cholesky.dependents(of: row, matrix, lower))
        }
      }
    }
    factor = lower
  }

  /// The solution x of `matrix · x = right`.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.size, "the right side is as long as the matrix is high")
    var x = right
    for row in 0..<factor.size {
      for column in 0..<row { x[row] -= factor[row, column] * x[column] }
      x[row] /= factor[row, row]
    }
    return Cholesky.solveTransposed(factor, x, size: factor.size)
  }

  /// The solution of Lᵀ · x = right for the leading `size` rows.
  private static func solveTransposed(_ lower: SquareMatrix, _ right: [Double], size: Int) -> [Double] {
    var x = right
    for row in stride(from: size - 1, through: 0, by: -1) {
      for column in (row + 1)..<max(size, row + 1) { x[row] -= lower[column, row] * x[column] }
      x[row] /= lower[row, row]
    }
    return x
  }

  /// The row and those whose combination it is, weighed by their scale.
  private static func dependents(of row: Int, _ matrix: SquareMatrix, _ lower: SquareMatrix) -> [Int] {
    let scale = matrix[row, row].squareRoot()
    guard scale > 0, scale.isFinite else { return [row] }
    let weights = solveTransposed(lower, (0..<row).map { lower[row, $0] }, size: row)
    let involved = (0..<row).filter { (weights[$0] * matrix[$0, $0].squareRoot()).magnitude > 1e-4 * scale }
    return involved + [row]
  }
}
