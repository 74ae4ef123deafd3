import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import TestServers
import Testing

@testable import Scripting

/// What is computed from the data's columns is kept for later dates, runs and threads. It shows in nothing but time.
@Suite struct ColumnCacheTests {
  /// Expressions over a ticker `t`, each a number or a series that stands for its latest one.
  static let expressions = [
    "close(t)", "sma(close(t), 1)", "sma(close(t), 50)", "sma(close(t), 200, min_obs: 20)", "wma(close(t), 15)",
    "ema(close(t), 20)", "rsi(close(t), 14)", "returns(t)", "std(returns(t), 60)", "variance(close(t), 30)",
    "zscore(close(t), 30)", "rank(close(t), 40)", "min(close(t), 20)", "max(high(t), 20)", "median(low(t), 21)",
    "quantile(close(t), 0.3, 33)", "skew(returns(t), 60)", "kurt(log_change(close(t)), 60)",
    "close(t).lag(21).change(231)", "close(t).diff(5)", "cum_max(close(t))", "cum_min(close(t))", "cum_sum(volume(t))",
    "cum_prod(1 + returns(t).fill(0))", "drawdown(close(t))", "ewm_mean(close(t), span: 10)",
    "ewm_std(returns(t), halflife: 20, min_obs: 5)", "ewm_mean(close(t), alpha: 0.1, adjust: false)",
    "sma(sma(close(t), 10), 20)", "ema(sma(returns(t), 5), 9).lag(3)", "std(close(t).diff(), 40).max(10)",
    "sma(volume(t), 20)", "sum(raw_close(t), 5)", "sma(close(t).tail(120), 20)", "close(t).head(90).sma(30).last()",
    "sma(close(t), 20).tail(30).mean()", "bollinger(close(t)).upper", "macd(close(t)).signal",
    "volatility(close(t), 60)",
    "close(t) / sma(close(t), 100) - 1", "corr(returns(t), returns(u), 60)", "beta(returns(t), returns(u), 90)",
    "sma(close(t) / close(u), 30)", "mean(close(t).sma(40))", "close(t, as_of: as_of - 30d).sma(20)",
    "atr(t)", "close(t).ema(12).values().len()", "sum(values(close(t).sma(7).tail(3)))", "change(close(t), 12mo)",
    "close(t).resample(\"monthly\").sma(3)", "high(t).max(55).lag(1)",
  ]

  /// The bits of every expression, the steps and bytes used and the watermark of each date.
  private static func values(
    _ store: MarketStore, _ pair: (String, String), _ dates: [Day], _ columns: ColumnCache?
  ) throws -> [[UInt64]] {
    let items = expressions.enumerated().map { "    \"\($0)\": \($1),\n" }
    let text =
      "fn signals(as_of) {\n  let t = \"\(pair.0)\"\n  let u = \"\(pair.1)\"\n  return [\n"
      + items.joined() + "  ]\n}\n"
    let script = try Script.load(SourceFile(name: "columns.strat", text: text))
    let host = MarketHost(store: store, calendar: store.calendar)
    let machine = Machine(host: host, columns: columns)
    do throws(Machine.Failure) {
      try machine.load(script.program)
      var rows: [[UInt64]] = []
      for date in dates {
        host.begin(store.view(on: date, calendar: store.calendar), .cash(1))
        let row = try machine.callSignals(asOf: date) { (value, evaluation) throws(Trap) -> [UInt64]? in
          guard let map = value.map else { return nil }
          var bits: [UInt64] = []
          for place in 0..<map.count {
            let item = map.entries[place].value
            bits.append(try (item.series?.latest(evaluation) ?? item.raw).bitPattern)
          }
          return bits
        }
        #expect(row?.count == expressions.count)
        let counts = [machine.stepsUsed, machine.memoryUsed, host.watermark.map { Int($0.microseconds) } ?? -1]
        rows.append((row ?? []) + counts.map { UInt64(bitPattern: Int64($0)) })
      }
      return rows
    } catch { throw error.fault.diagnostic }
  }

