import Foundation
import Testing

/// Flags of the configuration on the program.
@Suite struct FlagTests {
  private static let trend = """
    strategy "trend" { rebalance: "monthly", benchmark: "SPY", costs: 5bps, slippage: 2bps }
    param window = 200 in 20..400 step 20
    fn signals(as_of) {
      let price = close("SPY")
      return if price > sma(price, window) { ["SPY": 1] } else { flat }
    }

    """

  private func document(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  /// `--costs 5bps`, `--costs 5` and the script's `5bps` are the same costs; `--costs 0.0005` is what its unit says, with
  /// a warning, because nobody pays that.
  @Test func costsHaveOneUnitHoweverTheyAreWritten() throws {
    let space = try Workspace()
    let path = try space.write("trend.strat", Self.trend)
    for flags in [[], ["--costs", "5bps"], ["--costs", "5"], ["--costs", "0.05pct"]] {
      let outcome = try Program.run(["run", path, "--format", "json"] + flags)
      #expect(!outcome.messages.contains("W0941"), "\(outcome.messages)")
      let found = try document(outcome)
      #expect((found["config"] as? [String: Any])?["transaction_cost"] as? Double == 0.0005)
      let equity = try #require((found["metrics"] as? [String: Any])?["final_equity"] as? Double)
      #expect(equity.rounded() == 4_602_625)
    }
    let small = try Program.run(["run", path, "--costs", "0.0005", "--format", "json"])
    #expect(small.status == 0)
    #expect((try document(small)["config"] as? [String: Any])?["transaction_cost"] as? Double == 0.000_000_05)
    #expect(small.messages.contains("[W0941]") && small.messages.contains("0.0005 bps"), "\(small.messages)")
    #expect(small.messages.contains("--costs 5bps"), "\(small.messages)")
    let screen = try Program.run(["run", path, "--costs", "0.0005"])
    #expect(screen.output.contains("(0.0005 bps + 2 bps slippage)"), "\(screen.output)")
  }

  /// The warning is said once by each command that takes the flags.
  @Test func theWarningIsSaidOnceWhereverFlagsAre() throws {
    let space = try Workspace()
    let path = try space.write("trend.strat", Self.trend)
    let commands = [
      ["run", path], ["sweep", path, "--param", "window=100,200"], ["batch", path, path, "--no-cache"],
      ["signals", path, "--as-of", "2010-06-30"],
    ]
    for command in commands {
      let outcome = try Program.run(command + ["--end", "2010-12-31", "--cash-rate", "5", "--on-error", "hold"])
      #expect(outcome.messages.components(separatedBy: "[W0941]").count == 2, "\(command): \(outcome.messages)")
      #expect(outcome.messages.contains("500 % a year") && outcome.messages.contains("--cash-rate 5pct"))
    }
    let prompt = try Program.run(["repl", path, "--cash-rate", "5"], input: ":set costs=0.01\n")
    #expect(prompt.messages.components(separatedBy: "[W0941]").count == 3, "\(prompt.messages)")
  }

  /// A strategy block is doubted as flags are, where no unit says that it is meant.
  @Test func aStrategyBlockIsDoubtedToo() throws {
    let space = try Workspace()
    func messages(_ entry: String) throws -> String {
      let path = try space.write(
        "b.strat", "strategy \"b\" { \(entry) }\nfn signals(as_of) = [\"SPY\": 1]\n")
      let outcome = try Program.run(["check", path])
      return outcome.messages + outcome.output
    }
    #expect(try messages("cash_rate: 5").contains("W0941"))
    #expect(try messages("cash_rate: 5").contains("cash_rate: 5pct"))
    #expect(try messages("costs: 0.000001").contains("W0941"))
    for plain in ["cash_rate: 5pct", "costs: 5bps", "costs: 0.0005", "costs: 0.05bps", "slippage: 0"] {
      #expect(try !messages(plain).contains("W0941"), "\(plain)")
    }
  }
}
