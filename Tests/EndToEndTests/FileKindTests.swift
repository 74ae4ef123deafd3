import Foundation
import Testing

/// Pipes, devices, links and other people's folders, where files are expected.
@Suite struct FileKindTests {
  private let space: Workspace

  init() throws {
    space = try Workspace()
    _ = try space.write("a.strat", "fn signals(as_of) = [\"SPY\": 1]\n")
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: space.path(name), withDestinationPath: target)
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: space.path(name), encoding: .utf8) }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      arguments, in: URL(fileURLWithPath: space.path("")), environment: ["STRAT_CACHE": space.path("cache")])
  }

  @Test(arguments: ["check", "run", "test", "fmt", "batch"]) func noCommandWaitsForAPipeOrReadsADevice(
    _ command: String
  ) throws {
    #expect(mkfifo(space.path("pipe.strat"), 0o600) == 0)
    try link("zero.strat", to: "/dev/zero")
    for (name, words) in [("pipe.strat", "it is a pipe"), ("zero.strat", "it is a device")] {
      let outcome = try run(command, name)
      #expect(outcome.status == (command == "batch" ? 1 : 2), "\(outcome)")
      #expect((outcome.messages + outcome.output).contains(words), "\(outcome)")
    }
  }

  @Test func aPipeOrADeviceInADataFolderIsSaid() throws {
    _ = try space.write("data/prices/a.csv", "ticker,date,close\nA,2024-01-02,1\n")
    #expect(mkfifo(space.path("data/prices/b.csv"), 0o600) == 0)
    try link("data/prices/c.csv", to: "/dev/zero")
    #expect(mkfifo(space.path("data/dataset.yaml"), 0o600) == 0)
    let outcome = try run("data", "check", "data")
    #expect(outcome.status == 3)
    for name in ["prices/b.csv", "prices/c.csv", "dataset.yaml"] { #expect(outcome.messages.contains("data/" + name)) }
    #expect(try run("data", "import", "data/prices/b.csv", "--into", "new").status == 3)
    #expect(try run("data", "import", "data/prices/c.csv", "--into", "new").status == 3)
  }

  @Test func linksInACircleAreVisitedOnce() throws {
    _ = try space.write("b/x.strat", "test \"t\" { assert true }\n")
    for name in ["b/h1", "b/h2"] { try link(name, to: ".") }
    let tested = try run("test", "b")
    #expect(tested.status == 0 && tested.output == "1 passed, 0 failed\n", "\(tested)")
    let checked = try run("check", "b")
    #expect(checked.status == 0 && checked.output == "no problems\n", "\(checked)")
    let imported = try run("data", "import", "b", "--into", "new")
    #expect(imported.messages.components(separatedBy: "x.strat").count == 2, "\(imported)")
  }

  @Test func layingOutAFolderWritesNothingOutsideOfIt() throws {
    let loose = "let   a  =  1\nfn f() = a\n"
    for name in ["out/far.strat", "in/near.strat", "named.strat"] { _ = try space.write(name, loose) }
    try link("in/far.strat", to: "../out/far.strat")
    try link("in/folder", to: "../out")
    try link("in/beside.strat", to: "near.strat")
    let outcome = try run("fmt", "in")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.messages.contains("passed over in/far.strat: it is a link to a script outside of the folder"))
    #expect(try text("out/far.strat") == loose)
    #expect(try text("in/near.strat") != loose)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: space.path("in/beside.strat")) == "near.strat")
    // Who names a link itself means what it points to.
    try link("link.strat", to: "named.strat")
    #expect(try run("fmt", "link.strat").status == 0)
    #expect(try text("named.strat") != loose)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: space.path("link.strat")) == "named.strat")
  }

  /// As one line the comment would hide all that follows.
  @Test func aScriptMayEndItsLinesInCarriageReturns() throws {
    _ = try space.write("cr.strat", "# a\rfn signals(as_of) = [\"SPY\": nothing]\r")
    let outcome = try run("check", "cr.strat")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("cr.strat:2:"), "\(outcome)")
  }

  @Test func whatTheShellHandsOverIsRead() throws {
    let outcome = try Program.run(["check", "/dev/stdin"], input: "fn signals(as_of) = [\"SPY\": nothing]\n")
    #expect(outcome.status == 1 && outcome.messages.contains("/dev/stdin:1:"), "\(outcome)")
  }
}
