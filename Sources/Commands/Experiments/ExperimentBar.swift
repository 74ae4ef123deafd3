import Experiments
import Locks
import MarketModel
import Reporting

/// How far a batch or a sweep has come, in one line on a terminal: done, failed, running, rate, time left.
///
/// Shown at most ten times a second and wiped at its end; nothing is shown where no person reads.
final class ExperimentBar: Sendable {
  private struct State {
    let start = ContinuousClock.now
    var shown: ContinuousClock.Instant?
    var progress = ExperimentProgress(total: 0)
  }

  private let state = Guarded(State())
  private let isShown = Console.isInteractive

  /// Shows the line; called by one worker at a time.
  func show(_ progress: ExperimentProgress) {
    guard isShown else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      // The next run begins as the last one ends; without it one too few would be said to run until one of them ends.
      let isBeginning = progress.done == state.progress.done && progress.running > state.progress.running
      if let shown = state.shown, now - shown < .milliseconds(100), !isBeginning { return }
      state.shown = now
      state.progress = progress
      let elapsed =
        Double((now - state.start).components.seconds)
        + Double((now - state.start).components.attoseconds) * 1e-18
      let line = ExperimentBar.line(progress, elapsed: elapsed, Console.messages)
      Console.draw("\r\u{1B}[K" + line)
    }
  }

  /// Wipes the line.
  func end() {
    state.withLock { state in
      if state.shown != nil { Console.draw("\r\u{1B}[K") }
      state.shown = nil
    }
  }

  /// The line.
  static func line(_ progress: ExperimentProgress, elapsed: Double, _ terminal: Terminal) -> String {
    let number = DisplayNumber(terminal)
    var parts = ["\(number.count(progress.done)) of \(number.count(progress.total)) done"]
    if progress.kept > 0 { parts.append("\(number.count(progress.kept)) unchanged") }
    if progress.failed > 0 { parts.append("\(number.count(progress.failed)) failed") }
    parts.append("\(progress.running) running")
    // What was kept says nothing about how long the rest takes.
    let run = progress.done - progress.kept
    if run > 0, elapsed > 0.5 {
      let rate = Double(run) / elapsed
      parts.append("\(number.fixed(rate, rate < 10 ? 1 : 0))/s")
      parts.append(timeLeft(Double(progress.total - progress.done) / rate))
    }
    return String(parts.joined(separator: ", ").prefix(terminal.width - 1))
  }

  private static func timeLeft(_ seconds: Double) -> String {
    let whole = Int(cut: seconds.rounded(.up))
    if whole < 60 { return "\(whole)s left" }
    if whole < 3600 { return "\(whole / 60)m \(whole % 60)s left" }
    return "\(whole / 3600)h \(whole / 60 % 60)m left"
  }
}
