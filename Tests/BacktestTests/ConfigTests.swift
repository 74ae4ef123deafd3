import Analytics
import Diagnostics
import MarketData
import MarketModel
import Testing

@testable import Backtest

@Suite struct ConfigTests {
  private func store() throws -> MarketStore { try market("2024-01-01", ["A": [1, 1, 1, 1, 1]]) }

  @Test(arguments: [
    ("initial_capital", "0"), ("initial_capital", "1e16"), ("costs", "1001"), ("slippage", "-1"),
    ("max_leverage", "0"), ("max_leverage", "21"), ("execution_lag", "253"), ("min_trade", "-1"),
    ("cash_rate", "11"), ("cash_rate", "-0.6"), ("delist_after", "0"), ("delisting_return", "0.1"),
    ("delisting_return", "-1.1"), ("annualization", "367"), ("max_stale", "1.5"), ("execution", "now"),
    ("rebalance", "yearly"), ("start", "2024"), ("calendar", "B"), ("benchmark", "B"), ("risk_free", "RATE"),
    ("nonsense", "1"), ("end", "2023-01-01"), ("start", "2025-01-01"),
  ])
  func refusesWithTheKeysName(key: String, value: String) throws {
    let store = try store()
    do {
      _ = try config(store, [(key, value)])
      Issue.record("\(key) \(value) was accepted")
    } catch let problem as Diagnostic {
      #expect(problem.code.hasPrefix("E08") || problem.code == "E0215")
    }
  }

  @Test func limitsAreInclusive() throws {
    let config = try config(
      try store(),
      [
        ("costs", "1000"), ("slippage", "0.7"), ("max_leverage", "20"), ("execution_lag", "252"),
        ("cash_rate", "200bps"),
      ])
    #expect(config.transactionCost == 0.1 && config.slippage == 0.00007 && config.cashRate == .constant(0.02))
    #expect(config.riskFree == config.cashRate)
  }

  @Test func lagFitsTheExecution() throws {
    let store = try store()
    #expect(try config(store, [("execution", "same_close")]).executionLag == 0)
    #expect(throws: Diagnostic.self) { try config(store, [("execution", "same_close"), ("execution_lag", "1")]) }
    #expect(throws: Diagnostic.self) { try config(store, [("execution_lag", "0")]) }
  }

  @Test func theRangeIsCutToTheData() throws {
    let config = try config(try store(), [("start", "1990-01-01"), ("end", "2030-01-01")])
    #expect(config.start == day("2024-01-01") && config.end == day("2024-01-05"))
  }

  @Test func everyKeyIsWrittenOnce() throws {
    #expect(Set(ConfigKey.all.map(\.name)).count == ConfigKey.all.count)
    let fingerprint = RunFingerprint(
      strategyID: "s", config: try config(try store(), []), scriptHash: "", modules: [], params: [("b", .number(2.5))],
      dataFingerprint: "d", engineVersion: "1")
    #expect(fingerprint.canonicalJSON.hasPrefix("{\"config\":{\"annualization\":252,\"benchmark\":null,"))
    #expect(fingerprint.canonicalJSON.hasSuffix("\"params\":{\"b\":2.5},\"script_sha256\":\"\",\"strategy_id\":\"s\"}"))
    #expect(fingerprint.runKey.utf8.count == 64)
  }
}
