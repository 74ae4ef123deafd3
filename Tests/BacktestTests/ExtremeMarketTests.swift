import Analytics
import Diagnostics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// Random markets whose prices and weights have any exponent, against the naive engine in wider numbers.
@Suite struct ExtremeMarketTests {
  @Test(arguments: 0..<120)
  func extremeMarketsGiveTheWideNumbersOrANamedError(seed: Int) throws {
    // Without numbers wider than doubles there is nothing to compare with.
    guard Wide.greatestFiniteMagnitude > Wide(Double.greatestFiniteMagnitude) else { return }
    let scenario = try ExtremeScenario(seed)
    let expected = scenario.naive.run()
    let engine = BacktestEngine(store: scenario.store, config: try config(scenario.store, scenario.flags))
    var strategy = Planned(scenario.plan)
    do {
      let result = try engine.run(&strategy)
      #expect(result.equity.count == expected.equity.count && (result.endedEarly != nil) == expected.ruined)
      check(result, expected, scenario, seed)
    } catch {
      #expect(error.diagnostic.code == "E0814", "seed \(seed): \(error.diagnostic.message)")
      check(error.partial, expected, scenario, seed)
      let failedAt = try #require(error.partial.failedAt)
      #expect(error.diagnostic.message.contains("\(failedAt)"))
      // The next session's amounts are what no double holds with all its digits.
      #expect(scenario.isOutOfRange(error.partial.days.count), "seed \(seed): \(error.diagnostic.message)")
    }
  }

  private func check(
    _ result: BacktestResult, _ expected: NaiveEngine.Outcome, _ scenario: ExtremeScenario, _ seed: Int
  ) {
    // What was rounded at the largest amounts so far is never won back: it grows with whatever it is put into next.
    var scale: Wide = 0
    for (place, value) in result.equity.enumerated() {
      let naive = expected.equity[place]
      scale = max(expected.scale[place], place > 0 ? scale * scenario.growth(from: place - 1, to: place) : 0)
      #expect(value.isFinite)
      guard abs(Wide(value) - naive) > 1e-9 * scale else { continue }
      Issue.record("seed \(seed): equity \(value), naively \(naive), on \(result.days[place])")
      break
    }
    let figures = result.figures
    #expect(figures.gross.allSatisfy(\.isFinite) && figures.net.allSatisfy(\.isFinite))
    #expect(figures.totalCosts.isFinite && figures.totalInterest.isFinite && figures.turnoverSum.isFinite)
    #expect(result.metrics.allSatisfy { $0.value.number?.isFinite ?? true })
    #expect(result.monthlyReturns.allSatisfy { $0.value.isFinite })
    #expect(result.roundTrips.allSatisfy { $0.pnlAfterCosts.isFinite && $0.entryNotional.isFinite })
    #expect(result.fills.allSatisfy { $0.notional.isFinite && $0.cost.isFinite })
  }
}

/// A market whose prices move by any number of decades, and weights of any size.
private struct ExtremeScenario {
  var naive = NaiveEngine()
  var store: MarketStore
  var plan: [Day: [(String, Double)]] = [:]
  var flags: [(String, String)] = []

  init(_ seed: Int) throws {
    var chance = Chance(seed + 77)
    for _ in 0..<20 { _ = chance.next() }
    var tables = MarketTables()
    let first = day("2021-03-01")
    // Steps of a market with as many decades a day, the same for all of its tickers.
    let decades = [0.01, 0.5, 5, 40, 300][seed % 5]
    for name in ["A", "B", "C"] {
      var exponent = (chance.next() - 0.5) * (decades > 100 ? 600 : 200)
      for step in 0..<30 {
        exponent = decades > 100 ? (chance.next() - 0.5) * 600 : exponent + (chance.next() - 0.5) * decades
        if chance.next() < 0.1 { continue }
        let close = power(min(300, max(-300, exponent)))
        let day = first.addingWeekdays(step)
        naive.rows[name, default: [:]][Int(day.rawValue)] = NaiveEngine.Row(open: close, close: close, level: close)
        tables.addPrice(name, day, open: close, close: close)
      }
    }
    store = try tables.makeStore().store
    naive.mode = ["same_close", "next_open", "next_close"][seed / 5 % 3]
    naive.lag = naive.mode == "same_close" ? 0 : 1
    naive.cost = 0
    naive.minTrade = 0
    naive.leverage = [1, 3][seed / 2 % 2]
    naive.sessions = Set(naive.rows.values.flatMap(\.keys)).sorted()
    for session in naive.sessions where chance.next() < 0.6 {
      var weights: [(String, Double)] = []
      for name in ["A", "B", "C"] where chance.next() < 0.8 {
        let sign = chance.next() < 0.2 && seed % 3 == 0 ? -1.0 : 1
        let exponent = seed % 4 == 0 ? (chance.next() - 0.5) * 610 : -chance.next()
        weights.append((name, sign * power(exponent)))
      }
      plan[Day(session)] = weights
      naive.decisions[session] = Dictionary(uniqueKeysWithValues: weights)
    }
    flags = [
      ("rebalance", "daily"), ("execution", naive.mode), ("execution_lag", "\(naive.lag)"), ("costs", "0"),
      ("slippage", "0"), ("min_trade", "0"), ("max_leverage", "\(naive.leverage)"),
      ("start", "\(Day(naive.sessions[0]))"), ("end", "\(Day(naive.sessions[naive.sessions.count - 1]))"),
    ]
  }

  /// The largest growth of any ticker's last price between two sessions, at least 1.
  func growth(from: Int, to place: Int) -> Wide {
    naive.rows.values.reduce(1) { largest, rows in
      func last(_ session: Int) -> Double? {
        naive.sessions[...session].reversed().lazy.compactMap { rows[$0]?.close }.first
      }
      guard let old = last(from), let new = last(place) else { return largest }
      return max(largest, Wide(new) / Wide(old))
    }
  }

  /// Whether something of a session is beyond the range of a run's amounts: the equity, its growth, or what is held.
  func isOutOfRange(_ place: Int) -> Bool {
    let outcome = naive.run()
    guard place < outcome.equity.count else { return false }
    let (equity, scale) = (outcome.equity[place], outcome.scale[place])
    let lowest = outcome.equity[..<place].filter { $0 > 0 }.min() ?? 1_000_000
    let isStrained = outcome.smallest[place] < 1e-299 || outcome.smallestRatio[place] < 1e-299
    return isStrained || scale > 1e299 || abs(equity) > 1e299 * lowest || (equity > 0 && scale > 1e299 * equity)
  }
}

/// Ten to a power, with the digits after its point as a factor.
private func power(_ exponent: Double) -> Double {
  let factor = 1 + 9 * abs(exponent - exponent.rounded(.towardZero))
  return (Double("1e\(Int(exponent))") ?? 1) * factor
}
