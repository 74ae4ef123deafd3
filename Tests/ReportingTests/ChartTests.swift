import MarketModel
import Reporting
import Testing

private let ascii = Terminal(width: 40, usesUnicode: false)

private func points(_ values: [Double]) -> [(day: Day, value: Double)] {
  values.enumerated().map { (Day($0.offset), $0.element) }
}

@Test func aRisingLineRunsFromTheLowerLeftToTheUpperRight() {
  let lines = BrailleChart(points((0..<200).map(Double.init))).lines(ascii, height: 5)
  #expect(lines.count == 6)
  #expect(lines[0].hasSuffix("*"))
  #expect(lines[4].contains("+*"))
  #expect(lines[0].contains("199"))
  #expect(lines[5].contains("1970-01-01") && lines[5].contains("1970-07-19"))
}

@Test func chartsStayWithinTheTerminal() {
  for width in [40, 57, 80, 133] {
    for usesUnicode in [true, false] {
      let terminal = Terminal(width: width, usesUnicode: usesUnicode)
      let values = (0..<1000).map { Double(($0 * 7919) % 101) }
      let lines =
        BrailleChart(points(values)).lines(terminal) + DrawdownChart(points(values.map { -$0 / 101 })).lines(terminal)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
      #expect(usesUnicode || lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    }
  }
}

@Test func degenerateSeriesAreDrawn() {
  #expect(BrailleChart(points([])).lines(ascii).isEmpty)
  #expect(!BrailleChart(points([5])).lines(ascii).isEmpty)
  #expect(!BrailleChart(points([5, 5, 5])).lines(ascii).isEmpty)
  #expect(!DrawdownChart(points([0])).lines(ascii).isEmpty)
}

@Test func numbersOfAnySizeAreDrawnWithinTheTerminal() {
  let most = Double.greatestFiniteMagnitude
  for values in [
    [most, -most, 0, most], [-most, -most], [most], [1e300, 1e-300, .leastNonzeroMagnitude], [.nan, 1e308],
  ] {
    for terminal in [ascii, Terminal(width: 40, usesUnicode: true)] {
      let lines = BrailleChart(points(values)).lines(terminal)
      #expect(!lines.isEmpty && lines.allSatisfy { DisplayWidth.of($0) <= 40 }, "\(lines)")
      #expect(DrawdownChart(points(values)).lines(terminal).allSatisfy { !$0.contains("inf") && !$0.contains("nan") })
    }
  }
}

@Test func hugeNumbersAreShownByTheirPowerOfTen() {
  let number = DisplayNumber(ascii)
  #expect(number.fixed(1e299) == "1.00e+299" && number.fixed(-2.5e18, 0) == "-2.50e+18")
  #expect(number.fixed(1e17, 0) == "100,000,000,000,000,000")
  #expect(number.compact(-1.7e308) == "-1.70e+308" && number.percent(1e307) == number.fixed(nil))
}

@Test func drawdownsHangFromZero() {
  let lines = DrawdownChart(points([0, 0, 0, -0.2, -0.2, -0.2, 0, 0, 0])).lines(ascii, height: 3)
  #expect(lines[0].contains("0.0%") && lines[0].contains("###"))
  #expect(lines[2].contains("-20.0%") && lines[2].contains("###"))
}
