import Analytics
import MarketData
import MarketModel
import Testing

@testable import Backtest

@Suite struct ScheduleTests {
  /// The decisions' dates of a run over weekdays with a price, 30 March 2018 (Good Friday) left out.
  private func check(
    _ rebalance: String, from start: String, to end: String, _ expected: [String],
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let first = day("2018-01-01")
    let closes: [Double?] = (0..<261).map { first.addingWeekdays($0) == day("2018-03-30") ? nil : 100 }
    let store = try market("2018-01-01", ["A": closes])
    let result = try run(store, [:], [("rebalance", rebalance), ("start", start), ("end", end)])
    #expect(result.decisions.map { "\($0.asOf)" } == expected, sourceLocation: location)
  }

  @Test func aFinishedPeriodHasItsLastSession() throws {
    // Ends on Good Friday: the month is finished, and its last session is Thursday.
    try check("monthly", from: "2018-03-01", to: "2018-03-30", ["2018-03-29"])
    try check("monthly", from: "2018-03-01", to: "2018-03-29", [])
    try check("monthly", from: "2018-01-15", to: "2018-03-15", ["2018-01-31", "2018-02-28"])
    try check(
      "quarterly", from: "2018-01-01", to: "2018-12-31", ["2018-03-29", "2018-06-29", "2018-09-28", "2018-12-31"])
    try check("weekly", from: "2018-03-19", to: "2018-04-05", ["2018-03-23", "2018-03-29"])
    try check("daily", from: "2018-03-29", to: "2018-04-02", ["2018-03-29", "2018-04-02"])
  }

  @Test func listedDatesStandForTheNextSession() throws {
    try check(
      "2018-03-30,2018-04-02,2018-02-03,2017-05-01,2018-04-07", from: "2018-02-01", to: "2018-04-06",
      ["2018-02-05", "2018-04-02"])
    let store = try market("2018-01-01", ["A": [1, 1, 1, 1, 1]])
    let result = try run(store, [:], [("rebalance", "2017-01-01,2018-01-02,2018-02-01,2018-02-01")])
    #expect(result.warnings.first { $0.kind == .datesLeftOut }?.count == 2)
  }
}
