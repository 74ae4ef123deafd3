import Kernels
import MarketModel
import Testing

@Suite struct NumberTextTests {
  static let rows = Reference.rows("number_text.tsv")

  private func check(_ kind: String, _ body: ([String]) -> (found: String, expected: String)) {
    let rows = Self.rows.filter { $0[0] == kind }
    #expect(rows.count > 100)
    for row in rows {
      let (found, expected) = body(row)
      if found != expected { Issue.record("\(row): found \(found)") }
    }
  }

  @Test func shortestTextIsPythons() {
    check("repr") { (NumberText.shortest(Double($0[1]) ?? 0), $0[2]) }
    #expect(NumberText.shortest(.missing(.stale)) == "na")
  }

  @Test func formatsArePythons() throws {
    check("format") { row in
      let text = (try? NumberFormat(parsing: row[1]))?.text(Double(row[2]) ?? 0)
      return (
        text ?? "nil",
        row[3].hasSuffix(".0") && NumberFormatTests.isShortest(row[1]) ? String(row[3].dropLast(2)) : row[3]
      )
    }
  }

  @Test func roundingIsPythons() {
    check("round") { row in
      let found = DecimalRounding.round(Double(row[1]) ?? 0, digits: Int(row[2]) ?? 0)
      return (found.isNaN ? "na" : found.description, row[3] == "na" ? "na" : Double(row[3])?.description ?? "")
    }
  }

  @Test func flooredRemainderIsPythons() {
    check("mod") { row in
      let found = ElementaryFunctions.flooredRemainder(Double(row[1]) ?? 0, Double(row[2]) ?? 0)
      return (found.description, Double(row[3])?.description ?? "")
    }
  }

  @Test(
    arguments: [
      ("1", 1), ("-1.5", -1.5), ("+2e3", 2000), (".5", 0.5), ("5.", 5), ("1E-5", 1e-5), ("007", 7), ("0.1", 0.1),
      ("123456789012345678901234567890", 123456789012345678901234567890.0), ("-0", -0.0), ("0e999999999999", 0),
      ("2.2250738585072011e-308", .leastNormalMagnitude.nextDown), ("9007199254740993", 9007199254740992),
      ("0.000000000000000000000000000000123", 1.23e-31), ("1e-400", 0),
    ] as [(String, Double)]) func readsDecimals(_ text: String, _ expected: Double)
  {
    #expect(NumberText.parse(text)?.bitPattern == expected.bitPattern, "\(text)")
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "inf", "nan", "na", "0x10", "1_000", "1,000", " 1", "1 ", "1.2.3", "--1", "١",
    "1f",
    "1e5.0",
  ]) func refusesOtherText(_ text: String) {
    #expect(NumberText.parse(text) == nil)
  }

  @Test func readingBackGivesTheSameNumber() {
    for row in Self.rows where row[0] == "repr" {
      guard let value = Double(row[1]), value != 0 else { continue }
      #expect(NumberText.parse(NumberText.shortest(value))?.bitPattern == value.bitPattern)
    }
    #expect(NumberText.parse("1e999")?.missingReason == .overflow)
    #expect(NumberText.parse("-1e400")?.missingReason == .overflow)
  }
}

@Suite struct NumberFormatTests {
  /// Formats without a notation show the shortest text, where Python appends `.0` to whole floats.
  static func isShortest(_ spec: String) -> Bool { spec.last.map { !"feg%d".contains($0) } ?? true }

  @Test(arguments: [
    (".2f", "na"), ("8.2f", "      na"), ("<8", "na      "), ("08.2f", "      na"), ("*^6", "**na**"),
    ("=+8", "      na"),
  ]) func missingNumbersAreNa(_ spec: String, _ expected: String) throws {
    #expect(try NumberFormat(parsing: spec).text(.missing(.stale)) == expected)
  }

  @Test(arguments: [("5", 3.0, "    3"), (".3", 3, "3"), (".3", 1234.5, "1.23e+03"), ("", -0.0, "0")])
  func wholeNumbersHaveNoPoint(_ spec: String, _ value: Double, _ expected: String) throws {
    #expect(try NumberFormat(parsing: spec).text(value) == expected)
  }

  @Test func onlyWholeNumbersAreWhole() throws {
    #expect(try NumberFormat(parsing: "d").text(2.5) == nil)
  }

  @Test(arguments: [
    ("q", NumberFormat.Failure.unreadable(rest: "q")), (".", .unreadable(rest: ".")), ("5.2x", .unreadable(rest: "x")),
    (".2d", .digitsOfWhole), ("99999999999999999999", .width(limit: 1000)), (".9999f", .digits(limit: 400)),
    ("1001", .width(limit: 1000)), ("%Y", .unreadable(rest: "Y")),
  ]) func refusesOtherFormats(_ spec: String, _ expected: NumberFormat.Failure) {
    #expect(throws: expected) { try NumberFormat(parsing: spec) }
  }
}
