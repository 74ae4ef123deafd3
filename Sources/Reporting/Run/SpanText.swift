import MarketModel

/// A stretch of sessions as people read it.
enum SpanText {
  /// `2005-01-03 – 2019-12-31`; empty without a session.
  static func text(_ days: [Day], _ terminal: Terminal) -> String {
    guard let first = days.first, let last = days.last else { return "" }
    return "\(first) \(terminal.usesUnicode ? "–" : "-") \(last)"
  }
}
