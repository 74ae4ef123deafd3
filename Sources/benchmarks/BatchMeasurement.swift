import Diagnostics
import Experiments
import Interpreter
import MarketData
import Scripting

/// The CPU time of a batch of small scripts that decide daily for ten years of the sample market, each read, checked and
/// run; and the most memory that the process had before and after.
enum BatchMeasurement {
  /// `milliseconds scripts-a-second megabytes-before megabytes-after`; so many workers.
  static func text(_ count: Int, workers: Int) -> String {
    let store = SampleMarket.store()
    _ = store.fingerprint
    let before = LoadMeasurement.peakMegabytes
    let settings = RunSettings(
      flags: [("start", "2006-01-03"), ("end", "2015-12-31"), ("rebalance", "daily")], engineVersion: "benchmark")
    let batch = Batch((0..<count).map { "\($0).strat" }, on: store, settings) { path in
      .success(SourceFile(name: path, text: BatchMeasurement.script(Int(path.dropLast(6)) ?? 0)))
    }
    let start = Clock.processor
    let rows = batch.run(WorkerPool(workers: workers))
    let elapsed = Clock.processor - start
    if let row = rows.first(where: { $0.status != .ok }) { return "failed: \(row.path) \(row.problems)" }
    return "\(elapsed) \(Double(count) / elapsed * 1e3) \(before) \(LoadMeasurement.peakMegabytes)"
  }

  private static let tickers = ["SPY", "QQQ", "IWM", "EFA", "EEM", "TLT", "IEF", "LQD", "GLD", "VNQ"]

  /// A small script; neighbours differ in kind, ticker and windows.
  static func script(_ number: Int) -> String {
    let ticker = tickers[number / 5 % tickers.count]
    let (short, long) = (5 + number % 40, 50 + number % 120)
    let body =
      switch number % 5 {
      case 0:
        "let p = close(\"\(ticker)\")\n  return if sma(p, \(short)) > sma(p, \(long)) { [\"\(ticker)\": 1] } else { flat }"
      case 1: "return if rsi(close(\"\(ticker)\"), \(short)) < 40 { [\"\(ticker)\": 1] } else { [\"SHY\": 1] }"
      case 2:
        "let p = close(\"\(ticker)\")\n  return if p.last() > ema(p, \(long)) { [\"\(ticker)\": 0.8] } else { [\"IEF\": 0.5] }"
      case 3:
        "let v = [t: std(returns(t), \(long)) for t in [\"SPY\", \"TLT\", \"GLD\"]]\n  let w = [t: 1 / x for t, x in v]\n"
          + "  return [t: x / sum(w) for t, x in w]"
      default:
        "let s = [t: close(t).change(\(long)).last() for t in [\"SPY\", \"EFA\", \"EEM\", \"TLT\"]]\n"
          + "  return s.top(2).equal_weight()"
      }
    return "## Script \(number).\nparam leverage = 1 in [1]\n\nfn signals(as_of) {\n  \(body)\n}\n"
  }
}
