import Foundation
import Testing

/// What was typed comes back, in the next session and beside another one.
@Suite struct PromptHistory {
  @Test func whatWasTypedComesBackInTheNextSession() throws {
    let space = try Workspace()
    let first = try PromptSession(in: space)
    try first.enter("1 + 1")
    try first.begin("fn twice(x) {")
    try first.begin("  x * 2")
    try first.enter("}")
    try first.enter("1 + 1")
    #expect(try first.leave() == 0)

    let second = try PromptSession(in: space)
    second.terminal.type(Key.up)
    try second.terminal.seeAtCursor("> 1 + 1")
    second.terminal.type(Key.up)
    try second.terminal.wait("the function with all its lines") { screen in
      screen.line(screen.row) == "}" && screen.text.contains("> fn twice(x) {\n  x * 2\n}")
    }
    // Equal entries are one, so there is nothing before.
    let bells = second.terminal.screen.bells
    second.terminal.type(Key.up + Key.up)
    try second.terminal.wait("the bell") { $0.bells > bells }
    try second.enter("")
    #expect(try second.enter("twice(4)").contains { $0.contains("8") })
  }

  @Test func sessionsSideBySideKeepBothHistories() throws {
    let space = try Workspace()
    let first = try PromptSession(in: space)
    let second = try PromptSession(in: space)
    try first.enter("let from_first = 1")
    try second.enter("let from_second = 2")
    try first.enter("let more_from_first = 3")
    #expect(try first.leave() == 0)
    #expect(try second.leave() == 0)
    let history = try String(contentsOfFile: space.path("history"), encoding: .utf8)
    for entry in [" let from_first = 1\n", " let from_second = 2\n", " let more_from_first = 3\n"] {
      #expect(history.components(separatedBy: entry).count == 2)
    }
  }

  @Test func aDamagedHistoryIsAWarning() throws {
    let space = try Workspace()
    try Data([0xFF, 0xFE, 0x00, 0x0A]).write(to: URL(fileURLWithPath: space.path("history")))
    let session = try PromptSession(in: space)
    try session.terminal.see("W0931")
    #expect(try session.enter("1 + 1").contains { $0.contains("2") })
    #expect(try session.leave() == 0)
  }

  @Test func aHistoryThatCannotBeWrittenIsAWarning() throws {
    let space = try Workspace()
    try FileManager.default.createDirectory(atPath: space.path("history"), withIntermediateDirectories: true)
    let session = try PromptSession(in: space)
    try session.terminal.see("W0932")
    #expect(try session.enter("1 + 1").contains { $0.contains("2") })
    session.terminal.type(Key.up)
    try session.terminal.seeAtCursor("1 + 1")
  }
}
