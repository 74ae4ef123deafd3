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
    #expect(outcome.status == 0 && outcome.messages.contains("would add 1 row"), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: space.path("mine/prices")))
  }

  @Test func whatIsWrongEndsWithStatusThree() throws {
    let path = try space.write("UNRATE.csv", "DATE,UNRATE\n2020-01-01,3.6\n")
    let outcome = try add(path)
    #expect(outcome.status == 3 && outcome.messages.contains("[E0714]"), "\(outcome.messages)")
    #expect(outcome.messages.contains("UNRATE.csv:2") && outcome.messages.contains("--release-lag"))
  }

  @Test func aFormatThatTheFileIsNotOfEndsWithStatusThreeAndWritesNothing() throws {
    let rates = try space.write("two_rates.csv", "observation_date,RATEA,RATEB\n1999-12-01,5.30,7.91\n")
    let header = try space.write("only_header.csv", "Date,Open,High,Low,Close,Volume\n")
    let outcomes = [try add(rates, "--format", "stooq"), try add(header)]
    #expect(outcomes.map(\.status) == [3, 3])
    #expect(outcomes[0].messages.contains("`Close`") && outcomes[1].messages.contains("a header and no row"))
    #expect(!FileManager.default.fileExists(atPath: space.path("mine/prices")))
  }

  @Test func whatWasNotUnderstoodIsSaidBesideTheResult() throws {
    try space.write("in/KOX.csv", "Date,Open,High,Low,Close,Volume,Adj Close,Note\n1997-01-02,1,1,1,1,1,1,x\n")
    try space.write("in/hist.xls", "\u{D0}x")
    try space.write("in/notes.txt", "x\n")
    let outcome = try add(space.path("in"))
    #expect(outcome.status == 0, "\(outcome.messages)")
    for words in ["in/KOX.csv: left aside: the column Note", "in/notes.txt: passed over: no known format"] {
      #expect(outcome.messages.contains(words), "\(outcome.messages)")
    }
  }

  @Test func datesThatNothingDecidesAreAskedFor() throws {
    let path = try space.write("X.csv", "Date,Close\n1/2/2024,1\n3/4/2024,2\n")
    let asked = try add(path)
    #expect(asked.status == 3 && asked.messages.contains("--dates mdy"), "\(asked.messages)")
    #expect(try add(path, "--dates", "mdy").status == 0)
    #expect(try add(path, "--dates", "ymd").status == 2)
    let list = try Program.run(["data", "ls", space.path("mine"), "--format", "csv"])
    #expect(list.output.contains("ticker,X,2,2024-01-02,2024-03-04"), "\(list.output)")
  }

  @Test func anExportedFolderIsTheSameDataSet() throws {
    let outcome = try Program.run(["data", "export", space.path("out")])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try fingerprint(space.path("out")).hasPrefix("fingerprint,6a013ff6"))
  }

  private static let spy =
    "Date,Open,High,Low,Close,Adj Close,Volume\n2015-01-02,1,1,1,205.43,182.09687,7\n2015-01-05,1,1,1,201.76,178.843716,7\n"
  private static let spyLater =
    "Date,Open,High,Low,Close,Adj Close,Volume\n2015-01-02,1,1,1,205.43,181.222805,7\n"
    + "2015-01-05,1,1,1,201.76,177.985266,7\n2015-01-06,1,1,1,199.82,176.273869,7\n"

  @Test func aRedownloadIsRescaledRefusedOrReplaced() throws {
    let first = try space.write("first/SPY.csv", Self.spy)
    let later = try space.write("later/SPY.csv", Self.spyLater)
    let changed = try space.write("changed/SPY.csv", Self.spyLater.replacing("201.76", with: "201.67"))
    for target in [space.path("folder"), "sqlite:" + space.path("m.db")] {
      func add(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(["data", "import"] + arguments + ["--into", target])
      }
      #expect(try add(first).status == 0)
      let rescaled = try add(later)
      #expect(rescaled.status == 0)
      #expect(rescaled.messages.contains("SPY: adjusted closes rescaled by 0.9952 (2 rows)\n"), "\(rescaled.messages)")
      #expect(rescaled.messages.contains("added 1 row to ") && rescaled.messages.contains("2 rescaled"))
      let refused = try add(changed)
      #expect(refused.status == 3 && refused.messages.contains("2015-01-05, close 201.76 stored, but 201.67 in "))
      let replaced = try add(changed, "--replace")
      #expect(replaced.status == 0 && replaced.messages.contains("2015-01-05 close 201.76 is now 201.67"))
      #expect(try add(changed).messages.contains("added 0 rows"))
    }
    #expect(try fingerprint(space.path("folder")) == fingerprint("sqlite:" + space.path("m.db")))
  }

  @Test func aSingleFileIsADataSet() throws {
    let file = try space.write("SPY.csv", Self.spyLater)
    let script = try space.write(
      "a.strat", "strategy \"a\" {\n  rebalance: \"daily\"\n}\n\nfn signals(as_of) = [\"SPY\": 1]\n")
    let list = try Program.run(["data", "ls", file, "--format", "csv"])
    #expect(list.output == "kind,name,rows,first,last\nticker,SPY,3,2015-01-02,2015-01-06\n", "\(list.messages)")
    #expect(try Program.run(["data", "check", file]).status == 0)
    #expect(try Program.run(["run", script, "--data", file]).status == 0)
    #expect(try Program.run(["signals", script, "--data", file]).status == 0)
  }

  @Test func aMappingIsSaidKeptAndUsedAgain() throws {
    let file = try space.write("one.csv", "from a friend\nDay,Who,Last\n2020-01-02,A,1.5\n")
    let kept = space.path("friend.yaml")
    let first = try add(file, "--columns", "date=Day,ticker=Who,close=Last", "--skip", "1", "--save-mapping", kept)
    #expect(first.status == 0 && first.messages.contains("added 1 row"), "\(first.messages)")
    let again = try add(file, "--mapping", kept)
    #expect(again.status == 0 && again.messages.contains("added 0 rows"), "\(again.messages)")
    #expect(try add(file, "--mapping", kept, "--skip", "1").status == 2)
  }
}
