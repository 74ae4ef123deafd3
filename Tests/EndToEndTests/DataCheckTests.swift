import Foundation
import Testing

/// What a check of a data set says, and what its rules do to a run.
@Suite struct DataCheckTests {
  private let space: Workspace

  init() throws { space = try Workspace() }

  private func run(_ arguments: [String], columns: Int = 80, input: String? = nil) throws -> Program.Outcome {
    try Program.run(
      arguments, in: space.url, environment: ["HOME": space.url.path, "COLUMNS": "\(columns)"], input: input)
  }

  private func folder(_ files: [String: String]) throws -> String {
    for (name, text) in files { try space.write("d/" + name, text) }
    return space.path("d")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static let long = "a_name_of_a_file_that_is_rather_long_for_a_table_of_a_terminal.csv"
  private static let jump = "ticker,date,close\nAAPL,2000-09-28,53.5\nAAPL,2000-09-29,25.75\nAAPL,2000-10-02,-1\n"

  @Test(arguments: [40, 80, 200]) func subjectAndSizeAreShownWhole(_ columns: Int) throws {
    let data = try folder(["prices/" + Self.long: Self.jump])
    let outcome = try run(["data", "check", data], columns: columns)
    #expect(outcome.status == 0 && !outcome.output.contains(space.url.path))
    #expect(outcome.output.contains("AAPL 2000-09-29  the close fell by 51.9 %"))
    #expect(outcome.output.contains("AAPL 2000-10-02  the close is -1"))
    #expect(outcome.output.contains(columns < 80 ? "csv:3" : "prices/\(Self.long):3"))
  }

  @Test func documentsGiveSizesWithTheirUnit() throws {
    let data = try folder(["prices/p.csv": Self.jump])
    let document = try object(try run(["data", "check", data, "--format", "json"]).output)
    let defects = try #require(document["defects"] as? [[String: Any]])
    #expect(defects.map { $0["defect"] as? String } == ["jump", "bad_price"])
    #expect(defects[0]["file"] as? String == "prices/p.csv" && defects[0]["line"] as? Int == 3)
    let size = try #require(defects[0]["size"] as? Double)
    #expect(abs(size - 25.75 / 53.5) < 1e-15 && defects[0]["unit"] as? String == "level ratio")
    let rows = try run(["data", "check", data, "--format", "csv"]).output.split(separator: "\n")
    #expect(rows[0] == "defect,file,line,subject,size,unit")
    #expect(rows[2] == "bad_price,prices/p.csv,4,AAPL 2000-10-02,-1,close")
  }

  @Test func aDatabaseIsCheckedAsAFolderIs() throws {
    let data = try folder([
      "prices/p.csv": "ticker,date,close\nA,2020-01-02,1\nA,2020-01-03,3\n",
      "series/s.csv": "series,observation_date,release_time,value\nX,2020-06-01,2020-01-02,1\n",
    ])
    let address = "sqlite:" + space.path("d.db")
    #expect(try run(["data", "import", data, "--into", address]).status == 0)
    func texts(_ place: String) throws -> [String?] {
      let document = try object(try run(["data", "check", place, "--format", "json"]).output)
      let list = ["defects", "notes"].flatMap { document[$0] as? [[String: Any]] ?? [] }
      return list.map { $0["text"] as? String }
    }
    let expected = try texts(data)
    #expect(try expected.count == 3 && texts(address) == expected)
    #expect(try run(["data", "check", address, "--strict"]).status == 3)
  }

  @Test func everyLoadNamesTheColumnsThatAreLeftAside() throws {
    let data = try folder(["prices/p.csv": "ticker,date,close,eps,sector\nA,2020-01-02,1,2,IT\n"])
    for _ in 0..<2 {
      let outcome = try run(["repl", "--data", data], input: "1\n")
      #expect(outcome.messages.contains("left aside: `eps`, `sector`"))
    }
    #expect(try run(["data", "check", data]).output.contains("prices/p.csv: not understood and left aside: `eps`"))
  }

  @Test func barsDatedAtTheStartOfTheirPeriodAreRefusedWithTheRemedy() throws {
    let rows = (1...12).map { "2020-\($0 < 10 ? "0" : "")\($0)-01,\($0),\($0),\($0),\(100 + $0)\n" }.joined()
    let data = try folder(["prices/IDX.csv": "Date,Open,High,Low,Close\n" + rows])
    let outcome = try run(["data", "check", data])
    #expect(outcome.status == 3 && outcome.messages.contains("`IDX`"))
    #expect(outcome.messages.contains("month") && outcome.messages.contains("bar_dates"))
    _ = try folder(["dataset.yaml": "bar_dates: start\n"])
    let price = try run(["repl", "--data", data, "--as-of", "2020-04-01"], input: "print(price(\"IDX\"))\n")
    #expect(price.output.contains("103"))
  }

  @Test func aFeedThatStoppedGrowsOld() throws {
    let data = try folder([
      "prices/spy.csv": "ticker,date,close\nSPY,2021-03-29,395.78\nSPY,2021-03-30,394.73\nSPY,2021-03-31,396.33\n"
    ])
    func answer(_ date: String) throws -> String {
      try run(["repl", "--data", data, "--as-of", date], input: "print(has_price(\"SPY\"), price(\"SPY\"))\n").output
    }
    #expect(try answer("2021-04-14").contains("true 396.33"))
    #expect(try answer("2021-04-15").contains("false na") && answer("2021-06-30").contains("false na"))
  }

  @Test func anAdjustedCloseThatNoActionExplainsIsAWarningOfEachRun() throws {
    let data = try folder([
      "prices/p.csv":
        "ticker,date,close,adjusted_close\nAAPL,2024-01-02,100,50\nAAPL,2024-01-03,50,50\nAAPL,2024-01-04,51,51\n",
      "actions/a.csv": "ticker,date,dividend,eps\nMSFT,2024-01-03,0.24,1.2\n",
    ])
    let script = try space.write(
      "a.strat",
      "strategy \"a\" {\n  rebalance: \"daily\"\n  execution: \"same_close\"\n  costs: 0bps\n  slippage: 0bps\n"
        + "}\nfn signals(as_of) = [\"AAPL\": 1]\n")
    let address = "sqlite:" + space.path("a.db")
    #expect(try run(["data", "import", data, "--into", address]).status == 0)
    for place in [data, data, address] {
      let document = try object(try run(["run", script, "--data", place, "--format", "json"]).output)
      let warnings = try #require(document["warnings"] as? [[String: Any]])
      let found = warnings.filter { $0["code"] as? String == "W0118" }
      #expect(found.count == 1 && found.first?["count"] as? Int == 1)
      #expect((found.first?["message"] as? String)?.contains("`AAPL`") == true)
      let curve = try #require(document["equity_curve"] as? [[Any]])
      #expect(curve.map { $0[1] as? Double } == [1_000_000, 500_000, 510_000])
    }
  }

  @Test func decisionsFromTickersHaveAWatermark() throws {
    let data = try folder(["prices/p.csv": "date,A,B\n2024-01-02,1,1\n2024-01-03,1,\n2024-01-04,1,\n"])
    let script = try space.write(
      "a.strat", "strategy \"a\" { rebalance: \"daily\" }\nfn signals(as_of) = [tickers().first(): 1]\n")
    let document = try object(try run(["run", script, "--data", data, "--format", "json"]).output)
    let decisions = try #require(document["decisions"] as? [[String: Any]])
    #expect(!decisions.isEmpty)
    for decision in decisions {
      let date = try #require(decision["as_of"] as? String)
      #expect((decision["watermark"] as? String)?.hasPrefix(date) == true, "\(decision)")
    }
  }
}