  private static func check(_ store: MarketStore, _ pairs: [(String, String)], every step: Int, from: String) throws {
    let first = try #require(Day(iso: from))
    let last = try #require(store.calendar.last)
    let dates = store.calendar.sessions(from: first, through: last).enumerated().filter { $0.offset % step == 0 }
      .map(\.element)
    nonisolated(unsafe) var failures: [String] = []
    nonisolated(unsafe) var problem: (any Error)?
    NativeStack.run {
      do {
        for pair in pairs {
          let plain = try values(store, pair, dates, nil)
          let eager = ColumnCache(isEager: true)
          // Where the data end is where the columns end; all of them were made with what came later.
          for place in [dates.count / 4, 2 * dates.count / 3] where pair == pairs[0] {
            let cut = try store.tables(knownAt: store.cut(on: dates[place])).makeStore().store
            let early = try values(cut, pair, [dates[place]], ColumnCache(isEager: true))
            if early[0] != plain[place] { failures.append("data cut at \(dates[place])") }
          }
          let rooms = [
            ("no room", ColumnCache(limit: 0)), ("as worth it", ColumnCache()), ("all", eager), ("all again", eager),
          ]
          for (name, columns) in rooms {
            let cached = try values(store, pair, dates, columns)
            for (row, date) in dates.enumerated() where cached[row] != plain[row] {
              let place = zip(cached[row], plain[row]).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? -1
              failures.append("\(name) \(pair.0) \(date) \(place < expressions.count ? expressions[place] : "counts")")
            }
          }
        }
      } catch { problem = error }
    }
    if let problem { throw problem }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(5))")
  }

  @Test func theSampleMarketReadsTheSame() throws {
    let store = SampleMarket.store()
    // LEH ends, and another company takes over its name's place in the list.
    try Self.check(store, [("SPY", "TLT"), ("LEH", "SPY"), ("AAPL", "GLD")], every: 41, from: "2007-01-03")
  }

  @Test(.enabled(if: Requirement.realData.isMet, "\(Requirement.realData.lack)"))
  func realPricesReadTheSame() throws {
    let store = try RunningScripts.realStore("us")
    let names = store.tickerNames
    let pairs = [(names[0], names[names.count / 2]), (names[names.count - 1], names[names.count / 3])]
    try Self.check(store, pairs, every: 151, from: "2004-01-02")
  }

  @Test func aRunIsTheSameWithAndWithoutRoom() throws {
    let store = SampleMarket.store()
    let text = """
      strategy "s" { rebalance: "weekly", end: 2012-12-31 }
      fn signals(as_of) {
        let risk = [t: std(returns(t), 60) for t in ["SPY", "TLT", "GLD", "EEM"]]
        return [t: (1 / s) / sum([u: 1 / x for u, x in risk]) for t, s in risk if ema(close(t), 50) < close(t)]
      }

      """
    func run(_ columns: ColumnCache) throws -> String {
      nonisolated(unsafe) var outcome: Result<String, any Error>?
      NativeStack.run {
        outcome = Result {
          let script = try Script.load(SourceFile(name: "s.strat", text: text))
          var draft = ConfigDraft()
          for entry in script.block.entries { try draft.set(entry.key, entry.value) }
          let config = try draft.resolve(store)
          var strategy = try ScriptStrategy(script, store: store, config: config, columns: columns)
          let result = try BacktestEngine(store: store, config: config).run(&strategy)
          return "\(result.equity.map(\.bitPattern)) \(result.decisions) \(result.fills)"
        }
      }
      return try #require(outcome).get()
    }
    let shared = ColumnCache()
    let plain = try run(ColumnCache(limit: 0))
    #expect(try run(shared) == plain)
    #expect(try run(shared) == plain)
    #expect(try run(ColumnCache(limit: 100_000)) == plain)
  }

  @Test func stepsRunOutAtTheSamePlace() throws {
    let store = SampleMarket.store()
    let text =
      "fn signals(as_of) {\n  var n = 0\n  while n >= 0 { n = n + ema(sma(close(\"SPY\"), 100), 50) * 0 + 1 }\n}\n"
    func steps(_ columns: ColumnCache) throws -> String {
      nonisolated(unsafe) var text = text
      nonisolated(unsafe) var said = ""
      NativeStack.run {
        text += "\n"
        do {
          let script = try Script.load(SourceFile(name: "s.strat", text: text))
          let config = try ConfigDraft().resolve(store)
          var limits = Limits()
          limits.steps = 3_000_000
          var strategy = try ScriptStrategy(script, store: store, config: config, limits: limits, columns: columns)
          let day = Day(iso: "2012-06-29") ?? .latest
          let view = store.view(on: day, calendar: store.calendar)
          _ = try strategy.generateSignals(asOf: day, view: view, portfolio: .cash(1))
        } catch { said = "\(error)" }
      }
      return said
    }
    let plain = try steps(ColumnCache(limit: 0))
    #expect(plain.contains("E0501"))
    #expect(try steps(ColumnCache()) == plain)
    let shared = ColumnCache(isEager: true)
    #expect(try steps(shared) == plain)
    #expect(try steps(shared) == plain)
  }
}
