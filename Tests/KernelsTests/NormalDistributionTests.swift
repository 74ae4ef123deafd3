import Kernels
import MarketModel
import Testing

@Suite struct NormalDistributionTests {
  @Test func agreesWithExactValues() {
    var worst = ["cdf": (0.0, 0.0), "ppf": (0.0, 0.0)]
    let rows = Reference.rows("normal.tsv")
    #expect(rows.count > 500)
    for row in rows {
      guard let argument = Double(row[1]), let expected = Double(row[2]) else { continue }
      let found =
        row[0] == "cdf" ? NormalDistribution.cumulative(argument) : NormalDistribution.quantile(argument)
      let error = expected == 0 ? abs(found) : abs(found / expected - 1)
      if error > worst[row[0]]?.0 ?? 0 { worst[row[0]] = (error, argument) }
    }
    for (name, (error, argument)) in worst { #expect(error < 1e-15, "\(name) at \(argument)") }
  }

  @Test func quantileHasItsDomain() {
    for p in [0, 1, -0.5, 1.5] { #expect(NormalDistribution.quantile(p).missingReason == .domainError) }
    #expect(NormalDistribution.quantile(.missing(.stale)).missingReason == .stale)
    #expect(NormalDistribution.quantile(0.5) == 0)
    #expect(NormalDistribution.cumulative(0) == 0.5)
    #expect(NormalDistribution.cumulative(50) == 1)
    #expect(NormalDistribution.cumulative(-50) == 0)
    #expect(NormalDistribution.quantile(.leastNonzeroMagnitude) < -38)
  }
}
