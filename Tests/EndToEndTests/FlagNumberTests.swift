import Testing

/// Flags that take a number, with numbers at the ends of what doubles and integers hold: an answer or a message, never
/// the end of the process.
@Suite struct FlagNumberTests {
  private static let numbers = [
    "-9223372036854775808", "9223372036854775807", "9223372036854775808", "9007199254740993", "2147483648",
    "-2147483649", "1e308", "1e400", "-0", "nan", "inf", "0x10", "",
  ]
  private static let dates = ["0001-01-01", "9999-12-31", "0000-01-01", "10000-01-01", "2012-02-30"]
  private static let durations = ["999999999d", "-5d", "9223372036854775807d", "999999999bd", "99999999y"]

  private static let script = """
    strategy "s" { rebalance: "monthly", end: 2006-06-30 }
    param window = 20 in 5..200
    fn signals(as_of) = if price("SPY") > sma(close("SPY"), window) { ["SPY": 1] } else { flat }
    test "t" { assert true }

    """

  /// Runs a command with each value in the place of `@`, and looks at how it ends.
  private func check(_ command: [String], _ values: [String]) throws {
    let space = try Workspace()
    let path = try space.write("s.strat", Self.script)
    for value in values {
      let arguments = command.map { $0 == "SCRIPT" ? path : $0.replacing("@", with: value) }
      let outcome = try Program.run(arguments, in: space.url)
      #expect((0...3).contains(outcome.status), "\(arguments): \(outcome.status) \(outcome.messages.suffix(400))")
      let isSaid = outcome.messages.lowercased().contains("error")
      #expect(outcome.status == 0 || isSaid, "\(arguments): \(outcome.messages)")
    }
  }

  @Test(arguments: [
    "initial-capital", "costs", "slippage", "max-leverage", "execution-lag", "min-trade", "cash-rate", "max-stale",
    "delist-after", "delisting-return", "risk-free", "annualization", "seed",
  ]) func configurationsTakeThem(_ flag: String) throws {
    try check(["signals", "SCRIPT", "--as-of", "2006-06-30", "--\(flag)=@"], Self.numbers)
  }

  @Test func datesAndDurationsTakeThem() throws {
    let ends = Self.dates + ["-1", "1e9"]
    try check(["run", "SCRIPT", "--brief", "--start=@"], ends)
    try check(["run", "SCRIPT", "--brief", "--end=@"], ends)
    try check(["signals", "SCRIPT", "--as-of=@"], ends)
    try check(["signals", "SCRIPT", "--as-of", "2006-06-30", "--release-lag=@"], Self.durations + Self.numbers)
  }

  @Test func limitsTakeThem() throws {
    for limit in ["steps", "memory", "depth", "nesting", "list", "string", "output", "tracks", "seconds"] {
      try check(["test", "SCRIPT", "--limit", "\(limit)=@"], Self.numbers + ["9223372036854775807k"])
    }
  }

  @Test func experimentsTakeThem() throws {
    let few = ["-9223372036854775808", "9223372036854775808", "9007199254740993", "1e308", "nan", ""]
    try check(["sweep", "SCRIPT", "--param", "window=@"], few)
    try check(["sweep", "SCRIPT", "--param", "window=5..@"], few)
    try check(["sweep", "SCRIPT", "--param", "window=20..30 step @"], few)
    try check(["sweep", "SCRIPT", "--random", "@"], few)
    try check(["sweep", "SCRIPT", "--random", "1", "--seed=@"], few)
    try check(["sweep", "SCRIPT", "--param", "window=20", "--jobs=@"], few)
    try check(["batch", "SCRIPT", "--no-cache", "--jobs=@"], few)
    try check(["batch", "SCRIPT", "--no-cache", "--top=@"], few)
  }

  /// A seed that doubles cannot tell from its neighbour is refused, and not taken as another.
  @Test func aSeedIsTheNumberThatIsWritten() throws {
    let space = try Workspace()
    let path = try space.write("s.strat", Self.script)
    let commands = [
      ["run", path, "--brief"], ["sweep", path, "--random", "1"], ["batch", path, "--no-cache"],
      ["signals", path, "--as-of", "2006-06-30"],
    ]
    for command in commands {
      let refused = try Program.run(command + ["--seed", "9007199254740993"], in: space.url)
      #expect(refused.status == 2, "\(command): \(refused.messages)")
      #expect(refused.messages.contains("from 0 to 2^53 - 1"), "\(command): \(refused.messages)")
      let largest = try Program.run(command + ["--seed", "9007199254740991"], in: space.url)
      #expect(largest.status == 0, "\(command): \(largest.messages)")
    }
  }

  @Test func thePromptTakesThem() throws {
    let values = Self.numbers + Self.dates + Self.durations
    let commands = [
      ":as_of", ":next", ":prev", ":plot", ":table", ":edit", ":replay", ":series", ":params window=", ":set seed=",
      ":set execution_lag=", ":doc", ":explain",
    ]
    let lines = commands.flatMap { command in
      values.map { command + (command.hasSuffix("=") ? "" : " ") + $0 }
    }
    let far = "series([2012-01-01: 1e308, 2012-01-02: -1e308, 2012-01-03: 5, 2012-01-04: 1e308])"
    let extra =
      values.map { "[\($0): 1, 2: 2, 3: 3]" } + [
        "[1e300: 1, 2e300: 2, 3e300: 3]", "[9e15: 1, 1e19: 2, 1: 3]", "[1: 1e308, 2: -1e308, 3: 0]", far,
        ":plot " + far,
        ":plot [1e308, -1e308]", ":plot [\"a\": 1e308, \"b\": -1e308, \"c\": 5e-324]", "[1e308, -1e308]",
        ":plot [1e308]", ":plot -1.7e308 * close(\"SPY\") / close(\"SPY\")",
      ]
    let session = (lines + extra + ["20 + 1"]).joined(separator: "\n") + "\n"
    let outcome = try Program.run(["repl", "--keep-going"], input: session)
    // 2, as some of the lines are no use of their command; what matters is that the last line is still answered.
    #expect((0...2).contains(outcome.status), "\(outcome.status) \(outcome.messages.suffix(400))")
    #expect(outcome.output.hasSuffix("21\n"), "\(outcome.output.suffix(200))")
  }

  /// More names than a program may have, in every way into it.
  @Test(arguments: ["let", "state", "param"]) func tooManyNamesAreRefusedByEveryCommand(_ word: String) throws {
    let space = try Workspace()
    let names = (0...16_384).map { "\(word) g\($0) = \($0)\n" }.joined()
    let path = try space.write("many.strat", names + "fn signals(as_of) = flat\ntest \"t\" { assert g0 == 0 }\n")
    let commands = [
      ["check", path], ["test", path], ["run", path], ["signals", path, "--as-of", "2012-06-29"],
      ["batch", path, "--no-cache"], ["sweep", path, "--random", "1"],
    ]
    for command in commands {
      let outcome = try Program.run(command, in: space.url)
      #expect(outcome.status == 1, "\(command): \(outcome.status)")
      #expect((outcome.messages + outcome.output).contains("more than 16384 names"), "\(command)")
    }
  }
}
