import MarketModel
import Reporting
import Testing

@testable import REPL

@Suite struct BarPlotTests {
  private func lines(_ values: [(String, Double)], width: Int = 50, unicode: Bool = false) -> [String] {
    let bars = values.map { BarPlot.Bar(label: $0.0, value: $0.1, number: $0.1.isNaN ? "na" : NumberShown.text($0.1)) }
    return BarPlot(bars, Terminal(width: width, usesUnicode: unicode)).lines
  }

  /// Where the zero line stands, and the bars to its left and right.
  private func parts(_ line: String) -> (line: Int, left: Int, right: Int)? {
    guard let place = line.firstIndex(of: "|") else { return nil }
    let column = line.distance(from: line.startIndex, to: place)
    return (column, line[..<place].count { $0 == "#" }, line[place...].count { $0 == "#" })
  }

  @Test func barsBelowZeroGoToTheLeftOfTheLine() throws {
    let done = Transcript.of(lines: [":plot [\"SPY\": 0.3, \"TLT\": -0.2]"])
    let rows = done.answers.split(separator: "\n").map(String.init)
    try #require(rows.count == 2)
    let spy = try #require(rows[0].firstIndex(of: "│"))
    let tlt = try #require(rows[1].firstIndex(of: "│"))
    #expect(rows[0].distance(from: rows[0].startIndex, to: spy) == rows[1].distance(from: rows[1].startIndex, to: tlt))
    #expect(rows[0].contains("SPY") && !rows[0][..<spy].contains("█") && rows[0][spy...].contains("█"))
    #expect(rows[1].contains("TLT") && rows[1][..<tlt].contains("█") && !rows[1][tlt...].contains("█"))
    // One scale on both sides.
    let (right, left) = (rows[0].count { $0 == "█" }, rows[1].count { $0 == "█" })
    #expect(abs(Double(left) / Double(right) - 2.0 / 3) < 0.05)
  }

  @Test(arguments: [40, 53, 80, 160])
  func mixedBarsShareALineAndFillTheWidth(_ width: Int) throws {
    let shown = lines([("a", 3), ("bb", 1), ("c", 0), ("d", -2), ("e", .missing(.stale))], width: width)
    let places = try shown.map { try #require(parts($0)) }
    #expect(Set(places.map(\.line)).count == 1)
    #expect(shown.allSatisfy { $0.count <= width })
    #expect(shown[0].count == width)
    #expect(places[0].left == 0 && places[0].right > places[1].right && places[1].right > 0)
    #expect(places[2].left == 0 && places[2].right == 0)
    #expect(places[3].left > 0 && places[3].right == 0)
    #expect(shown[4].hasSuffix("na" + String(repeating: " ", count: places[4].line - 8) + "|(stale)"))
  }

  @Test func ofOneSignTheLineIsAtTheEdge() throws {
    let above = lines([("a", 2), ("b", 1)])
    #expect(above[0].hasSuffix("  a  2  " + String(repeating: "#", count: 42)))
    #expect(above[1].hasSuffix("  b  1  " + String(repeating: "#", count: 21)))
    let below = lines([("a", -1), ("b", -2)])
    #expect(below.allSatisfy { $0.hasSuffix("|") && $0.count == 50 })
    #expect(try #require(parts(below[1])).left == 2 * (try #require(parts(below[0])).left))
  }

  @Test func noNumberBreaksTheFrame() {
    let hostile: [[(String, Double)]] = [
      [("a", 1e308), ("b", -1e308)], [("a", .leastNonzeroMagnitude), ("b", -.leastNonzeroMagnitude)],
      [("a", 1), ("b", -.leastNonzeroMagnitude)],
      [("a", -1), ("b", 1e-300)],
      [("a", .infinity), ("b", 1), ("c", -.infinity)], [("a", .infinity)], [("a", 0), ("b", -0.0)],
      [("a", .missing(.unspecified))], [("a", .missing(.insufficientHistory)), ("b", -1)], [],
      [(String(repeating: "long", count: 50), -1), ("日本", 2)],
    ]
    for values in hostile {
      for width in [1, 40, 200] {
        for unicode in [true, false] {
          let shown = lines(values, width: width, unicode: unicode)
          #expect(shown.count == values.count)
          #expect(shown.allSatisfy { DisplayWidth.of($0) <= max(40, width) }, "\(values) \(shown)")
        }
      }
    }
  }

  @Test func whatIsTooSmallForAColumnIsSeen() {
    #expect(lines([("a", 1), ("b", 1e-9), ("c", -1e-9)], unicode: true).map { $0.last } == ["█", "▏", "│"])
    #expect(lines([("a", 1), ("c", -1e-9)], unicode: true)[1].hasSuffix("▕│"))
  }
}
