import Foundation
import Testing

/// How the prompt gets on with its terminal: signals, sizes, kinds of terminals, the user's settings.
@Suite struct PromptTerminal {
  @Test func anEndlessLoopIsInterrupted() throws {
    let session = try PromptSession()
    try session.enter("let kept = 12")
    var best = TimeInterval.infinity
    // The best of several tries, as others may be at work on the machine.
    for _ in 0..<8 where best > 0.1 {
      let line = session.terminal.screen.cursorLine
      session.terminal.type("while true { let x = 1 }\r")
      try session.terminal.wait("the loop to begin") { $0.cursorLine > line && $0.column == 0 }
      // The loop cannot be seen to run; Ctrl-C before it does would be answered as well.
      Thread.sleep(forTimeInterval: 0.05)
      let start = Date()
      try session.interrupt()
      best = min(best, Date().timeIntervalSince(start))
    }
    #expect(best < 0.1, "an endless loop went on for \(best) s")
    #expect(try session.enter("kept").contains { $0.contains("12") })
    #expect(try session.leave() == 0)
  }

  @Test func stoppingAndComingBackKeepsTheLine() throws {
    let shell = "/bin/bash"
    try #require(FileManager.default.isExecutableFile(atPath: shell))
    let space = try Workspace()
    try PromptSession.writeMarket(in: space)
    var environment = PromptSession.environment(space)
    environment["PS1"] = "shell: "
    let terminal = try PseudoTerminal(
      shell, ["--norc", "--noprofile", "-i"], in: space.url, environment: environment, rows: 30, columns: 100)
    try terminal.seeAtCursor("shell: ")
    terminal.type("'\(Program.path)' repl --data market\r")
    try terminal.wait("the prompt") { PromptSession.isPrompt($0.beforeCursor) && $0.row > 0 && $0.isPasteMarked }
    terminal.type("20 + ")
    try terminal.seeAtCursor("> 20 + ")
    terminal.type(Key.stop)
    try terminal.wait("the shell") { $0.beforeCursor == "shell: " && $0.text.contains("Stopped") }
    // The shell has its terminal back: it echoes, and pasting is its own again.
    terminal.type("echo from-the-$((1 + 1))nd-program\r")
    try terminal.see("from-the-2nd-program")
    terminal.type("fg\r")
    try terminal.wait("the line that was typed") { $0.beforeCursor.hasSuffix("> 20 + ") }
    terminal.type("22\r")
    // While the prompt does not read, Ctrl-D is the terminal's own and comes to nothing.
    try terminal.wait("the next prompt") { $0.text.contains("42") && PromptSession.isPrompt($0.beforeCursor) }
    terminal.type(Key.endOfInput)
    try terminal.wait("the shell") { $0.beforeCursor == "shell: " }
    terminal.type("echo $?; exit\r")
    #expect(try terminal.end() == 0)
  }

  @Test func theLineFollowsTheSizeOfTheTerminal() throws {
    let session = try PromptSession(rows: 24, columns: 120)
    let text = "let numbers = [" + (1...25).map(String.init).joined(separator: ", ")
    try session.type(text, until: "25")
    session.terminal.resize(rows: 24, columns: 50)
    session.terminal.type("]")
    try session.terminal.wait("the line in the new width") { screen in
      screen.line(screen.row).hasSuffix("25]") && screen.line(screen.row).count < 50
    }
    try session.enter("")
    #expect(try session.enter("numbers.len()").contains { $0.contains("25") })
  }

  @Test func aDumbTerminalWillDo() throws {
    let session = try PromptSession(environment: ["TERM": "dumb"])
    #expect(try session.enter("1 + 2").contains { $0.contains("3") })
    try session.begin("fn f(x) {")
    try session.begin("  x + 1")
    try session.enter("}")
    #expect(try session.enter("f(1)").contains { $0.contains("2") })
    #expect(!session.terminal.screen.isPasteMarked)
    #expect(try session.leave() == 0)
  }

  @Test func settingsOfTheUserCount() throws {
    let space = try Workspace()
    let settings = try space.write(
      "inputrc",
      """
      set editing-mode vi
      $if strat
      "\\C-o": "let from_settings = 3"
      $endif
      """)
    let session = try PromptSession(in: space, environment: ["INPUTRC": settings])
    session.terminal.type("\u{F}")
    try session.terminal.seeAtCursor("let from_settings = 3")
    try session.enter("")
    #expect(try session.enter("from_settings + 1").contains { $0.contains("4") })
    // Escape, and back a word: keys of vi.
    session.terminal.type("10 20\u{1B}bi+ ")
    try session.terminal.wait("the line to be edited") { $0.line($0.row).hasSuffix("> 10 + 20") }
  }

  @Test func aClosedTerminalEndsTheProgram() throws {
    let session = try PromptSession()
    session.terminal.signal(SIGHUP)
    #expect(try session.terminal.end() == -SIGHUP)
    let other = try PromptSession()
    try other.type("1 + ", until: "1 + ")
    other.terminal.signal(SIGTERM)
    #expect(try other.terminal.end() == -SIGTERM)
    #expect(!other.terminal.screen.isPasteMarked)
  }
}
