import Foundation
import Testing

/// Whatever is typed, and whatever becomes of the terminal meanwhile, the prompt lives on and no line is lost.
@Suite struct KeyStorm {
  @Test(
    arguments: [
      // A search for a character that is answered by another key, by a report of the terminal, or by nothing.
      ["\u{1D}", "\u{1B}x"], ["\u{1D}", "\u{1B}[O"], ["\u{1B}\u{1D}", "\u{1B}[I"], ["\u{1D}"],
      ["\u{1B}5\u{1D}", "\u{1B}[O"],
      // Searches, counts, quoting, macros and pastes that are half typed.
      ["\u{12}clo", "\u{1B}[O"], ["\u{13}", "\u{1D}"], ["\u{1B}p", "\u{1B}[200~half"], ["\u{1B}-\u{1B}9"],
      ["\u{16}", "\u{1B}[O"], ["\u{18}(", "\u{1D}\u{18})\u{18}e"], ["\u{1B}[200~half"], ["\u{1B}["], ["\u{18}"],
      ["\u{1B}O"],
      ["\u{1B}[M !!"], ["\u{1B}[<0;10;10M"], ["\u{12}\u{12}\u{1B}[200~x"],
    ])
  func aHalfTypedKeyEndsWithTheLine(_ keys: [String]) throws {
    let session = try PromptSession()
    try session.enter("close(\"SPY\").last()")
    session.terminal.type("12 + 30")
    try session.terminal.seeAtCursor("12 + 30")
    for key in keys {
      session.terminal.type(key)
      usleep(20_000)
    }
    session.terminal.type(Key.interrupt)
    try session.seePrompt()
    #expect(try session.enter("1234 + 4321").last?.contains("5555") == true)
    #expect(try session.leave() == 0)
  }

  @Test func aSearchForACharacterFindsIt() throws {
    let session = try PromptSession()
    session.terminal.type("abc" + Key.home + "\u{1D}c" + "X")
    try session.terminal.wait("the search") { $0.text.contains("abXc") }
    // A search in vain leaves the line as it was.
    session.terminal.type("\u{1D}q" + "Y")
    try session.terminal.wait("the line") { $0.text.contains("abXYc") }
    try session.interrupt()
    #expect(try session.leave() == 0)
  }

  @Test(arguments: [(1, 2), (1, 1), (2, 1), (0, 0), (1, 200), (200, 1), (3, 12), (2, 5)])
  func noTerminalIsTooSmall(_ rows: Int, _ columns: Int) throws {
    let session = try PromptSession()
    session.terminal.type("12 + 30")
    try session.terminal.seeAtCursor("12 + 30")
    session.terminal.resizeUnseen(rows: rows, columns: columns)
    session.terminal.type(" + 1\u{12}x\u{7}")
    session.terminal.type(Key.interrupt)
    session.terminal.type("1 + 1\r")
    session.terminal.resizeUnseen(rows: 30, columns: 100)
    // What was shown meanwhile is anywhere; what comes now is seen.
    session.terminal.type("\u{C}1234 + 4321\r")
    try session.terminal.wait("the answer and a prompt") { screen in
      screen.text.contains("5555") && PromptSession.isPrompt(screen.beforeCursor)
    }
    session.terminal.type(Key.endOfInput)
    #expect(try session.terminal.end() == 0)
  }

  /// A storm of a seed: keys of all kinds, sizes, Ctrl-C and stops. `STRAT_STORMS` asks for more than a few.
  @Test func noStormEndsThePrompt() throws {
    let count = ProcessInfo.processInfo.environment["STRAT_STORMS"].flatMap { Int($0) } ?? 6
    for seed in 0..<count { try storm(UInt64(seed)) }
  }

  private func storm(_ seed: UInt64) throws {
    var random = Random(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let session = try PromptSession()
    try session.enter("close(\"SPY\").last()")
    var log: [String] = []
    for _ in 0..<80 {
      switch random.below(20) {
      case 0..<15:
        let keys = (0...random.below(3)).map { _ in KeyStorm.keys[random.below(KeyStorm.keys.count)] }.joined()
        log.append(keys.debugDescription)
        session.terminal.type(keys)
      case 15, 16:
        let (rows, columns) = KeyStorm.sizes[random.below(KeyStorm.sizes.count)]
        log.append("\(rows)x\(columns)")
        session.terminal.resizeUnseen(rows: rows, columns: columns)
      case 17:
        session.terminal.signal(SIGTSTP)
        usleep(5_000)
        session.terminal.signal(SIGCONT)
      default: session.terminal.type(Key.interrupt)
      }
      if random.below(3) == 0 { usleep(UInt32(random.below(4_000))) }
    }
    session.terminal.resizeUnseen(rows: 30, columns: 100)
    for _ in 0..<5 {
      session.terminal.type("\u{1B}[201~\u{3}")
      usleep(200_000)
      session.terminal.type("\u{3}")
      usleep(200_000)
      session.terminal.type("1234 + 4321\r")
      if (try? session.terminal.wait("the answer", for: 5) { $0.text.contains("5555") }) != nil { break }
    }
    #expect(session.terminal.screen.text.contains("5555"), "storm \(seed): \(log.suffix(8))")
  }

  /// Keys: all that begin with a control character or an escape, but for those that leave or stop the program.
  private static let keys: [String] = {
    let ends: Set<Int> = [3, 4, 26, 28]
    let codes = (1..<128).filter { !ends.contains($0) }
    func text(_ code: Int) -> String { String(UnicodeScalar(UInt8(code))) }
    return codes.filter { $0 < 32 }.map { text($0) } + codes.map { "\u{1B}" + text($0) }
      + codes.map { "\u{18}" + text($0) }
      + codes.map { "\u{1D}" + text($0) }
      + [
        "\u{1B}[O", "\u{1B}[I", Key.up, "\u{1B}[B", "\u{1B}[C", Key.left, "\u{1B}[3~", "\u{1B}[200~a\rb\u{1B}[201~",
        "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[M !!", "\u{1B}[<0;1;1M", "\u{1B}[1;5C", "\u{1B}[", "\u{1B}99999999", "日",
        "é",
        "close(", "abc", "12", "\"", "\u{202E}", "\u{9B}31m",
      ]
  }()

  private static let sizes = [
    (24, 80), (1, 1), (1, 2), (2, 1), (0, 0), (0, 1), (1, 0), (3, 3), (1, 200), (200, 1), (5, 13), (4, 11), (24, 20),
    (24, 21),
  ]
}

/// The numbers of a storm (splitmix64).
private struct Random {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }
}
