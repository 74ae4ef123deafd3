import MarketModel
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A progress bar on standard error: shown after a second, on a terminal only, and wiped at its end.
struct ProgressBar {
  private let start = ProgressBar.now
  private let isShown = Console.isInteractive
  private var lastShown = 0.0

  /// Shows how much is done, at most ten times a second.
  mutating func show(_ done: Int, of count: Int) {
    guard isShown, count > 0 else { return }
    let now = ProgressBar.now
    guard now - start > 1, now - lastShown > 0.1 else { return }
    lastShown = now
    Console.draw("\r" + ProgressBar.line(done, of: count, Console.messages))
  }

  /// The bar and the percentage; on a narrow terminal the percentage alone.
  static func line(_ done: Int, of count: Int, _ terminal: Terminal) -> String {
    let share = ChartShare.of(Double(done), from: 0, to: Double(count))
    let width = max(0, min(40, terminal.width - 20))
    let filled = Int(cut: share * Double(width))
    let (full, empty) = terminal.usesUnicode ? ("█", "░") : ("#", "-")
    let bar = String(repeating: full, count: filled) + String(repeating: empty, count: width - filled)
    return "\(bar) \(Int(cut: share * 100))%  "
  }

  /// Wipes the bar.
  func end() {
    if lastShown > 0 { Console.draw("\r" + String(repeating: " ", count: 60) + "\r") }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
