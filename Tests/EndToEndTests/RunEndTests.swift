import Foundation
import Testing

/// How runs end and what they are measured by, from the command line.
@Suite struct RunEndTests {
  private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.messages)")
  }

  @Test func aRunThatFailsShowsWhatItHas() throws {
    let space = try Workspace()
    let text = "fn signals(as_of) {\n  if as_of > 2010-01-01 { error(\"enough\") }\n  return [\"SPY\": 1]\n}\n"
    let path = try space.write("midway.strat", text)
    let outcome = try Program.run(["run", path, "--format", "json"])
    #expect(outcome.status == 1 && outcome.messages.contains("[E0409]"))
    #expect(outcome.messages.contains("decision 61 of 180"))
    let document = try json(outcome)
    #expect(document["failed_at"] as? String == "2010-01-29")
    let decisions = try #require(document["decisions"] as? [[String: Any]])
    #expect(decisions.count == 60 && decisions.last?["as_of"] as? String == "2009-12-31")
    let fine = try space.write("fine.strat", "strategy \"midway\" {}\nfn signals(as_of) = [\"SPY\": 1]\n")
    let whole = try json(Program.run(["run", fine, "--format", "json", "--end", "2010-01-29"]))
    #expect(whole["failed_at"] is NSNull)
    #expect(
      NSArray(array: document["equity_curve"] as? [Any] ?? []) == NSArray(array: whole["equity_curve"] as? [Any] ?? [1])
    )
    #expect(NSArray(array: decisions) == NSArray(array: (whole["decisions"] as? [Any] ?? []).dropLast()))

    let screen = try Program.run(["run", path])
    #expect(screen.status == 1 && screen.output.contains("failed at 2010-01-29") && screen.output.contains("Sharpe"))
    let lines = try Program.run(["run", path, "--format", "csv"])
    #expect(lines.status == 1 && lines.output.split(separator: "\n").last?.hasPrefix("2010-01-29,") == true)
    let saved = try Program.run(["run", path, "--save"], environment: ["STRAT_DB": "sqlite:" + space.path("r.db")])
    #expect(saved.status == 1 && !saved.messages.contains("saved in"))
  }

  @Test func aScreenOnWhichNothingHappenedIsNotShown() throws {
    let space = try Workspace()
    let path = try space.write("never.strat", "fn signals(as_of) = error(\"no\")\n")
    let screen = try Program.run(["run", path])
    #expect(screen.status == 1 && screen.output.isEmpty)
    let document = try json(Program.run(["run", path, "--format", "json"]))
    #expect(document["failed_at"] as? String == "2005-01-31" && (document["decisions"] as? [Any])?.isEmpty == true)
  }

  /// A folder with the month-end closes of an index.
  private func months(_ space: Workspace) throws -> String {
    var lines = ["date,ticker,close"]
    let ends = [
      "01-31", "02-28", "03-29", "04-30", "05-31", "06-28", "07-31", "08-30", "09-30", "10-31", "11-29", "12-31",
    ]
    for year in 2013...2014 {
      for (place, end) in ends.enumerated() {
        // The last weekdays of 2014.
        let weekday =
          year == 2013
          ? end
          : ["03-29": "03-31", "05-31": "05-30", "06-28": "06-30", "08-30": "08-29", "11-29": "11-28"][end] ?? end
        lines.append("\(year)-\(weekday),IDX,\(100 + place + 12 * (year - 2013))")
      }
    }
    try space.write("m/prices/IDX.csv", lines.joined(separator: "\n") + "\n")
    return space.path("m")
  }

  @Test func monthlyPricesAreAnnualizedByTwelveEverywhere() throws {
    let space = try Workspace()
    let data = try months(space)
    let path = try space.write(
      "hold.strat", "param w = 1 in 0.5..1 step 0.5\nfn signals(as_of) = [\"IDX\": w]\n")
    let database = ["STRAT_DB": "sqlite:" + space.path("r.db"), "STRAT_CACHE": space.path("cache")]
    let run = try Program.run(["run", path, "--data", data, "--format", "json", "--save"], environment: database)
    let config = try json(run)["config"] as? [String: Any]
    #expect(config?["annualization"] as? Int == 12, "\(run.messages)")
    let shown = try json(Program.run(["results", "show", "1", "--format", "json"], environment: database))
    #expect((shown["config"] as? [String: Any])?["annualization"] as? Int == 12)
    let said = "annualized with 12 sessions a year"
    #expect(try Program.run(["run", path, "--data", data]).output.contains(said))
    #expect(try Program.run(["run", path, "--data", data, "--brief"]).output.contains(said))
    for kept in [false, true] {
      let batch = try Program.run(["batch", path, "--data", data], environment: database)
      #expect(batch.output.contains(said), "kept: \(kept)")
      let document = try json(Program.run(["batch", path, "--data", data, "--format", "json"], environment: database))
      #expect((document["scripts"] as? [[String: Any]])?.first?["annualization"] as? Int == 12)
    }
    let sweep = try Program.run(["sweep", path, "--data", data], environment: database)
    #expect(sweep.output.contains(said), "\(sweep.messages)")
    let daily = try Program.run(["run", path, "--data", data, "--annualization", "252"])
    #expect(daily.status == 0 && !daily.output.contains("annualized with"))
  }

  @Test func aBriefScreenIsForPeople() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "strategy \"a\" { benchmark: \"QQQ\" }\nfn signals(as_of) = [\"SPY\": 1]\n")
    let brief = try Program.run(["run", path, "--brief"])
    #expect(brief.status == 0 && brief.output.split(separator: "\n").count <= 8 && brief.output.contains("QQQ"))
    let wrong = try Program.run(["run", path, "--brief", "--format", "json"])
    #expect(wrong.status == 2 && wrong.messages.contains("[E0950]") && wrong.output.isEmpty)
  }
}
