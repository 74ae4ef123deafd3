import Foundation
import Testing

/// An import stores the same rows in a folder and in a database, whatever the file holds, and what it stores loads.
@Suite struct SameRowsTests {
  private let space: Workspace

  init() throws { space = try Workspace() }

  private static let files: [(name: String, text: String)] = [
    ("plain.csv", "ticker,date,close\nA,2024-01-02,1\nA,2024-01-03,2\nB,2024-01-02,3\n"),
    ("twice.csv", "ticker,date,close\nA,2024-01-02,1\nA,2024-01-02,1\nA,2024-01-03,2\n"),
    (
      "negative.csv",
      "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,1,2,1,1.5,1.5,7\n2020-01-03,1,2,1,1.5,-1,7\n"
    ),
    (
      "negative_close.csv",
      "ticker,date,open,high,low,close\nA,2024-01-02,1,1,1,-1\nA,2024-01-03,1,1,1,1\n"
    ),
    ("zero.csv", "ticker,date,close,volume\nA,2024-01-02,0,1\nA,2024-01-03,1,-5\n"),
    ("blanks.csv", "ticker,date,open,close\nA,2024-01-02,,\nA,2024-01-03, ,1\nA,2024-01-04,NA,2\n"),
    (
      "names.csv",
      "ticker,date,close\n\"A,B\",2024-01-02,1\n\" C\",2024-01-02,2\n\"D\"\"E\",2024-01-02,3\né,2024-01-02,4\n"
    ),
    ("carriage.csv", "ticker,date,close\rA,2024-01-02,1\rB,2024-01-02,2\r"),
    ("sizes.csv", "ticker,date,close\nA,2024-01-02,1e300\nA,2024-01-03,1e-300\nA,2024-01-04,0.1\n"),
    ("dates.csv", "ticker,date,close\nA,0001-01-01,1\nA,9999-12-31,2\n"),
    (
      "members.csv",
      "universe,ticker,start,end\nU,A,2020-01-01,2021-01-01\nU,A,2020-01-01,2022-01-01\nU,B,,\nU,A,2023-01-01,\n"
    ),
    (
      "series.csv",
      "series,observation_date,release_time,value,revision\nS,2024-01-01,2024-02-01T00:00:00Z,1,0\n"
        + "S,2024-01-01,2024-03-01T00:00:00Z,2,1\nS,2024-02-01,2024-03-01T00:00:00Z,,0\n"
    ),
    (
      "curves.csv",
      "curve,date,tenor_days,rate\nC,2024-01-02,30,1\nC,2024-01-02,0,-1\nC,2024-01-03,30,\n"
    ),
    (
      "actions.csv",
      "ticker,ex_date,split_ratio,cash_dividend\nA,2024-01-03,2,\nA,2024-01-03,,0.5\nB,2024-01-03,0,0\n"
    ),
  ]

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(arguments, in: space.url, environment: ["STRAT_CACHE": space.path("cache")])
  }

  @Test(arguments: files.map(\.name)) func aFolderAndADatabaseHoldTheSame(_ name: String) throws {
    let text = try #require(Self.files.first { $0.name == name }).text
    let path = try space.write(name, text)
    let (folder, database) = (space.path("folder"), "sqlite:" + space.path("rows.db"))
    let outcomes = try [folder, database].map { try run(["data", "import", path, "--into", $0]) }
    #expect(outcomes[0].status == outcomes[1].status, "\(outcomes)")
    #expect(outcomes[0].output == outcomes[1].output)
    if outcomes[0].status != 0 {
      #expect(!FileManager.default.fileExists(atPath: folder + "/prices"), "\(outcomes)")
      return
    }
    // What is stored loads, and is the same.
    let exports = try [folder, database].enumerated().map { place, data in
      let outcome = try run(["data", "export", space.path("out\(place)"), "--data", data])
      #expect(outcome.status == 0, "\(outcome)")
      return space.path("out\(place)")
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: exports[0]).sorted()
    #expect(try FileManager.default.subpathsOfDirectory(atPath: exports[1]).sorted() == names)
    for name in names where name.hasSuffix(".csv") {
      #expect(
        try String(contentsOfFile: exports[0] + "/" + name, encoding: .utf8)
          == String(contentsOfFile: exports[1] + "/" + name, encoding: .utf8), "\(name)")
    }
    // The same file again adds nothing.
    for target in [folder, database] {
      let again = try run(["data", "import", path, "--into", target])
      #expect(again.status == 0 && again.messages.contains("added 0 rows"), "\(again)")
    }
  }
}
