import Foundation
import Testing

/// A script of somebody else's reads what lies in its folder, and nothing else.
@Suite struct ConfinementTests {
  private let space: Workspace

  init() throws {
    space = try Workspace()
    _ = try space.write("fx/prices/p.csv", "ticker,date,close\nZZ,2024-01-02,secret\n")
    _ = try space.write("fine/prices/p.csv", "ticker,date,close\nZZ,2024-01-02,1\nZZ,2024-01-03,2\n")
    _ = try space.write("sub/own/prices/p.csv", "ticker,date,close\nZZ,2024-01-02,1\nZZ,2024-01-03,2\n")
  }

  private func run(_ command: String, data: String, _ more: String...) throws -> Program.Outcome {
    let test = "test \"t\" with \"\(data)\" { at 2024-01-03 { assert price(\"ZZ\") == 2 } }\n"
    let path = try space.write("sub/a.strat", "fn signals(as_of) = [\"ZZ\": 1]\n" + test)
    return try Program.run([command, path] + more, environment: ["STRAT_CACHE": space.path("cache")])
  }

  @Test(arguments: ["../fx", "./../fx", "own/../../fx", "ABSOLUTE", "link", "inner", "../nowhere", "/etc"])
  func testDataOutsideOfTheScriptsFolderIsRefused(_ data: String) throws {
    try FileManager.default.createSymbolicLink(atPath: space.path("sub/link"), withDestinationPath: "../fx")
    try FileManager.default.createDirectory(atPath: space.path("sub/inner"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: space.path("sub/inner/prices"), withDestinationPath: "../../fx/prices")
    let path = data == "ABSOLUTE" ? space.path("fx") : data
    let outcome = try run("test", data: path)
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("E0784") && outcome.messages.contains("a.strat:2:15"), "\(outcome)")
    #expect(!outcome.messages.contains("secret") && !outcome.output.contains("secret"))
    // Links within a folder are found when the folder is read; its name is looked at by whoever reads the script.
    if data != "inner" {
      for command in ["check", "run", "batch"] {
        let other = try run(command, data: path)
        #expect(other.status == 1 && (other.messages + other.output).contains("E0784"), "\(command): \(other)")
      }
    }
  }

  @Test func testDataBesideTheScriptAndInAllowedFoldersAreRead() throws {
    for data in ["own", "./own", "own/../own", space.path("sub/own")] {
      let outcome = try run("test", data: data)
      #expect(outcome.status == 0, "\(outcome)")
    }
    #expect(try run("test", data: "../fine", "--path", space.path("fine")).status == 0)
    #expect(try run("test", data: "../fine", "--path", space.path("sub")).status == 1)
  }

  /// The folder's own problem has no place, a bad row has one of its own.
  @Test func whatIsWrongWithTestDataIsToldWithThePlaceThatNamesThem() throws {
    _ = try space.write("sub/bad/prices/p.csv", "ticker,date,close\nZZ,2024-01-02,1\nZZ,2024-13-03,2\n")
    for (data, code) in [("nowhere", "E0701"), (" ", "E0701")] {
      let outcome = try run("test", data: data)
      #expect(outcome.status == 1 && outcome.messages.contains(code), "\(outcome)")
      #expect(outcome.messages.contains("a.strat:2:15"), "\(outcome)")
    }
    let row = try run("test", data: "bad")
    #expect(row.status == 1, "\(row)")
    #expect(row.messages.contains("p.csv:3") && row.messages.contains("a.strat:2:15"), "\(row)")
  }

  @Test func aModuleThatIsALinkOutOfTheFolderIsRefused() throws {
    _ = try space.write("outside.strat", "let hidden = secret_words\n")
    try FileManager.default.createSymbolicLink(
      atPath: space.path("sub/outside.strat"), withDestinationPath: "../outside.strat")
    for line in ["import outside", "import \"outside.strat\"", "import \"../outside.strat\""] {
      let path = try space.write("sub/b.strat", line + "\nfn signals(as_of) = [\"SPY\": outside.hidden]\n")
      let outcome = try Program.run(["check", path])
      #expect(outcome.status == 1 && outcome.messages.contains("outside of the script's folder"), "\(outcome)")
      #expect(!outcome.messages.contains("secret_words"))
    }
  }
}
