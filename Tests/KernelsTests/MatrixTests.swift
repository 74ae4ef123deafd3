import Kernels
import MarketModel
import Testing

@Suite struct MatrixTests {
  private static let returns: [[Double]] = ["close", "other", "reverting"].map { name in
    let values = Reference.numbers("input." + name)
    return filled(values.count) {
      Lagging.fill(.change, distance: 1, source: values, range: 0..<values.count, into: $0)
    }
  }

  private func covariance(_ columns: [[Double]], window: Int? = nil, shrink: Double = 0) -> SquareMatrix? {
    let columns = columns.map { Column($0) }
    return withExtendedLifetime(columns) {
      Covariance.matrix(columns.map(\.start), count: columns[0].count, window: window, shrink: shrink)
    }
  }

  @Test func covarianceAgreesWithPandas() throws {
    let matrix = try #require(covariance(Self.returns))
    expectClose(matrix.values, Reference.numbers("cov.matrix"), absolute: 1e-18)
    let solution = try Cholesky(matrix).solve([1, 1, 1])
    expectClose(solution, Reference.numbers("cov.solve"))
  }

  @Test func covarianceHasTheReducersBits() throws {
    let matrix = try #require(covariance(Self.returns, window: 50))
    let (y, x) = (Array(Self.returns[0].suffix(50)), Array(Self.returns[1].suffix(50)))
    let pair = y.withUnsafeBufferPointer { y in x.withUnsafeBufferPointer { PairStatistic.covariance.reduce(y, $0) } }
    expectSameBits([matrix[0, 0], matrix[0, 1], matrix[1, 0]], [Statistic.variance.reduce(y), pair, pair])
    let shrunk = try #require(covariance(Self.returns, window: 50, shrink: 0.25))
    #expect(shrunk[0, 0] == matrix[0, 0] && shrunk[0, 1] == 0.75 * matrix[0, 1])
  }

  @Test func onlyCommonRowsCount() {
    let a = [.missing(.stale), 1, 2, 4, 8]
    let b = [1, 2, .missing(.stale), 4, 5.0]
    #expect(covariance([a, b]) == covariance([[1, 4, 8], [2, 4, 5]]))
    #expect(covariance([a, b], window: 4) == nil)
    #expect(covariance([[1], [2]]) == nil)
  }

  @Test func singularMatricesNameTheirRows() throws {
    let combined = zip(Self.returns[0], Self.returns[2]).map { 0.5 * $0 - 2 * $1 }
    let matrix = try #require(covariance([Self.returns[0], Self.returns[1], Self.returns[2], combined]))
    #expect(throws: SingularMatrix(members: [0, 2, 3])) { try Cholesky(matrix) }
    let flat = Self.returns[0].map { _ in 0.1 }
    let still = try #require(covariance([Self.returns[0], flat]))
    #expect(throws: SingularMatrix(members: [1])) { try Cholesky(still) }
    #expect(throws: SingularMatrix(members: [1])) { try RiskParity.weights(still) }
  }

  @Test func equalRiskIsContributed() throws {
    var matrices = [try #require(covariance(Self.returns))]
    for size in [1, 2, 10, 40] {
      // Gram matrices of counted random numbers, over scales from a thousandth to a thousand.
      let columns = (0..<size).map { column in
        (0..<(size + 5)).map { row in
          CounterRandom(seed: 1, day: Int32(size), site: UInt32(column), count: UInt64(row)).normal
            * ElementaryFunctions.power(10, Double(column % 7) - 3)
        }
      }
      matrices.append(try #require(covariance(columns)))
    }
    for matrix in matrices {
      let weights = try RiskParity.weights(matrix)
      #expect(weights.allSatisfy { $0 > 0 })
      expectClose([Statistic.sum.reduce(weights)], [1], relative: 1e-14)
      let contributions = zip(weights, matrix.times(weights)).map { $0 * $1 }
      let share = Statistic.sum.reduce(contributions) / Double(weights.count)
      expectClose(contributions, contributions.map { _ in share }, relative: 1e-10, absolute: 0)
    }
  }
}
