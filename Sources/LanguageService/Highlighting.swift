import Diagnostics
public import Syntax

/// A stretch of a text and what it is, for colours.
public struct HighlightedRun: Equatable, Sendable {
  /// The text.
  public let text: String
  /// What it is; `nil` for blanks between words.
  public let kind: ColoredText.Kind?
}

/// A text in runs that together are the whole of it, byte for byte where it is UTF-8.
///
/// Commands of a prompt are no language: a first line that begins with `:` is one run without a kind.
public func highlight(_ text: String) -> [HighlightedRun] {
  let bytes = Array(text.utf8)
  if bytes.first(where: { $0 != 0x20 && $0 != 0x09 }) == 0x3A { return [HighlightedRun(text: text, kind: nil)] }
  var runs: [HighlightedRun] = []
  var place = 0
  func add(_ end: Int, _ kind: ColoredText.Kind?) {
    guard end > place else { return }
    runs.append(HighlightedRun(text: String(decoding: bytes[place..<end], as: UTF8.self), kind: kind))
    place = end
  }
  for word in ColoredText(SourceFile(name: "", bytes: bytes)).words {
    add(Int(word.span.lower), nil)
    add(Int(word.span.upper), word.kind)
  }
  add(bytes.count, nil)
  return runs
}
