import MarketModel
import Reporting

/// Tracks as one SVG file without scripts, fonts or colours from elsewhere; it reads in light and dark.
struct PlotSVG {
  private let tracks: [PlotTrack]
  private let title: String
  private let isDated: Bool
  private let bounds: PlotBounds
  private let width = 800.0
  private let height = 400.0
  private let left = 64.0
  private let right = 16.0
  private let top = 40.0
  private let bottom = 32.0

  private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]

  /// `nil` if no track has a value.
  init?(_ tracks: [PlotTrack], title: String, isDated: Bool) {
    guard let bounds = PlotBounds(tracks) else { return nil }
    self.tracks = tracks
    self.title = title
    self.isDated = isDated
    self.bounds = bounds
  }

  /// The file's text.
  var text: String {
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 400\" width=\"800\" height=\"400\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      "<style>text{font:12px sans-serif;fill:#333}.grid{stroke:#999;stroke-opacity:.3}"
        + ".track{fill:none;stroke-width:1.5;stroke-linejoin:round}"
        + "@media(prefers-color-scheme:dark){text{fill:#ccc}svg{background:#111}}</style>",
    ]
    lines += valueAxis() + dateAxis()
    for (number, track) in tracks.enumerated() { lines += path(track, PlotSVG.colours[number % PlotSVG.colours.count]) }
    return (lines + legend() + ["</svg>", ""]).joined(separator: "\n")
  }

  // MARK: Axes

  private func valueAxis() -> [String] {
    PlotSVG.ticks(bounds.y, about: 6).flatMap { tick in
      let y = number(place(y: tick))
      return [
        "<line class=\"grid\" x1=\"\(number(left))\" x2=\"\(number(width - right))\" y1=\"\(y)\" y2=\"\(y)\"/>",
        "<text x=\"\(number(left - 6))\" y=\"\(y)\" dy=\".35em\" text-anchor=\"end\">"
          + "\(DisplayDecimals.fixed(tick, 6))</text>",
      ]
    }
  }

  private func dateAxis() -> [String] {
    let y = number(height - bottom + 18)
    if !isDated {
      return PlotSVG.ticks(bounds.x, about: 6).map { tick in
        "<text x=\"\(number(place(x: tick)))\" y=\"\(y)\" text-anchor=\"middle\">\(DisplayDecimals.fixed(tick, 6))</text>"
      }
    }
    return (0...4).map { step in
      let x = bounds.x.lowerBound + (bounds.x.upperBound - bounds.x.lowerBound) * Double(step) / 4
      let anchor = step == 0 ? "start" : step == 4 ? "end" : "middle"
      return "<text x=\"\(number(place(x: x)))\" y=\"\(y)\" text-anchor=\"\(anchor)\">"
        + "\(Day(rawValue: Int32(x.rounded())))</text>"
    }
  }

  /// Round numbers in a range: 1, 2 or 5 times a power of ten apart.
  static func ticks(_ range: ClosedRange<Double>, about count: Int) -> [Double] {
    let rough = (range.upperBound - range.lowerBound) / Double(count)
    guard rough >= .leastNormalMagnitude, rough.isFinite else { return [] }
    var power = 1.0
    while power * 10 <= rough { power *= 10 }
    while power > rough { power /= 10 }
    let step = power * (rough / power >= 5 ? 10 : rough / power >= 2 ? 5 : rough / power > 1 ? 2 : 1)
    let first = Int((range.lowerBound / step).rounded(.up))
    let last = Int((range.upperBound / step).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  // MARK: Tracks

  private func path(_ track: PlotTrack, _ colour: String) -> [String] {
    var data = ""
    var isOpen = false
    for point in track.points {
      guard !point.y.isNaN else {
        isOpen = false
        continue
      }
      data += (isOpen ? "L" : "M") + number(place(x: point.x)) + " " + number(place(y: point.y))
      isOpen = true
    }
    return data.isEmpty ? [] : ["<path class=\"track\" stroke=\"\(colour)\" d=\"\(data)\"/>"]
  }

  private func legend() -> [String] {
    var x = left
    return tracks.enumerated().map { number, track in
      let colour = PlotSVG.colours[number % PlotSVG.colours.count]
      let line =
        "<text x=\"\(self.number(x))\" y=\"24\" style=\"fill:\(colour)\">\(escaped(track.name))</text>"
      x += 20 + 7 * Double(track.name.count)
      return line
    }
  }

  private func place(x: Double) -> Double {
    left + ChartShare.of(x, from: bounds.x.lowerBound, to: bounds.x.upperBound) * (width - left - right)
  }

  private func place(y: Double) -> Double {
    top + ChartShare.of(y, from: bounds.y.upperBound, to: bounds.y.lowerBound) * (height - top - bottom)
  }

  private func number(_ value: Double) -> String { DisplayDecimals.fixed(value, 2) }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
