import MarketModel
import Reporting

/// Numbers as bars beside their names: what is above zero to the right of a line, what is below to its left, on one
/// scale.
///
/// Where all have one sign the line is the edge of the bars: the left one without negative numbers, the right one
/// without positive ones. A number too small for a column gets a sliver, and one that is missing says why.
struct BarPlot {
  /// A bar.
  struct Bar {
    /// Its name.
    var label: String
    /// Its length; missing ones have none.
    var value: Double
    /// The number as it is written.
    var number: String
  }

  private let bars: [Bar]
  private let terminal: Terminal
  private let labelWidth: Int
  private let numberWidth: Int
  /// The longest bar's magnitude; infinite ones are as long.
  private let largest: Double
  /// Columns to the left of the line.
  private let left: Int
  /// Columns to the right of it.
  private let right: Int
  /// Columns of the longest bar.
  private let longest: Double

  /// The fewest columns that bars get, however narrow the terminal is.
  private static let fewest = 8

  init(_ bars: [Bar], _ terminal: Terminal) {
    self.bars = bars
    self.terminal = terminal
    numberWidth = bars.map { DisplayWidth.of($0.number) }.max() ?? 0
    let labels = bars.map { DisplayWidth.of($0.label) }.max() ?? 0
    let hasNegative = bars.contains { $0.value < 0 }
    let around = numberWidth + 6 + (hasNegative ? 1 : 0)
    labelWidth = min(labels, max(BarPlot.fewest, terminal.width - around - BarPlot.fewest))
    let room = max(4, terminal.width - labelWidth - around)
    let finite = bars.map(\.value).filter(\.isFinite)
    let magnitude = finite.map(\.magnitude).max() ?? 0
    let largest = magnitude > 0 ? magnitude : 1
    self.largest = largest
    // Shares of the largest magnitude, so that no sum overflows.
    func share(_ isMeant: (Double) -> Bool) -> Double {
      bars.map(\.value).filter { isMeant($0) }.map { $0.isFinite ? $0.magnitude / largest : 1 }.max() ?? 0
    }
    let (below, above) = (share { $0 < 0 }, share { $0 > 0 })
    let columns = hasNegative ? Int((Double(room) * below / max(below + above, .leastNonzeroMagnitude)).rounded()) : 0
    left = !hasNegative ? 0 : above > 0 ? min(max(1, columns), room - 1) : room
    right = room - left
    longest = min(
      below > 0 ? Double(left) / below : .infinity, above > 0 ? Double(right) / above : .infinity, Double(room))
  }

  /// A line for each bar, within the width of the terminal, without spaces at its end.
  var lines: [String] {
    bars.map { bar in
      let label = DisplayWidth.fitted(bar.label, to: labelWidth, ellipsis: terminal.ellipsis)
      let text =
        "  " + label + space(labelWidth - DisplayWidth.of(label)) + "  "
        + space(numberWidth - DisplayWidth.of(bar.number)) + bar.number
      let body = left > 0 ? aroundLine(bar) : toTheRight(bar)
      return body.isEmpty ? text : text + "  " + body
    }
  }

  private func toTheRight(_ bar: Bar) -> String {
    bar.value.isNaN ? reason(bar, right) : terminal.paint(block(bar.value), Ink.sign(bar.value))
  }

  private func aroundLine(_ bar: Bar) -> String {
    let line = terminal.paint(terminal.usesUnicode ? "│" : "|", .dim)
    if bar.value.isNaN { return space(left) + line + reason(bar, right) }
    let block = block(bar.value)
    let painted = terminal.paint(block, Ink.sign(bar.value))
    return bar.value < 0 ? space(left - DisplayWidth.of(block)) + painted + line : space(left) + line + painted
  }

  /// Why it is missing, where there is room for it.
  private func reason(_ bar: Bar, _ room: Int) -> String {
    guard let reason = bar.value.missingReason, reason != .unspecified, reason.text.count + 2 <= room else { return "" }
    return terminal.paint("(\(reason.text))", .dim)
  }

  private func block(_ value: Double) -> String {
    guard value != 0 else { return "" }
    let share = value.isFinite ? value.magnitude / largest : 1
    let columns = min(Int((share * longest).rounded()), value < 0 ? left : right)
    if columns > 0 { return String(repeating: terminal.usesUnicode ? "█" : "#", count: columns) }
    return terminal.usesUnicode ? (value < 0 ? "▕" : "▏") : ""
  }

  private func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
