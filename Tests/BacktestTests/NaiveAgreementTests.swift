import Analytics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// The engine against the naive one, on random markets with gaps, delistings, shorts, costs, interest and caps.
@Suite struct NaiveAgreementTests {
  @Test(arguments: 0..<36)
  func agreesOnRandomMarkets(seed: Int) throws {
    let scenario = try Scenario(seed)
    let expected = scenario.naive.run()
    var strategy = Planned(scenario.plan)
    let result = try BacktestEngine(store: scenario.store, config: try config(scenario.store, scenario.flags))
      .run(&strategy)
    #expect(result.equity.count == expected.equity.count)
    #expect((result.endedEarly != nil) == expected.ruined)
    for (place, (value, naive)) in zip(result.equity, expected.equity).enumerated() {
      guard abs(Wide(value) - naive) > 1e-9 * max(1, abs(naive)) else { continue }
      Issue.record("seed \(seed): equity \(value), naively \(naive), on \(result.days[place])")
      break
    }
    #expect(result.fills.count == expected.trades.count)
    for (fill, naive) in zip(result.fills, expected.trades) {
      #expect(Int(fill.date.rawValue) == naive.day && fill.ticker == naive.ticker)
      #expect(abs(Wide(fill.notional) - naive.notional) <= 1e-9 * max(1000, abs(naive.notional)))
    }
    checkRoundTrips(result)
    try checkPrefix(scenario, result)
  }

  /// What trips gained after costs is what the equity gained but for interest.
  private func checkRoundTrips(_ result: BacktestResult) {
    let gained = result.roundTrips.reduce(0) { $0 + $1.pnlAfterCosts }
    let change = (result.equity.last ?? 0) - result.config.initialCapital - result.figures.totalInterest
    #expect(abs(gained - change) <= 1e-8 * result.config.initialCapital)
    for trip in result.roundTrips where trip.exit == .closed {
      #expect(trip.closed != nil && trip.sessions > 0 && trip.entryNotional > 0)
    }
  }

  /// A run to an earlier end is the beginning of the longer one.
  private func checkPrefix(_ scenario: Scenario, _ result: BacktestResult) throws {
    let cut = result.days[result.days.count / 2]
    var strategy = Planned(scenario.plan)
    let flags = scenario.flags.filter { $0.0 != "end" } + [("end", "\(cut)")]
    let shorter = try BacktestEngine(store: scenario.store, config: try config(scenario.store, flags)).run(&strategy)
    #expect(shorter.equity == Array(result.equity.prefix(shorter.equity.count)))
    #expect(shorter.days.last == cut)
  }
}

/// A random market, a random plan and a random configuration.
struct Scenario {
  var naive = NaiveEngine()
  var store: MarketStore
  var plan: [Day: [(String, Double)]] = [:]
  var flags: [(String, String)] = []

  init(_ seed: Int) throws {
    var chance = Chance(seed + 1)
    for _ in 0..<20 { _ = chance.next() }
    var tables = MarketTables()
    let first = day("2020-01-06")
    let length = 160
    let wild = seed % 7 == 3 ? 0.5 : 0.05
    for name in ["A", "B", "C", "D", "E"] {
      var close = 20 + 100 * chance.next()
      var level = close
      var rows: [Int: NaiveEngine.Row] = [:]
      var end = length
      if name == "D" {
        end = 60 + Int(40 * chance.next())
        let ex = first.addingWeekdays(end + Int(3 * chance.next()))
        let price = seed % 2 == 0 ? 0 : 5 * chance.next()
        naive.delistings[name] = (Int(ex.rawValue), price)
        tables.addAction(name, exDate: ex, delistingPrice: price)
      }
      if name == "E" { end = 50 + Int(30 * chance.next()) }
      for step in 0..<end {
        let factor = max(0.05, 1 + wild * (chance.next() - 0.5))
        close *= factor
        level *= factor + (chance.next() < 0.02 ? 0.02 : 0)
        if name != "A", chance.next() < 0.08 { continue }
        let when = first.addingWeekdays(step)
        let open = chance.next() < 0.9 ? close * (1 + 0.02 * (chance.next() - 0.5)) : nil
        rows[Int(when.rawValue)] = NaiveEngine.Row(open: open, close: close, level: level)
        tables.addPrice(name, when, open: open, close: close, adjustedClose: level)
      }
      naive.rows[name] = rows
    }
    // A name that had belonged to another company more than a year before.
    if seed % 3 == 0 {
      let far = first - 500
      naive.rows["E"]?[Int(far.rawValue)] = NaiveEngine.Row(open: 10, close: 10, level: 10)
      tables.addPrice("E", far, open: 10, close: 10, adjustedClose: 10)
    }
    store = try tables.makeStore().store
    configure(seed, &chance, first, length)
  }

