import Diagnostics

extension Lexer {
  /// The code point that starts at an index and how many bytes it takes; `nil` where the bytes are no UTF-8.
  func decode(at index: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= end else { return (nil, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      guard bytes[index + offset] & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, length)
  }

  /// Characters that reorder the text around them, so that it reads differently from what it says.
  static func isBidi(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    default: false
    }
  }

  /// Reports bytes of a comment or string that are no UTF-8, NULs and characters that reorder text.
  mutating func checkText(_ start: Int, _ stop: Int) {
    var index = start
    while index < stop {
      if bytes[index] >= 0x20, bytes[index] < 0x80 {
        index += 1
        continue
      }
      let (scalar, length) = decode(at: index)
      guard let scalar else {
        report(Diagnostic.invalidUTF8, index, index + 1)
        return
      }
      if Lexer.isBidi(scalar) || scalar.value == 0 {
        report({ Diagnostic.strayCharacter(scalar, at: $0) }, index, index + length)
        return
      }
      index += length
    }
  }

  /// A string on one line, with escapes and interpolations.
  mutating func string() -> TokenKind {
    if let string = tripleQuoted(0x22) { return string }
    let start = place
    place += 1
    var pieces: [StringToken.Piece] = []
    var text: [UInt8] = []
    func flush() {
      if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
      text.removeAll()
    }
    while place < end {
      switch bytes[place] {
      case 0x22:
        place += 1
        flush()
        checkText(start, place)
        return .string(StringToken(pieces: pieces))
      case 0x0A:
        report(Diagnostic.unclosedString, start, place)
        flush()
        return .string(StringToken(pieces: pieces))
      case 0x5C: escape(into: &text)
      case 0x7B:
        flush()
        guard let piece = interpolation() else { return .string(StringToken(pieces: pieces)) }
        pieces.append(piece)
      case 0x7D:
        report(Diagnostic.strayBrace, place, place + 1)
        place += 1
      default:
        text.append(bytes[place])
        place += 1
      }
    }
    report(Diagnostic.unclosedString, start, place)
    flush()
    return .string(StringToken(pieces: pieces))
  }

  private mutating func escape(into text: inout [UInt8]) {
    let start = place
    let code = peek(1)
    place = min(place + 2, end)
    switch code {
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x22, 0x5C, 0x7B, 0x7D: text.append(code)
    case 0x75:
      if let scalar = unicodeEscape() {
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
      } else {
        report(Diagnostic.badUnicodeEscape, start, place)
      }
    default:
      if code == 0x0A { place = start + 1 }
      report({ Diagnostic.unknownEscape(Unicode.Scalar(code), at: $0) }, start, place)
    }
  }

  /// The `{1F600}` of `\u{1F600}`.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard peek() == 0x7B else { return nil }
    place += 1
    var value: UInt32 = 0
    var digits = 0
    while place < end, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue, digits < 8 {
      value = value &* 16 &+ UInt32(digit)
      digits += 1
      place += 1
    }
    guard peek() == 0x7D else { return nil }
    place += 1
    return digits > 0 && digits <= 6 ? Unicode.Scalar(value) : nil
  }

  /// `{expression}` or `{expression:format}`: finds its end by brackets and strings, then reads the inside as tokens.
  /// Where it has no end, the rest of the line belongs to it: that is one error, and the line is looked at once.
  private mutating func interpolation() -> StringToken.Piece? {
    let open = place
    place += 1
    guard depth < 8 else {
      report(Diagnostic.nestedTooDeep, open, place)
      skipToLineEnd()
      return nil
    }
    var isTooDeep = false
    guard let inside = extent(ofInterpolation: place, level: 0, &isTooDeep) else {
      skipToLineEnd()
      report(isTooDeep ? Diagnostic.nestedTooDeep : Diagnostic.unclosedInterpolation, open, open + 1)
      return nil
    }
    var inner = Lexer(file, from: open + 1, to: inside.expressionEnd, depth: depth + 1)
    let tokens = inner.tokens()
    diagnostics.append(contentsOf: inner.diagnostics)
    if tokens.count == 1 { report(Diagnostic.emptyInterpolation, open, inside.close + 1) }
    var format: FormatText?
    if inside.expressionEnd < inside.close {
      let span = Span(inside.expressionEnd + 1, inside.close)
      format = FormatText(file.text(span), span)
    }
    place = inside.close + 1
    return .tokens(tokens, format: format)
  }

  private mutating func skipToLineEnd() { while place < end, bytes[place] != 0x0A { place += 1 } }

  /// From behind an opening brace: where the expression ends (at its format's colon) and where the brace is closed.
  private func extent(
    ofInterpolation start: Int, level: Int, _ isTooDeep: inout Bool
  ) -> (expressionEnd: Int, close: Int)? {
    guard level < 10 else {
      isTooDeep = true
      return nil
    }
    var brackets = 0
    var index = start
    while index < end, bytes[index] != 0x0A {
      switch bytes[index] {
      case 0x22:
        guard let after = skip(stringAt: index, level: level + 1, &isTooDeep) else { return nil }
        index = after
        continue
      case 0x28, 0x5B, 0x7B: brackets += 1
      case 0x29, 0x5D: brackets -= 1
      case 0x3A where brackets <= 0:
        // The format is raw text up to the brace.
        guard let close = bytes[index..<end].firstIndex(where: { $0 == 0x7D || $0 == 0x0A }), bytes[close] == 0x7D
        else { return nil }
        return (index, close)
      case 0x7D:
        if brackets <= 0 { return (index, index) }
        brackets -= 1
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The index behind a string that starts at an index; `nil` if it does not end on its line.
  private func skip(stringAt start: Int, level: Int, _ isTooDeep: inout Bool) -> Int? {
    var index = start + 1
    while index < end, bytes[index] != 0x0A {
      switch bytes[index] {
      case 0x22: return index + 1
      case 0x5C: index += 2
      case 0x7B:
        guard let inside = extent(ofInterpolation: index + 1, level: level, &isTooDeep) else { return nil }
        index = inside.close + 1
      default: index += 1
      }
    }
    return nil
  }
}
