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
    let share = Double(done) / Double(count)
    let width = min(40, Console.messages.width - 20)
    let filled = Int(share * Double(width))
    let (full, empty) = Console.messages.usesUnicode ? ("█", "░") : ("#", "-")
    let bar = String(repeating: full, count: filled) + String(repeating: empty, count: width - filled)
    Console.draw("\r\(bar) \(Int(share * 100))%  ")
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
