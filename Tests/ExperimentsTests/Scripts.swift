import Backtest
import Diagnostics
import Interpreter
import MarketData
import Scripting
import Synchronization

@testable import Experiments

/// Scripts held in memory, by path, as a batch reads them.
struct Scripts: Sendable {
  let texts: [String: String]

  /// Reads a script; a path without a text is a file that does not exist.
  var read: @Sendable (String) -> Result<SourceFile, Diagnostic> {
    { path in
      guard let text = texts[path] else {
        return .failure(Diagnostic(DiagnosticRecord("E0918", "missing", explanation: ""), "there is no file `\(path)`"))
      }
      return .success(SourceFile(name: path, text: text))
    }
  }
}

/// The sample market, made once.
let sample = SampleMarket.store()

/// Settings of tests; a run ends in 2006 unless flags say otherwise.
func settings(_ flags: [(key: String, text: String)] = [("end", "2006-12-29")], limits: Limits = Limits())
  -> RunSettings
{
  RunSettings(flags: flags, limits: limits, engineVersion: "test")
}

/// A strategy that holds one ticker.
func holding(_ ticker: String) -> String { "fn signals(as_of) = [\"\(ticker)\": 1]\n" }

/// One script of each kind of failure, and the code it ends with.
let failing: [(path: String, text: String?, code: String)] = [
  ("syntax.strat", "fn signals(as_of) = [\"SPY\": 1\n", "E01"),
  ("name.strat", "fn signals(as_of) = [\"SPY\": missing_name]\n", "E02"),
  ("type.strat", "fn signals(as_of) = [\"SPY\": sma(1)]\n", "E03"),
  ("no_signals.strat", "let a = 1\n", "E0"),
  ("runtime.strat", "fn signals(as_of) = [\"SPY\": [1][5]]\n", "E04"),
  ("ticker.strat", holding("NO SUCH TICKER"), "E0"),
  (
    "steps.strat", "fn signals(as_of) {\n  var i = 0\n  while i < 1e9 { i = i + 1 }\n  return [\"SPY\": 1]\n}\n",
    "E0501"
  ),
  ("memory.strat", "fn signals(as_of) {\n  var s = \"a\"\n  while true { s = s + s }\n  return flat\n}\n", "E0502"),
  ("depth.strat", "fn f(n) = f(n + 1) + 1\nfn signals(as_of) = [\"SPY\": f(0)]\n", "E0503"),
  ("future.strat", "fn signals(as_of) = [\"SPY\": close(\"SPY\", as_of: as_of + 5d).last()]\n", "E06"),
  ("config.strat", "strategy \"c\" { benchmark: \"NO SUCH TICKER\" }\n" + holding("SPY"), "E08"),
  ("import.strat", "import nothing_of_the_kind\n" + holding("SPY"), "E0"),
  ("gone.strat", nil, "E0918"),
]

/// A batch of scripts, run with some workers.
func rows(
  _ paths: [String], _ scripts: Scripts, workers: Int = 2, kept: RunMemory? = nil, params: BatchParams = BatchParams(),
  settings used: RunSettings = settings()
) -> [BatchRow] {
  var batch = Batch(paths, on: sample, used, params: params, read: scripts.read)
  batch.keeping.memory = kept
  return batch.run(WorkerPool(workers: workers))
}

/// Everything about a row but its seconds.
func text(_ row: BatchRow) -> String {
  "\(row.path) \(row.strategyID ?? "-") \(row.runKey ?? "-") \(row.status) "
    + (row.summary.map { "\($0.metrics) \($0.warnings)" } ?? "-") + " \(row.problems)"
}

/// A thread ended without its work.
struct NothingRan: Error {}

/// Runs work on a thread with a large stack.
func onLargeStack<T>(_ work: @escaping @Sendable () throws -> T) throws -> T {
  nonisolated(unsafe) var result: Result<T, any Error>?
  NativeStack.run { result = Result { try work() } }
  guard let result else { throw NothingRan() }
  return try result.get()
}

/// A counter that threads share.
final class Tally: Sendable {
  private let number = Atomic<Int>(0)
  var value: Int { number.load(ordering: .relaxed) }
  @discardableResult func add() -> Int { number.add(1, ordering: .relaxed).newValue }
}
