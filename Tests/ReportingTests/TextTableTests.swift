import Reporting
import Testing

private let plain = Terminal(width: 80, usesUnicode: false)

@Test func columnsAlignUnderTheirTitles() {
  var table = TextTable([.init("name"), .init("value", .right)])
  table.add(["alpha", "1.00"])
  table.add(["b", "123.00"])
  #expect(
    table.lines(plain) == [
      "name    value",
      "-------------",
      "alpha    1.00",
      "b      123.00",
    ])
}

@Test func wideCharactersTakeTwoColumns() {
  var table = TextTable([.init("名"), .init("n", .right)])
  table.add(["é", "1"])
  table.add(["日本", "2"])
  #expect(table.lines(Terminal()) == ["名    n", "───────", "é     1", "日本  2"])
}

@Test func onlyColumnsThatMayShrinkAreCut() {
  var table = TextTable([.init("id"), .init("message", shrinks: true)])
  table.add(["x", String(repeating: "m", count: 60)])
  let lines = table.lines(Terminal(width: 40, usesUnicode: true))
  #expect(lines.allSatisfy { DisplayWidth.of($0) <= 40 })
  #expect(lines[2].hasSuffix("…"))
}

/// No line is wider than the terminal, however narrow; what can be spared goes first, and words stay whole.
@Test(arguments: [40, 60, 80, 120]) func aTableFitsItsTerminal(width: Int) {
  var table = TextTable([
    .init("run", .right), .init("strategy", shrinks: true), .init("params", wraps: true), .init("from", spare: 2),
    .init("Sharpe ratio", .right), .init("Annualized return", .right, spare: 1),
  ])
  for run in 1...3 {
    table.add([
      "\(run)", "a_strategy_with_a_rather_long_name", "lookback=252 skip=21 top_n=50 weighting=inverse_volatility",
      "2005-01-03", "0.98", "12.34%",
    ])
  }
  let lines = table.lines(Terminal(width: width))
  #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(lines)")
  let words = lines.joined(separator: " ").split(separator: " ").map(String.init)
  if width > 40 {
    for word in ["lookback=252", "skip=21", "top_n=50"] { #expect(words.count { $0 == word } == 3, "\(lines)") }
  }
  #expect(words.contains("0.98"))
  if width == 40 { #expect(!words.contains("2005-01-03") && !words.contains("12.34%")) }
}

@Test func whatIsCutIsCutBetweenWords() {
  let text = "the distance from the mean in deviations"
  #expect(DisplayWidth.fitted(text, to: 20, ellipsis: "…") == "the distance from…")
  #expect(DisplayWidth.fitted(text, to: 22, ellipsis: "…") == "the distance from the…")
  #expect(DisplayWidth.fitted("inverse_volatility.strat", to: 10, ellipsis: "…") == "inverse_v…")
  #expect(DisplayWidth.fitted("a inverse_volatility.strat", to: 10, ellipsis: "…") == "a inverse…")
}

@Test func colourIsUsedOnlyWhereThereIsColour() {
  var table = TextTable([.init("x", .right)])
  table.add([.init("-1", .red)])
  #expect(table.lines(plain)[2] == "-1")
  #expect(table.lines(Terminal(usesColour: true))[2] == "\u{1B}[31m-1\u{1B}[0m")
}

@Test(
  arguments: [
    (1_234_567.891, 2, "1,234,567.89"), (-0.001, 2, "0.00"), (0.0, 0, "0"), (-1234, 0, "-1,234"),
  ] as [(Double, Int, String)])
func fixedNumbersAreGrouped(value: Double, digits: Int, expected: String) {
  #expect(DisplayNumber(plain).fixed(value, digits) == expected)
}

@Test func fractionsReadAsPercentAndBasisPoints() {
  let number = DisplayNumber(plain)
  #expect(number.percent(0.1234) == "12.34%")
  #expect(number.basisPoints(0.0005) == "5 bps")
  #expect(number.basisPoints(0.00025) == "2.50 bps")
  #expect(number.percent(nil) == "-")
  #expect(number.compact(1_254_000) == "1.25M")
}

@Test func theTerminalIsJudgedByItsEnvironment() {
  func terminal(_ variables: [String: String]) -> Terminal { Terminal(descriptor: -1) { variables[$0] } }
  #expect(terminal(["LANG": "en_US.UTF-8"]).usesUnicode)
  #expect(!terminal(["LANG": "en_US.UTF-8", "LC_ALL": "C"]).usesUnicode)
  #expect(!terminal(["LANG": "en_US.UTF-8", "TERM": "dumb"]).usesUnicode)
  #expect(!terminal(["LANG": "en_US.UTF-8"]).usesColour)
  #expect(terminal(["COLUMNS": "120"]).width == 120)
  #expect(terminal(["COLUMNS": "no"]).width == 80)
}
