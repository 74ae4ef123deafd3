import MarketData
import MarketModel
import Testing

@testable import Backtest

/// Where a run ends that is given no `end`.
@Suite struct MarketEndTests {
  /// The rule, straight from its definition.
  private func naiveEnd(_ rows: [String: [Day]], _ sessions: [Day]) -> Day? {
    for (place, session) in sessions.enumerated() {
      let recent = rows.values.filter { days in days.contains { $0 <= session && $0 > session - 366 } }
      let going = recent.filter { days in days.contains { $0 >= session } }
      if going.count * 2 < recent.count { return place == 0 ? sessions.last : sessions[place - 1] }
    }
    return sessions.last
  }

  private func store(_ rows: [String: [Day]]) throws -> MarketStore {
    var tables = MarketTables()
    // Bars of a week or a month are known on the dates that they have.
    tables.settings.barDates = .end
    for (ticker, days) in rows.sorted(by: { $0.key < $1.key }) {
      for day in days { tables.addPrice(ticker, day, close: 100) }
    }
    return try tables.makeStore().store
  }

  private func weekdays(_ first: String, _ last: String) -> [Day] {
    (Int(day(first).rawValue)...Int(day(last).rawValue)).map { Day($0) }.filter(\.isWeekday)
  }

  @Test func oneSeriesThatOutlivesTheMarketDoesNotCarryTheRunOn() throws {
    let store = try store([
      "AAA": weekdays("2020-01-01", "2020-06-30"), "BBB": weekdays("2020-01-01", "2020-06-30"),
      "INDEX": weekdays("2020-01-01", "2020-09-30"),
    ])
    let result = try run(store, [:], [])
    #expect(result.days.last == day("2020-06-30"))
    #expect(result.config.end == day("2020-06-30") && result.config.annualization == 252)
    let said = try #require(result.warnings.first { $0.kind == .endsWithMarket })
    #expect(said.code == "W0120" && said.message.contains("2020-06-30") && said.message.contains("2020-09-30"))
    // An `end` of one's own counts, and nothing is said.
    let longer = try run(store, [:], [("end", "2020-09-30")])
    #expect(longer.days.last == day("2020-09-30") && !longer.warnings.contains { $0.kind == .endsWithMarket })
    let shorter = try run(store, [:], [("end", "2020-06-30")])
    #expect(shorter.equity == result.equity && !shorter.warnings.contains { $0.kind == .endsWithMarket })
    // So does a start after the market's end.
    #expect(try run(store, [:], [("start", "2020-07-15")]).days.last == day("2020-09-30"))
  }

  @Test func oneTickerOrHalfOfThemCarryOn() throws {
    let long = weekdays("2020-01-01", "2020-09-30")
    #expect(try config(try store(["A": long]), []).end == day("2020-09-30"))
    let half = try store(["A": long, "B": weekdays("2020-01-01", "2020-06-30")])
    #expect(try config(half, []).end == day("2020-09-30"))
    #expect(try config(half, []).endsWithMarket == false)
  }

  @Test func whatEndedLongAgoDoesNotCount() throws {
    // Three of five end, years apart: at no time were they most of what traded in the year before.
    let store = try store([
      "A": weekdays("2010-01-01", "2011-03-01"), "B": weekdays("2010-01-01", "2013-03-01"),
      "C": weekdays("2010-01-01", "2015-03-02"), "D": weekdays("2010-01-01", "2018-01-31"),
      "E": weekdays("2010-01-01", "2018-01-31"),
    ])
    #expect(try config(store, []).end == day("2018-01-31"))
  }

  @Test(arguments: 0..<40) func agreesWithTheDefinition(seed: Int) throws {
    var chance = Chance(seed + 7)
    for _ in 0..<20 { _ = chance.next() }
    var rows: [String: [Day]] = [:]
    for name in ["A", "B", "C", "D", "E", "F"].prefix(2 + seed % 5) {
      var days: [Day] = []
      for _ in 0..<(1 + Int(2 * chance.next())) {
        let first = day("2010-01-04") + Int(900 * chance.next())
        let step = [1, 1, 7, 30, 91, 366, 400][Int(7 * chance.next())]
        days += (0..<(1 + Int(1200 * chance.next()) / step)).map { first + $0 * step }
      }
      rows[name] = Set(days.filter(\.isWeekday)).sorted()
      if rows[name]?.isEmpty == true { rows[name] = [day("2010-01-04")] }
    }
    let store = try store(rows)
    for rule in [CalendarRule.sessions, .weekdays, .ticker("A")] {
      let calendar = try #require(store.calendar(rule))
      let sessions = (0..<calendar.count).map { calendar[$0] }
      #expect(store.lastMarketSession(calendar) == naiveEnd(rows, sessions), "\(rule)")
    }
  }
}
