import Kernels
import MarketModel
import Testing

@Suite struct RegressionTests {
  private static let close = Reference.numbers("input.close")
  private static let other = Reference.numbers("input.other")
  private static let reverting = Reference.numbers("input.reverting")

  @Test(arguments: ["one", "two"]) func agreesWithStatsmodels(_ name: String) throws {
    let fit = try LeastSquares(y: Self.close, x: name == "one" ? [Self.other] : [Self.other, Self.reverting])
    expectClose(
      [fit.alpha, fit.alphaStandardError, fit.alphaTStatistic, fit.rSquared], Reference.numbers("ols.\(name).fit"))
    expectClose(fit.slopes, Reference.numbers("ols.\(name).slopes"))
    expectClose(fit.standardErrors, Reference.numbers("ols.\(name).stderr"))
    expectClose(fit.tStatistics, Reference.numbers("ols.\(name).tstat"))
    expectClose(fit.residuals, Reference.numbers("ols.\(name).residual"), absolute: 1e-10)
    #expect(fit.count == 120)
  }

  /// Longley (1967), the certified values of the NIST statistical reference datasets: nearly collinear on purpose.
  @Test func agreesWithLongley() throws {
    let rows: [[Double]] = [
      [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
      [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
      [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
      [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
      [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
      [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
      [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
      [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
    ]
    let fit = try LeastSquares(y: rows.map { $0[0] }, x: (1...6).map { column in rows.map { $0[column] } })
    expectClose([fit.alpha], [-3482258.63459582], relative: 1e-9)
    expectClose(
      fit.slopes,
      [
        15.0618722713733, -0.358191792925910e-1, -2.02022980381683, -1.03322686717359, -0.511041056535807e-1,
        1829.15146461355,
      ], relative: 1e-8)
    expectClose(
      fit.standardErrors,
      [
        84.9149257747669, 0.334910077722432e-1, 0.488399681651699, 0.214274163161675, 0.226073200069370,
        455.478499142212,
      ],
      relative: 1e-8)
    expectClose([fit.alphaStandardError, fit.rSquared], [890420.383607373, 0.995479004577296])
  }

  @Test func collinearRegressorsAreFound() {
    let y = Self.close
    let combined = zip(Self.other, Self.reverting).map { 2 * $0 - $1 + 5 }
    for x in [[Self.other, Self.other], [Self.other.map { _ in 0.1 }], [Self.other, Self.reverting, combined]] {
      #expect(throws: LeastSquares.Failure.collinear) { try LeastSquares(y: y, x: x) }
    }
    #expect(throws: LeastSquares.Failure.tooFewObservations) { try LeastSquares(y: [1, 2], x: [[1, 3]]) }
    #expect(LeastSquares.Failure.collinear.reason == .domainError)
  }

  @Test func constantYHasNoShareExplained() throws {
    let fit = try LeastSquares(y: [0.1, 0.1, 0.1, 0.1], x: [[1, 2, 3, 5]])
    #expect(fit.rSquared.missingReason == .divisionByZero)
    #expect(fit.slopes == [0] && fit.alpha == 0.1)
  }

  @Test func halfLifeIsAsDefined() {
    let found = Self.reverting.withUnsafeBufferPointer { HalfLife.value($0) }
    expectClose([found], Reference.numbers("halflife"))
    [1, 2, 4, 8].withUnsafeBufferPointer { #expect(HalfLife.value($0).missingReason == .domainError) }
    [1, 2].withUnsafeBufferPointer { #expect(HalfLife.value($0).missingReason == .insufficientHistory) }
    [3, 3, 3, 3].withUnsafeBufferPointer { #expect(HalfLife.value($0).missingReason == .divisionByZero) }
  }
}
