import Foundation
import Testing

/// Importing as a user does it, and as it goes when it is broken off.
@Suite struct ImportProgramTests {
  private let space: Workspace

  init() throws { space = try Workspace() }

  private func add(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["data", "import"] + arguments + ["--into", space.path("mine")])
  }

  private func fingerprint(_ folder: String) throws -> String {
    let outcome = try Program.run(["data", "describe", folder, "--format", "csv"])
    return outcome.output.split(separator: "\n").first { $0.hasPrefix("fingerprint,") }.map(String.init)
      ?? outcome.messages
  }

  @Test func vendorsFilesBecomeADataSet() throws {
    try space.write("in/SPY.csv", "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,1,2,0.5,1.5,1.4,10\n")
    try space.write("in/GDP.csv", "observation_date,GDP_20200130,GDP_20200227\n2019-10-01,1,2\n")
    let outcome = try add(space.path("in"))
    #expect(outcome.status == 0 && outcome.messages.contains("added 3 rows"), "\(outcome.messages)")
    #expect(outcome.output.contains("yahoo") && outcome.output.contains("alfred"))
    let again = try add(space.path("in"))
    #expect(again.messages.contains("added 0 rows"), "\(again.messages)")
    let list = try Program.run(["data", "ls", space.path("mine"), "--format", "csv"])
    #expect(list.output.contains("ticker,SPY,1,") && list.output.contains("series,GDP,2,"), "\(list.output)")
  }

  @Test func aDryRunWritesNothing() throws {
    let path = try space.write("a.csv", "ticker,date,close\nSPY,2020-01-02,1\n")
    let outcome = try add(path, "--dry-run")
    #expect(outcome.status == 0 && outcome.messages.contains("would add 1 rows"), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: space.path("mine/prices")))
  }

  @Test func whatIsWrongEndsWithStatusThree() throws {
    let path = try space.write("UNRATE.csv", "DATE,UNRATE\n2020-01-01,3.6\n")
    let outcome = try add(path)
    #expect(outcome.status == 3 && outcome.messages.contains("[E0714]"), "\(outcome.messages)")
    #expect(outcome.messages.contains("UNRATE.csv:2") && outcome.messages.contains("--release-lag"))
  }

  @Test func anExportedFolderIsTheSameDataSet() throws {
    let outcome = try Program.run(["data", "export", space.path("out")])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try fingerprint(space.path("out")).hasPrefix("fingerprint,6a013ff6"))
  }
}
