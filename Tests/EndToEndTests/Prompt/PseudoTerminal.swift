import CPseudoTerminal
import Foundation
import Testing

/// A program at a terminal of its own: what is typed goes to it, and what it writes is seen on a screen.
///
/// Nothing waits for a fixed time: a test says what it wants to see and how long that may take at the very most.
final class PseudoTerminal: @unchecked Sendable {
  /// What was waited for did not come.
  struct Timeout: Error, CustomStringConvertible {
    let wanted: String
    let screen: String
    var description: String { "waited for \(wanted); the screen shows:\n\(screen)" }
  }

  /// The longest that anything may take, on the slowest machine.
  static let patience: TimeInterval = 60

  private let process: pid_t
  private let side: Side
  private var status: Int32?

  /// The other side of the terminal, read from a thread until the program has closed its own.
  private final class Side: @unchecked Sendable {
    let descriptor: Int32
    let condition = NSCondition()
    var screen: Screen
    var captured: [UInt8] = []
    var isAtEnd = false

    init(_ descriptor: Int32, _ screen: Screen) {
      self.descriptor = descriptor
      self.screen = screen
    }

    func readAll() {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        condition.lock()
        if count > 0 {
          screen.feed(chunk[..<count])
          captured += chunk[..<count]
        } else {
          // The other side is closed: EIO on Linux, nothing elsewhere.
          isAtEnd = true
          close(descriptor)
        }
        condition.broadcast()
        condition.unlock()
        if count <= 0 { return }
      }
    }
  }

  /// Starts a program.
  init(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String], rows: Int = 24,
    columns: Int = 80
  ) throws {
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var descriptor: Int32 = -1
    process = pseudo_terminal_start(program, words, variables, folder.path, Int32(rows), Int32(columns), &descriptor)
    let side = Side(descriptor, Screen(rows: rows, columns: columns))
    self.side = side
    try #require(process > 0, "\(program) cannot be started: \(String(cString: strerror(errno)))")
    Thread.detachNewThread { side.readAll() }
  }

  deinit {
    guard status == nil else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  // MARK: Seeing

  /// What is seen now.
  var screen: Screen {
    side.condition.lock()
    defer { side.condition.unlock() }
    return side.screen
  }

  /// All bytes that were sent to the terminal until now.
  var captured: [UInt8] {
    side.condition.lock()
    defer { side.condition.unlock() }
    return side.captured
  }

  /// Waits until nothing more comes because the program has closed its side.
  func drain(_ patience: TimeInterval = patience) throws {
    let deadline = Date(timeIntervalSinceNow: patience)
    side.condition.lock()
    defer { side.condition.unlock() }
    while !side.isAtEnd {
      guard side.condition.wait(until: deadline) else {
        throw Timeout(wanted: "the end of what is written", screen: side.screen.text)
      }
    }
  }

  /// Waits until the screen is as it should be.
  @discardableResult
  func wait(_ wanted: String, for patience: TimeInterval = patience, until holds: (Screen) -> Bool) throws -> Screen {
    let deadline = Date(timeIntervalSinceNow: patience)
    side.condition.lock()
    defer { side.condition.unlock() }
    while !holds(side.screen) {
      guard !side.isAtEnd, side.condition.wait(until: deadline) else {
        if holds(side.screen) { break }
        throw Timeout(wanted: side.isAtEnd ? wanted + " (the program has ended)" : wanted, screen: side.screen.text)
      }
    }
    return side.screen
  }

  /// Waits until a text is seen.
  @discardableResult func see(_ text: String) throws -> Screen {
    try wait("\"\(text)\"") { $0.text.contains(text) }
  }

  /// Waits until a text stands right before the cursor.
  @discardableResult func seeAtCursor(_ text: String) throws -> Screen {
    try wait("\"\(text)\" before the cursor") { $0.beforeCursor.hasSuffix(text) }
  }

  /// Waits for the program's end and gives its exit status, or the signal that ended it, less than 0.
  func end(_ patience: TimeInterval = patience) throws -> Int32 {
    if let status { return status }
    let deadline = Date(timeIntervalSinceNow: patience)
    var raw: Int32 = 0
    while waitpid(process, &raw, WNOHANG) == 0 {
      guard Date() < deadline else { throw Timeout(wanted: "the program's end", screen: screen.text) }
      usleep(5_000)
    }
    let result = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
    status = result
    return result
  }

  // MARK: Typing

  /// Types text as it is.
  func type(_ text: String) {
    side.condition.lock()
    let isAtEnd = side.isAtEnd
    side.condition.unlock()
    var rest = Array(text.utf8)[...]
    while !isAtEnd, !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(side.descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }

  /// Types a line and Enter.
  func enter(_ line: String) { type(line + "\r") }

  /// Pastes text, as terminals do that were asked to mark it.
  func paste(_ text: String) {
    type("\u{1B}[200~" + text.replacingOccurrences(of: "\n", with: "\r") + "\u{1B}[201~")
  }

  /// Gives the terminal another size.
  func resize(rows: Int, columns: Int) {
    side.condition.lock()
    side.screen.resize(rows: rows, columns: columns)
    side.condition.unlock()
    _ = pseudo_terminal_resize(side.descriptor, Int32(rows), Int32(columns))
  }

  /// Tells the program of another size; what is seen here keeps its own.
  func resizeUnseen(rows: Int, columns: Int) {
    _ = pseudo_terminal_resize(side.descriptor, Int32(rows), Int32(columns))
  }

  /// Sends a signal.
  func signal(_ number: Int32) { kill(process, number) }
}

/// Keys that are no characters.
enum Key {
  static let tab = "\t"
  static let up = "\u{1B}[A"
  static let left = "\u{1B}[D"
  static let home = "\u{1}"
  static let end = "\u{5}"
  static let interrupt = "\u{3}"
  static let endOfInput = "\u{4}"
  static let search = "\u{12}"
  static let clear = "\u{15}"
  static let stop = "\u{1A}"
}
