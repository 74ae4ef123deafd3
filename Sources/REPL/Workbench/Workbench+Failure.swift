import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Scripting

extension Workbench {
  /// Sets the params of the first script as they are given on a command line.
  func setParams() throws(PromptProblem) {
    for (name, text) in options.params {
      do throws(PromptFailure) { try session.set(param: name, text) } catch {
        throw PromptProblem(.usage, error.diagnostics)
      }
    }
  }

  /// Runs the script, and where the run fails moves to the failing date, with the state and the portfolio that the
  /// strategy had there, and shows the error.
  func goToFailure() throws(PromptProblem) {
    let script = try script()
    let config = try config([])
    let inner = try strategy(script, config)
    let witness = Witness()
    var strategy = WatchedStrategy(inner: inner, witness: witness)
    options.cancellation.clear()
    defer { output.show(inner.takePrinted()) }
    do throws(BacktestFailure) {
      let cancellation = options.cancellation
      _ = try BacktestEngine(store: session.store, config: config).run(&strategy) { _, _ in !cancellation.isRequested }
    } catch {
      if let day = witness.day { session.asOf = day }
      if let portfolio = witness.portfolio { session.use(portfolio: portfolio) }
      session.prompt.adopt(state: inner.state)
      throw .input(error.described)
    }
    output.tell(["the run did not fail"])
  }
}

/// What a strategy was asked last.
private final class Witness {
  var day: Day?
  var portfolio: PortfolioView?
}

/// A strategy that remembers what it was asked last.
private struct WatchedStrategy: StrategyProtocol {
  var inner: ScriptStrategy
  let witness: Witness
  var strategyID: String { inner.strategyID }

  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    witness.day = date
    witness.portfolio = portfolio
    return try inner.generateSignals(asOf: date, view: view, portfolio: portfolio)
  }

  func endsRun(_ problem: Diagnostic) -> Bool { inner.endsRun(problem) }
  func place(ofWeightOf ticker: String) -> Location? { inner.place(ofWeightOf: ticker) }
}
