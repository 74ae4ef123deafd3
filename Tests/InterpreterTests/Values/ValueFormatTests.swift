import MarketModel
import Testing

@testable import Interpreter

@Suite struct ValueFormatTests {
  private func check(
    _ sample: Sample, _ spec: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(BuiltinBench().result("format", [sample, .text(spec)]) == expected, sourceLocation: sourceLocation)
  }

  @Test func numbersAsInPython() {
    check(3.14159, ".2f", "3.14")
    check(0.1234, ".1%", "12.3%")
    check(1234567.891, ",.2f", "1,234,567.89")
    check(1234, "010,", "00,001,234")
    check(-5, "06.1f", "-005.0")
    check(5, "+d", "+5")
    check(5.5, "d", "E0401")
    check(0.00001234, "e", "1.234000e-05")
    check(1234567, "g", "1.23457e+06")
    check(7, "*^5", "**7**")
    check(7, "<4", "7   ")
    check(-0.0, "", "0")
    check(2.5, ".0f", "2")
    check(.na, "8.2f", "      na")
    check(.na, "05", "   na")
    check(.series([("2024-01-01", 1), ("2024-01-02", 2.345)]), ".1f", "2.3")
  }

  @Test func otherValues() {
    check("SPY", "6", "SPY   ")
    check("SPY", ">6", "   SPY")
    check("SPY", ".^7", "..SPY..")
    check("momentum", ".3", "mom")
    check("SPY", ".2f", "E0401")
    check(true, ">6", "  true")
    check(true, "d", "E0401")
    check([1, 2], "8", "[1, 2]  ")
    check(nil, ".2f", "none")
    check(.day("2024-03-05"), "%Y%m%d", "20240305")
    check(.day("2024-03-05"), "%d %b %Y", "05 Mar 2024")
    check(.day("2024-03-05"), ">12", "  2024-03-05")
    check(.day("2024-03-05"), ".2f", "E0401")
    check(1, "%Y", "E0401")
    check(.na, "%Y", "na")
  }

  @Test func badFormats() {
    for spec in ["?", ".f", "5x", "%q", "99999", ".999f", "%Y%"] { check(1, spec, "E0401") }
  }

  @Test func numbersPrintShortest() {
    for (number, text) in [
      (1.0, "1"), (0.1, "0.1"), (1e16, "1e+16"), (1e15, "1000000000000000"), (1e-5, "1e-05"), (0.0001, "0.0001"),
      (-0.0, "0"), (1.5e300, "1.5e+300"),
    ] { #expect(ValueText.number(number) == text) }
  }
}
