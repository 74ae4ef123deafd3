import Kernels
import MarketModel

/// A value as a trace shows it: one short line, however large it is.
struct TraceText {
  var text = ""
  var reason: MissingReason?
  var count: Int?
  /// It is missing, or a list or map with an item that is.
  var isMissing = false
  /// The value itself where it is small.
  var constant: Constant?

  private static let items = 4
  private static let longest = 72
  private static let searched = 2_000

  /// Reads a value. What a series needs to be computed for it is charged as any evaluation; where that fails, the text
  /// says what can be said, and the evaluation goes on as if it had not been asked.
  init(_ value: Value, _ evaluation: Evaluation) {
    let fault = evaluation.machine.fault
    defer { evaluation.machine.fault = fault }
    text = describe(value, evaluation, depth: 0)
    defer { isMissing = isMissing || reason != nil }
    switch value.kind {
    case .number:
      reason = value.raw.missingReason
      constant = .number(value.raw)
    case .series:
      guard let series = value.series else { return }
      count = series.count
      reason = (try? series.latest(evaluation))?.missingReason
    case .list:
      guard let list = value.list else { return }
      count = list.count
      isMissing = (0..<min(list.count, TraceText.searched)).contains { isMissing(list[$0], evaluation) }
    case .map:
      guard let map = value.map else { return }
      count = map.count
      isMissing = (0..<min(map.count, TraceText.searched)).contains { isMissing(map.entries[$0].value, evaluation) }
    case .bool, .string, .date, .duration, .none: constant = Constant(value)
    case .function: break
    }
  }

  private func isMissing(_ item: Value, _ evaluation: Evaluation) -> Bool {
    if item.isNumber { return item.raw.isNaN }
    guard let series = item.series else { return false }
    return (try? series.latest(evaluation))?.isNaN ?? false
  }

  /// A piece of source on one line, cut where it is long.
  static func oneLine(_ text: String) -> String {
    var words = text.prefix(400).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.count > longest { words = words.prefix(longest - 1) + "…" }
    return words
  }

  private func describe(_ value: Value, _ evaluation: Evaluation, depth: Int) -> String {
    switch value.kind {
    case .number: return ValueText.number(value.raw)
    case .bool: return value.bool == true ? "true" : "false"
    case .string: return TraceText.oneLine(ValueText.quoted(String(value.string?.text.prefix(200) ?? "")))
    case .date: return value.day?.description ?? ""
    case .duration: return value.duration?.description ?? ""
    case .none: return "none"
    case .function: return "<function \(value.function?.name ?? "")>"
    case .series: return value.series.map { series($0, evaluation) } ?? ""
    case .list:
      guard let list = value.list else { return "" }
      if list.count == 0 { return "[]" }
      if depth > 1 { return "[…]" }
      return sequence(list.count) { describe(list[$0], evaluation, depth: depth + 1) }
    case .map:
      guard let map = value.map else { return "" }
      if map.count == 0 { return "[:]" }
      if depth > 1 { return "[…]" }
      return sequence(map.count) { place in
        let entry = map.entries[place]
        return describe(entry.key, evaluation, depth: depth + 1) + ": "
          + describe(entry.value, evaluation, depth: depth + 1)
      }
    }
  }

  private func sequence(_ count: Int, _ item: (Int) -> String) -> String {
    var parts = (0..<min(count, TraceText.items)).map(item)
    if count > TraceText.items { parts.append("… \(count - TraceText.items) more") }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  private func series(_ series: SeriesRef, _ evaluation: Evaluation) -> String {
    guard series.count > 0 else { return "an empty series" }
    let latest = (try? series.latest(evaluation)).map(ValueText.number) ?? "?"
    return "\(latest), the latest of \(series.count) to \(Day(rawValue: series.days[series.count - 1]))"
  }
}
