import Testing

@testable import REPL

/// After `:run` its result is a value of the session.
@Suite struct RunValueTests {
  private static let script = [
    "strategy \"half\" { rebalance: \"monthly\"; costs: 5bps; benchmark: \"SPY\" }",
    "fn signals(as_of) {", "  plot(\"price\", price(\"SPY\"))", "  return [\"SPY\": 0.5, \"TLT\": 0.25]", "}",
    ":run --start 2014-01-01 --end 2014-12-31",
  ]

  private func answers(_ lines: [String]) -> [String] {
    let done = Transcript.of(lines: Self.script + lines)
    #expect(done.status == 0, "\(done.messages)")
    let all = done.answers.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(all.drop { !$0.hasPrefix("run ") }.dropFirst(2).dropLast())
  }

  @Test func partsOfAResultAreValues() {
    #expect(
      answers([
        "run.strategy", "run.start", "run.end", "run.equity.len()", "run.returns.len()", "run.weights[2014-06-30].SPY",
        "run.weights.len()", "run.fills[0].ticker", "run.fills[0].notional > 0", "run.round_trips.len()",
        "run.tracks.price.len()", "run.monthly_returns.len()", "run.metrics.sharpe_ratio == run.sharpe_ratio",
      ]) == [
        "\"half\"", "2014-01-02", "2014-12-31", "252", "252", "0.5", "12", "\"SPY\"", "true", "2", "12", "12", "true",
      ])
  }

  @Test func partsOfAResultAgreeWithItsMetrics() {
    #expect(
      answers([
        "run.equity.last() == run.final_equity", "abs(run.drawdown.min() - run.max_drawdown) < 1e-12",
        "abs(run.returns.std() * sqrt(252) - run.annualized_volatility) < 1e-9",
        "abs(run.equity.last() / run.equity.lag(1).last() - 1 - run.returns.last()) < 1e-12",
        "run.gross_exposure.last() == run.net_exposure.last()",
      ]) == ["true", "true", "true", "true", "true"])
  }

  @Test func aResultIsDrawnAndUsedInFunctions() {
    let done = Transcript.of(
      lines: Self.script + [
        ":plot run.equity --drawdown", "fn worst() = run.drawdown.min()", "worst() == run.max_drawdown",
      ])
    #expect(done.status == 0)
    #expect(done.answers.contains("drawdown run.equity"))
    #expect(done.answers.hasSuffix("true\n"))
  }

  @Test func aNameOfTheUsersIsLeftAlone() {
    let done = Transcript.of(lines: ["let run = 7"] + Self.script + ["run"])
    #expect(done.answers.hasSuffix("\n7\n"))
    #expect(done.messages.contains("`run` is a name of yours and stays"))
    let later = Transcript.of(lines: Self.script + ["let run = 8", Self.script[5], "run"])
    #expect(later.answers.hasSuffix("\n8\n"))
    let function = Transcript.of(lines: ["fn run(x) = x + 1"] + Self.script + ["run(1)"])
    #expect(function.answers.hasSuffix("\n2\n"))
  }

  @Test func theLatestRunCounts() {
    let done = Transcript.of(lines: Self.script + [":run --start 2015-01-01 --end 2015-06-30", "run.start"])
    #expect(done.answers.hasSuffix("\n2015-01-02\n"))
    #expect(done.messages.ranges(of: "`run` is the result").count == 2)
  }

  @Test func aRunThatFailsLeavesWhatItHad() {
    let done = Transcript.of(lines: [
      "fn signals(as_of) = if as_of > 2014-06-01 { error(\"no more\") } else { [\"SPY\": 1] }",
      ":run --start 2014-01-01 --end 2014-12-31 --rebalance monthly", "run.weights.len()",
    ]) { $0.keepsGoing = true }
    #expect(done.status == 1)
    #expect(done.messages.contains("no more"))
    #expect(done.messages.contains("`run` is what the run gave until then"))
    #expect(done.answers.hasSuffix("5\n"))
  }
}
