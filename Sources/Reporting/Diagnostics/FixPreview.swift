import Diagnostics

/// What the text would be with a diagnostic's fix-its made: a sentence, and the changed lines with marks under what is new.
///
/// ```
/// help: write `members`
///   |
/// 4 | let all = members()
///   |           ~~~~~~~
/// ```
struct FixPreview {
  let file: SourceFile
  let fixIts: [FixIt]
  let terminal: Terminal

  /// The lines; none if there is nothing to fix.
  func lines() -> [String] {
    guard let changed = changed() else { return [] }
    let excerpt = SourceExcerpt(
      file: changed.file, labels: changed.labels, terminal: terminal, firstLine: changed.firstLine)
    return [terminal.paint("help", .green) + ": " + sentence] + excerpt.lines(margin: excerpt.margin)
  }

  /// What to do, in words.
  var sentence: String {
    guard fixIts.count == 1, let fix = fixIts.first else { return "write it so" }
    let old = file.text(fix.span)
    let new = fix.text.trimmed
    if old.contains("\n") || new.contains("\n") || old.utf8.count > 60 || new.utf8.count > 60 { return "write it so" }
    if fix.text.isEmpty { return "remove `\(old.trimmed)`" }
    return new.isEmpty ? "write it so" : old.isEmpty ? "insert `\(new)`" : "write `\(new)`"
  }

  /// The affected lines after the change, as a file of their own, with labels for what is new.
  private struct Changed {
    var file: SourceFile
    var labels: [SourceExcerpt.Label]
    /// The number of its first line in the whole file.
    var firstLine: Int
  }

  /// The largest part of a line that is copied on each side of a change.
  private static let reach = 2_000

  private func changed() -> Changed? {
    let ordered = fixIts.enumerated().sorted {
      ($0.element.span.lower, $0.element.span.upper, $0.offset)
        < ($1.element.span.lower, $1.element.span.upper, $1.offset)
    }.map(\.element)
    guard let first = ordered.first, let last = ordered.last else { return nil }
    let firstLine = file.lineNumber(of: Int(first.span.lower))
    let lastLine = file.lineNumber(of: Int(last.span.upper))
    let start = max(file.line(firstLine).startIndex, Int(first.span.lower) - FixPreview.reach)
    let end = min(file.line(lastLine).endIndex, Int(last.span.upper) + FixPreview.reach)
    var bytes: [UInt8] = []
    var labels: [SourceExcerpt.Label] = []
    var place = start
    for fix in ordered {
      let (lower, upper) = (Int(fix.span.lower), Int(fix.span.upper))
      guard lower >= place, upper <= max(end, place) else { continue }
      bytes += file.bytes[place..<lower]
      let mark: Character = lower == upper ? "+" : "~"
      let leading = fix.text.utf8.prefix { $0 == 0x0A || $0 == 0x20 }.count
      let new = Span(bytes.count + leading, bytes.count + fix.text.utf8.count)
      bytes += fix.text.utf8
      if new.lower < new.upper { labels.append(SourceExcerpt.Label(span: new, mark: mark, ink: .green)) }
      place = upper
    }
    if place < end { bytes += file.bytes[place..<end] }
    // Where something only went away, its line is shown without a mark.
    if labels.isEmpty { labels = [SourceExcerpt.Label(span: Span(0, 0), mark: " ")] }
    return Changed(
      file: SourceFile(name: file.name, bytes: bytes), labels: Array(labels.prefix(8)), firstLine: firstLine)
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
