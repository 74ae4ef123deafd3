import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Scripting

/// A strategy is evaluated at dates side by side and at each alone; what it decides must be the same, bit for bit.
enum LaneFuzzing {
  /// A date a fortnight, from before the first price of the sample on.
  private static let dates = (0..<48).map { Day(12_410 + 14 * $0) }

  static func run(_ bytes: [UInt8]) -> Int {
    nonisolated(unsafe) var result = 0
    NativeStack.run { result = runHere(bytes) }
    return result
  }

  private static func runHere(_ bytes: [UInt8]) -> Int {
    var maker = ScriptMaker(bytes)
    let text = maker.strategy()
    let store = SampleMarket.store()
    let script: Script
    do throws(Script.Problems) { script = try Script.load(SourceFile(name: "fuzz.strat", text: text)) } catch {
      return 1
    }
    var limits = Limits()
    limits.steps = 200_000
    limits.memory = 8 << 20
    do throws(Diagnostic) {
      let config = try config(of: script, store)
      var ahead = try ScriptStrategy(script, store: store, config: config, limits: limits)
      var alone = try ScriptStrategy(script, store: store, config: config, limits: limits)
      ahead.prepare(for: dates)
      return compare(&ahead, &alone, store, text)
    } catch { return 2 }
  }

  /// Decides on all dates, side by side where that goes and alone elsewhere.
  ///
  /// - Returns: the code of the first failure.
  static func failure(of script: Script, limits: Limits) -> String? {
    let store = SampleMarket.store()
    guard script.hasSignals else { return nil }
    do {
      var strategy = try ScriptStrategy(script, store: store, config: try config(of: script, store), limits: limits)
      let few = Array(dates.suffix(4))
      strategy.prepare(for: few)
      for date in few where strategy.decidedAhead(asOf: date) == nil {
        let view = store.view(on: date, calendar: store.calendar)
        _ = try strategy.generateSignals(asOf: date, view: view, portfolio: .cash(1))
      }
      return nil
    } catch { return (error as? Diagnostic)?.code ?? "\(error)" }
  }

  private static func config(of script: Script, _ store: MarketStore) throws(Diagnostic) -> BacktestConfig {
    do throws(StrategyBlock.Refusal) { return try script.block.config(on: store) } catch { throw error.diagnostic }
  }

  private static func compare(
    _ ahead: inout ScriptStrategy, _ alone: inout ScriptStrategy, _ store: MarketStore, _ text: String
  ) -> Int {
    for date in dates {
      let one = ahead.decidedAhead(asOf: date)
      let view = store.view(on: date, calendar: store.calendar)
      let other = Result { try alone.generateSignals(asOf: date, view: view, portfolio: .cash(1)) }
      if let one {
        let wanted = said(other)
        precondition(said(one) == wanted, "on \(date) \(said(one)) and alone \(wanted):\n\(text)")
      } else {
        // What the others need to go on: whether it is warm, and what it has said.
        _ = try? ahead.generateSignals(asOf: date, view: view, portfolio: .cash(1))
      }
      if case .failure = other { return 3 }
    }
    return ahead.countDecidedAhead
  }

  private static func said(_ result: Result<Signal, any Error>) -> String {
    switch result {
    case .success(let signal): said(signal)
    case .failure(let error): (error as? Diagnostic).map { "\($0.code) \($0.message)" } ?? "\(error)"
    }
  }

  private static func said(_ signal: Signal) -> String {
    let watermark = signal.watermark.map { "\($0.microseconds)" } ?? "nothing"
    switch signal.outcome {
    case .targets(let weights):
      return weights.entries.map { "\($0.ticker) \($0.weight.bitPattern)" }.joined(separator: ",") + watermark
    case .hold: return "hold \(signal.missing ?? "") \(watermark)"
    case .notWarm(let reason): return "not warm \(reason) \(watermark)"
    }
  }
}
