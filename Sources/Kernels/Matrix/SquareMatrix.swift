/// A square matrix of doubles, row by row.
public struct SquareMatrix: Hashable, Sendable {
  /// How many rows and columns.
  public let size: Int
  /// The elements, row by row.
  public var values: [Double]

  /// A matrix of elements row by row; there are `size * size` of them.
  public init(size: Int, values: [Double]) {
    precondition(values.count == size * size, "a square matrix has size * size elements")
    self.size = size
    self.values = values
  }

  /// A matrix of zeros.
  public init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// The element in a row and column.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// The matrix times a vector, each row summed from left to right.
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == size, "the vector is as long as the matrix is wide")
    return (0..<size).map { row in
      var sum = 0.0
      for column in 0..<size { sum += self[row, column] * vector[column] }
      return sum
    }
  }
}

/// A matrix that cannot be inverted.
public struct SingularMatrix: Error, Hashable, Sendable {
  /// The rows that depend on each other, ascending.
  public let members: [Int]

  /// A singularity among some rows.
  public init(members: [Int]) { self.members = members }
}
