import Foundation
import Testing

/// The driver itself: that what it shows is what a terminal shows.
@Suite struct Driver {
  private func run(_ script: String, rows: Int = 5, columns: Int = 20) throws -> PseudoTerminal {
    try PseudoTerminal(
      "/bin/sh", ["-c", script], in: FileManager.default.temporaryDirectory,
      environment: ["PATH": "/usr/bin:/bin", "TERM": "xterm"], rows: rows, columns: columns)
  }

  @Test func whatIsTypedComesAndWhatIsWrittenIsSeen() throws {
    let terminal = try run("stty size; read x; echo \"got $x\"; exit 3")
    try terminal.see("5 20")
    terminal.enter("a word")
    try terminal.see("got a word")
    #expect(try terminal.end() == 3)
    #expect(terminal.screen.lines == ["5 20", "a word", "got a word"])
  }

  @Test func interruptingAndResizingReachTheProgram() throws {
    let terminal = try run(
      "trap 'stty size' WINCH; trap 'echo caught; exit 4' INT; echo ready; while :; do sleep 0.05; done")
    try terminal.see("ready")
    terminal.resize(rows: 7, columns: 30)
    try terminal.see("7 30")
    terminal.type(Key.interrupt)
    try terminal.see("caught")
    #expect(try terminal.end() == 4)
  }

  @Test func whatDoesNotComeIsSaidWithTheScreen() throws {
    let terminal = try run("echo something else")
    #expect(throws: PseudoTerminal.Timeout.self) { try terminal.see("never") }
    #expect(try terminal.end() == 0)
  }

  @Test(
    arguments: [
      // Wrapping: a full row waits for the next character.
      ("abcdefghij", ["abcdefghij"]), ("abcdefghijk", ["abcdefghij", "k"]), ("abcdefghij\r\nk", ["abcdefghij", "k"]),
      // Moving and erasing.
      ("abc\u{1B}[2Dx", ["axc"]), ("abc\r\u{1B}[K", []), ("a\r\nb\u{1B}[A\rx\u{1B}[J", ["x"]),
      ("abc\u{8}\u{8}\u{1B}[P", ["ac"]),
      ("ac\u{8}\u{1B}[@b", ["abc"]), ("\u{1B}[2;3Hx", ["", "  x"]), ("a\tb", ["a       b"]),
      // What takes no column, and what takes two.
      ("\u{1B}[1;32ma\u{1B}[0mb", ["ab"]), ("e\u{301}x", ["e\u{301}x"]), ("日本x", ["日本x"]),
      ("\u{1B}]0;title\u{7}a", ["a"]), ("\u{1B}[?2004ha", ["a"]),
      // Scrolling.
      ("1\r\n2\r\n3\r\n4\r\n5", ["1", "2", "3", "4", "5"]),
    ] as [(String, [String])])
  func theScreenIsThatOfATerminal(_ written: String, _ lines: [String]) {
    var whole = Screen(rows: 4, columns: 10)
    whole.feed(Array(written.utf8))
    #expect(whole.lines == lines)
    // The same comes of it byte by byte.
    var parts = Screen(rows: 4, columns: 10)
    for byte in written.utf8 { parts.feed([byte]) }
    #expect(parts.lines == lines && parts.row == whole.row && parts.column == whole.column)
  }

  @Test func stylesAreSeen() {
    var screen = Screen(rows: 2, columns: 10)
    screen.feed(Array("a\u{1B}[1mb\u{1B}[0mc\u{1B}[?2004h\u{7}".utf8))
    #expect(screen.style(of: "a") == "" && screen.style(of: "b") == "1" && screen.style(of: "c") == "")
    #expect(screen.isPasteMarked && screen.bells == 1)
    #expect(screen.beforeCursor == "abc")
  }
}
