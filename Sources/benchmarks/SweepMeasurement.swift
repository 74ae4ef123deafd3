import Analytics
import Diagnostics
import Experiments
import Interpreter
import MarketData
import Scripting

/// The CPU time of a sweep over the domains of a script's params, loading left out.
enum SweepMeasurement {
  /// `milliseconds mean-final-multiple`; so many workers.
  static func text(_ path: String, _ folder: String, workers: Int) -> String {
    do {
      let store = try DataFolder(folder).load().store
      let bytes = try ScriptText.read(path).get()
      nonisolated(unsafe) var made: Result<Sweep, any Error>?
      NativeStack.run {
        made = Result {
          let script = try Script.load(SourceFile(name: path, bytes: bytes))
          return try Sweep(script, on: store, RunSettings(engineVersion: "benchmark"), .grid) { _ in [] }
        }
      }
      guard let sweep = try made?.get() else { return "failed" }
      let start = Clock.processor
      let trials = sweep.trials(WorkerPool(workers: workers))
      let elapsed = Clock.processor - start
      let finals = trials.compactMap { $0.summary?.metric("total_return").number }
      guard finals.count == trials.count else { return "failed: \(trials.compactMap(\.problem))" }
      return "\(elapsed) \(1 + finals.reduce(0, +) / Double(finals.count)) \(trials.count)"
    } catch { return "failed: \(error)" }
  }
}