  private mutating func configure(_ seed: Int, _ chance: inout Chance, _ first: Day, _ length: Int) {
    naive.mode = ["same_close", "next_open", "next_close"][seed % 3]
    naive.lag = naive.mode == "same_close" ? 0 : 1 + seed % 4
    naive.leverage = [1, 1.5, 3][seed / 3 % 3]
    naive.minTrade = seed % 5 == 0 ? 5_000 : seed % 5 == 1 ? 0 : 1
    naive.cashRate = seed % 2 == 0 ? 0.03 : 0
    naive.borrowRate = seed % 4 == 0 ? 0.02 : 0
    naive.delistAfter = seed % 2 == 0 ? 5 : 12
    naive.delistingReturn = seed % 3 == 1 ? -0.3 : 0
    let weekdays = seed % 5 == 1
    let days = Set(naive.rows.values.flatMap(\.keys)).sorted()
    naive.sessions =
      weekdays
      ? (days[0]...days[days.count - 1]).filter { Day($0).isWeekday } : days.filter { Day($0).isWeekday }
    naive.sessions = naive.sessions.filter { $0 >= Int(first.rawValue) }
    for session in naive.sessions where chance.next() < (seed % 2 == 0 ? 0.2 : 0.9) {
      var weights: [(String, Double)] = []
      for name in ["E", "A", "D", "B", "C"] where chance.next() < 0.7 {
        weights.append((name, (chance.next() - 0.35) * (seed % 7 == 3 ? 3 : 1)))
      }
      if chance.next() < 0.1 { weights = [] }
      plan[Day(session)] = weights
      naive.decisions[session] = Dictionary(uniqueKeysWithValues: weights)
    }
    let rule = ["daily", "weekly", "monthly", "quarterly", "list"][seed / 2 % 5]
    let listed = [9, 26, 40, 41, 75, 110].map { first + $0 }
    let due = rebalanceDays(rule, listed)
    naive.decisions = naive.decisions.filter { due.contains($0.key) }
    let rebalance = rule == "list" ? listed.map { "\($0)" }.joined(separator: ",") : rule
    flags = [
      ("start", "\(first)"), ("end", "\(Day(naive.sessions[naive.sessions.count - 1]))"), ("rebalance", rebalance),
      ("execution", naive.mode),
      ("execution_lag", "\(naive.lag)"), ("max_leverage", "\(naive.leverage)"), ("min_trade", "\(naive.minTrade)"),
      ("cash_rate", "\(naive.cashRate)"), ("borrow_rate", "\(naive.borrowRate)"),
      ("delist_after", "\(naive.delistAfter)"), ("delisting_return", "\(naive.delistingReturn)"),
      ("calendar", weekdays ? "weekdays" : "sessions"),
    ]
  }

  /// The sessions of a schedule, straight from its definition: the last of each period whose last weekday has come, or
  /// the first on or after each date.
  private func rebalanceDays(_ rule: String, _ listed: [Day]) -> Set<Int> {
    func period(_ number: Int) -> [Int] {
      let day = Day(number)
      switch rule {
      case "weekly": return [number - day.weekday]
      case "monthly": return [day.civil.year, day.civil.month]
      case "quarterly": return [day.civil.year, (day.civil.month - 1) / 3]
      default: return [number]
      }
    }
    if rule == "list" {
      return Set(listed.compactMap { date in naive.sessions.first { $0 >= Int(date.rawValue) } })
    }
    let last = naive.sessions[naive.sessions.count - 1]
    return Set(
      naive.sessions.filter { session in
        var weekday = session
        var next = session + 1
        while period(next) == period(session) {
          if naive.sessions.contains(next) { return false }
          if Day(next).isWeekday { weekday = next }
          next += 1
        }
        return weekday <= last
      })
  }
}
