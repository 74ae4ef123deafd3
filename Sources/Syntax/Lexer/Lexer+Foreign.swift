import Diagnostics

/// Comments and strings of other languages, read as such so that the rest of the text still makes sense.
extension Lexer {
  /// A comment of another language: its marks, and what would stand in their place.
  struct ForeignComment {
    var span: Span
    var fixIts: [FixIt]
  }

  /// Skips `// …`, `/* … */` or `-- …`; false if none stands here.
  ///
  /// `//` behind code is a division that rounds down, unless prose follows.
  mutating func skipForeignComment(startsLine: Bool) -> Bool {
    let start = place
    if peek() == 0x2F, peek(1) == 0x2A {
      skipBlockComment()
      return true
    }
    guard peek(1) == peek() else { return false }
    if peek() == 0x2D {
      guard startsLine, peek(2) == 0x20 || peek(2) == 0x2D || peek(2) == 0x0A else { return false }
    } else if !startsLine, !isProse(from: place + 2) {
      return false
    }
    while place < end, bytes[place] != 0x0A { place += 1 }
    let stop = place > start && bytes[place - 1] == 0x0D ? place - 1 : place
    comments.append(Span(start, stop))
    var marks = start + 2
    while marks < stop, bytes[marks] == bytes[start] { marks += 1 }
    foreignComments.append(
      ForeignComment(span: Span(start, start + 2), fixIts: [FixIt(Span(start, marks), "#")]))
    return true
  }

  private mutating func skipBlockComment() {
    let start = place
    place += 2
    while place < end, !(bytes[place] == 0x2A && peek(1) == 0x2F) { place += 1 }
    let isClosed = place < end
    let stop = place
    place = min(end, place + 2)
    comments.append(Span(start, place))
    // A comment that ends with its line becomes one; each line of a longer one begins with the mark.
    var fixIts = [FixIt(Span(start, start + 2), "#")]
    for index in start..<stop where bytes[index] == 0x0A { fixIts.append(FixIt(Span(index + 1, index + 1), "# ")) }
    if isClosed { fixIts.append(FixIt(Span(stop, stop + 2), "")) }
    let endsLine = place >= end || bytes[place] == 0x0A || bytes[place] == 0x0D
    foreignComments.append(ForeignComment(span: Span(start, start + 2), fixIts: endsLine ? fixIts : []))
  }

  /// Whether the rest of the line reads as words: two of them in a row, as code never has them.
  private func isProse(from start: Int) -> Bool {
    var index = start
    while index < end, bytes[index] == 0x20 { index += 1 }
    if index >= end || bytes[index] == 0x0A { return true }
    var words = 0
    while index < end, bytes[index] != 0x0A, words < 2 {
      guard Lexer.isNameStart(bytes[index]) else { return false }
      while index < end, Lexer.isNamePart(bytes[index]) { index += 1 }
      words += 1
      guard index < end, bytes[index] == 0x20 else { return words == 2 }
      while index < end, bytes[index] == 0x20 { index += 1 }
    }
    return words == 2
  }

  /// One answer for all comments of the file, which mends them all.
  mutating func reportForeignComments() {
    guard let first = foreignComments.first else { return }
    let place = diagnostics.count
    report({ Diagnostic.foreign("a comment begins with `#`", at: $0) }, Int(first.span.lower), Int(first.span.upper))
    if place < diagnostics.count { diagnostics[place].fixIts = foreignComments.flatMap(\.fixIts) }
  }

  // MARK: Strings

  /// `"""text"""`, over lines or on one; `nil` if none stands here.
  mutating func tripleQuoted(_ quote: UInt8) -> TokenKind? {
    guard peek() == quote, peek(1) == quote, peek(2) == quote else { return nil }
    let start = place
    var stop = place + 3
    while stop < end, !(bytes[stop] == quote && stop + 2 < end && bytes[stop + 1] == quote && bytes[stop + 2] == quote)
    {
      stop += 1
    }
    let isClosed = stop < end
    let text = String(decoding: bytes[min(end, start + 3)..<stop], as: UTF8.self)
    place = isClosed ? stop + 3 : end
    report({ Diagnostic.tripleQuotes(text, isClosed: isClosed, at: $0) }, start, place)
    return .string(StringToken(pieces: [.text(text)]))
  }

  /// Characters that word processors, web pages and keyboards put in place of those of the language.
  static let lookAlikes: [UInt32: String] = [
    0x00A0: " ", 0x2007: " ", 0x2009: " ", 0x200A: " ", 0x202F: " ", 0x3000: " ", 0x200B: " ",
    0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-",
    0x00D7: "*", 0x00F7: "/", 0x2264: "<=", 0x2265: ">=", 0x2260: "!=", 0x2192: "->",
  ]

  /// A character that looks like one of ours: reported, then read as it. A blank gives `nil`.
  mutating func lookAlike(_ scalar: Unicode.Scalar, _ ours: String, length: Int) -> Symbol? {
    report({ Diagnostic.strayCharacter(scalar, at: $0) }, place, place + length)
    place += length
    return Symbol(rawValue: ours)
  }

  /// `“text”` and its like: reported, then read as a string.
  mutating func curlyQuoted(_ length: Int) -> TokenKind {
    let start = place
    var stop = place + length
    var closing = 0
    while stop < end, bytes[stop] != 0x0A, closing == 0 {
      let (scalar, size) = decode(at: stop)
      if let scalar, [0x2018, 0x2019, 0x201C, 0x201D, 0x22].contains(scalar.value) {
        closing = size
      } else {
        stop += size
      }
    }
    let text = String(decoding: bytes[start + length..<stop], as: UTF8.self)
    place = stop + closing
    report({ Diagnostic.curlyQuotes(text, isClosed: closing > 0, at: $0) }, start, place)
    return .string(StringToken(pieces: [.text(text)]))
  }

  /// `'text'`
  mutating func singleQuoted() -> TokenKind {
    if let string = tripleQuoted(0x27) { return string }
    let start = place
    var stop = place + 1
    while stop < end, bytes[stop] != 0x27, bytes[stop] != 0x0A { stop += 1 }
    let closed = stop < end && bytes[stop] == 0x27
    let text = String(decoding: bytes[start + 1..<stop], as: UTF8.self)
    place = closed ? stop + 1 : stop
    report({ Diagnostic.singleQuotes(text, at: $0) }, start, place)
    return .string(StringToken(pieces: [.text(text)]))
  }
}
