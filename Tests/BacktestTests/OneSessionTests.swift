import Analytics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// The worked example: three sessions in numbers, in all three modes of execution.
@Suite struct OneSessionTests {
  private func store() throws -> MarketStore {
    var tables = MarketTables()
    let rows: [(String, String, Double, Double, Double)] = [
      ("A", "2024-03-07", 101, 100, 98), ("A", "2024-03-08", 99, 102, 99.96), ("A", "2024-03-11", 101, 103, 103),
      ("B", "2024-03-07", 50, 50, 50), ("B", "2024-03-08", 51, 50, 50), ("B", "2024-03-11", 49, 48, 48),
    ]
    for (ticker, date, open, close, adjusted) in rows {
      tables.addPrice(ticker, day(date), open: open, close: close, adjustedClose: adjusted)
    }
    return try tables.makeStore().store
  }

  @Test(arguments: [
    ("same_close", [999_370, 1_011_085.9340, 1_035_754.4321], [63.9370, 60.5816]),
    ("next_open", [1_000_000, 1_023_536.5145, 1_052_111.8266], [100, 192.1832]),
    ("next_close", [1_000_000, 999_469.9370, 1_029_566.5363], [100, 191.8302]),
  ])
  func equityAndInterest(execution: String, equity: [Double], interest: [Double]) throws {
    let result = try result(execution)
    for (value, expected) in zip(result.equity, equity) { #expect(abs(value - expected) < 5.1e-5) }
    #expect(abs(result.figures.totalInterest - interest.reduce(0, +)) < 1.01e-4)
  }

  @Test(arguments: [
    ("same_close", [600_000, -300_000, 197_147.1496, 300_000]),
    ("next_open", [600_060, -300_030, 204_159.2134, 288_264.1176]),
    ("next_close", [600_060, -300_030, 205_620.5490, 288_028.8]),
  ])
  func fills(execution: String, notional: [Double]) throws {
    let result = try result(execution)
    #expect(result.fills.count == 4)
    for (fill, expected) in zip(result.fills, notional) {
      #expect(abs(fill.notional - expected) < 5.1e-5)
      #expect(abs(fill.cost - abs(expected) * 0.0007) < 1e-6)
    }
    let price: [Double] =
      execution == "next_open"
      ? [99, 51, 101, 49] : execution == "next_close" ? [102, 50, 103, 48] : [100, 50, 102, 50]
    #expect(result.fills.map(\.price) == price)
    #expect(result.fills.map(\.asOf) == [day("2024-03-07"), day("2024-03-07"), day("2024-03-08"), day("2024-03-08")])
  }

  private func result(_ execution: String) throws -> BacktestResult {
    try run(
      try store(),
      [day("2024-03-07"): [("A", 0.6), ("B", -0.3)], day("2024-03-08"): [("A", 0.8)]],
      [("rebalance", "daily"), ("cash_rate", "0.0365"), ("borrow_rate", "0.0073"), ("execution", execution)])
  }
}
