import Foundation
import Testing

/// `strat fmt` on files, folders and standard input.
@Suite struct FormatCommandTests {
  private let loose = "fn signals( as_of ) { [\"SPY\":1] }\n"
  private let canonical = "fn signals(as_of) { [\"SPY\": 1] }\n"

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func inPlaceKeepsPermissionsAndLinks() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", loose)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let link = space.path("link.strat")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    let outcome = try Program.run(["fmt", link])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(try text(path) == canonical)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: space.url.path).sorted() == ["a.strat", "link.strat"])
  }

  @Test func checkListsAndChangesNothing() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", loose)
    try space.write("b.strat", canonical)
    let outcome = try Program.run(["fmt", "--check", "."], in: space.url)
    #expect(outcome.status == 1)
    #expect(outcome.output == "./a.strat\n")
    #expect(outcome.messages == "1 script would change, 1 script is canonical\n")
    #expect(try text(path) == loose)
    #expect(try Program.run(["fmt", "--check", space.path("b.strat")]).status == 0)
  }

  @Test func diffShowsTheLines() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "# kept\n" + loose)
    let outcome = try Program.run(["fmt", "--diff", "a.strat"], in: space.url)
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        --- a.strat
        +++ a.strat
        @@ -1,2 +1,2 @@
         # kept
        -fn signals( as_of ) { ["SPY":1] }
        +fn signals(as_of) { ["SPY": 1] }

        """)
    #expect(try text(path) == "# kept\n" + loose)
  }

  @Test func aScriptWithErrorsIsLeftAsItIs() throws {
    let space = try Workspace()
    let broken = try space.write("broken.strat", "fn signals(as_of) { [ }\n")
    let path = try space.write("fine.strat", loose)
    let outcome = try Program.run(["fmt", space.url.path])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("broken.strat:1:"))
    #expect(try text(broken) == "fn signals(as_of) { [ }\n")
    #expect(try text(path) == canonical)
  }

  @Test func standardInput() throws {
    let outcome = try Program.run(["fmt", "-"], input: loose)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output == canonical)
    let broken = try Program.run(["fmt", "-", "--stdin-name", "mine.strat"], input: "let = 1\n")
    #expect(broken.status == 1)
    #expect(broken.output.isEmpty)
    #expect(broken.messages.contains("mine.strat:1:5"))
    #expect(try Program.run(["fmt", "-", "a.strat"], input: loose).messages.contains("[E0919]"))
  }

  @Test func aFileThatCannotBeWritten() throws {
    guard getuid() != 0 else { return }
    let space = try Workspace()
    let path = try space.write("a.strat", loose)
    try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: path)
    let outcome = try Program.run(["fmt", path])
    #expect(outcome.status == 2)
    #expect(try text(path) == loose)
  }

  @Test func aStarterIsCanonical() throws {
    let space = try Workspace()
    #expect(try Program.run(["new", "idea"], in: space.url).status == 0)
    #expect(try Program.run(["fmt", "--check", "idea.strat"], in: space.url).status == 0)
  }
}
