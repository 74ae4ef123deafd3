import Analytics
import MarketData
import MarketModel
import Testing

@testable import Backtest

@Suite struct AnnualizationTests {
  /// A data set of one ticker with a price on each of some days.
  private func store(_ days: [Day]) throws -> MarketStore {
    var tables = MarketTables()
    for (place, day) in days.enumerated() { tables.addPrice("A", day, close: 100 + Double(place)) }
    return try tables.makeStore().store
  }

  private func used(_ days: [Day], _ flags: [(String, String)] = []) throws -> Int {
    try config(try store(days), flags).annualization
  }

  private func days(_ count: Int, every step: Int) -> [Day] { (0..<count).map { day("2010-01-04") + $0 * step } }

  /// The last weekday of each n-th month.
  private func monthEnds(_ count: Int, every months: Int) -> [Day] {
    (0..<count).compactMap { place in
      guard var end = day("2010-01-31").addingMonths(place * months)?.monthEnd else { return nil }
      while !end.isWeekday { end = end - 1 }
      return end
    }
  }

  @Test func itIsMeasuredFromTheData() throws {
    let weekdays = days(2000, every: 1).filter(\.isWeekday)
    #expect(try used(weekdays) == 252)
    // Nine holidays a year and none are both daily prices.
    #expect(try used(weekdays.enumerated().filter { $0.offset % 29 != 0 }.map(\.element)) == 252)
    #expect(try used(days(800, every: 1), [("calendar", "all")]) == 365)
    #expect(try used((0..<200).map { day("2010-01-08") + $0 * 7 }) == 52)
    #expect(try used(monthEnds(154, every: 1)) == 12)
    #expect(try used(monthEnds(40, every: 3)) == 4)
    #expect(try used(monthEnds(20, every: 12)) == 1)
  }

  @Test func aThinMarketHasItsOwnSessions() throws {
    // Tuesdays and Thursdays.
    let twice = days(3000, every: 1).filter { [2, 4].contains($0.weekday) }
    #expect(try used(twice) == 104)
  }

  @Test func aShortSpanCountsAsDaily() throws {
    let short = [day("2010-01-29"), day("2010-02-26"), day("2010-03-29")]
    #expect(short[2] - short[0] == 59)
    #expect(try used(short) == 252)
    #expect(try used(short + [day("2010-03-31")]) == 18)
    #expect(try used([day("2010-01-29")]) == 252)
  }

  @Test func whatIsGivenCounts() throws {
    #expect(try used(monthEnds(154, every: 1), [("annualization", "252")]) == 252)
    #expect(try used(days(2000, every: 1).filter(\.isWeekday), [("annualization", "260")]) == 260)
  }

  @Test func itIsOfTheWholeSpanAndNotOfTheRun() throws {
    let months = monthEnds(100, every: 1)
    #expect(try used(months, [("start", "\(months[97])")]) == 12)
  }

  /// Month-end closes of a fund, bought at the second of them.
  @Test func monthlyPricesAreAnnualizedByTwelve() throws {
    let closes: [Double?] = [100, 101, 103, 102, 104, 107, 106, 108, 111, 110, 113, 115]
    var tables = MarketTables()
    let ends = monthEnds(12, every: 1)
    for (end, close) in zip(ends, closes) { tables.addPrice("IDX", end, close: close) }
    let store = try tables.makeStore().store
    let flags = [("rebalance", "daily"), ("execution", "same_close"), ("costs", "0"), ("slippage", "0")]
    let result = try run(store, Dictionary(uniqueKeysWithValues: ends.map { ($0, [("IDX", 1.0)]) }), flags)
    #expect(result.config.annualization == 12)
    let yearly = try #require(result.metric("annualized_return").number)
    #expect(abs(yearly - 0.15) < 1e-12)
  }
}
