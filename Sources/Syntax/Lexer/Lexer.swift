import Diagnostics
import MarketModel

/// Reads bytes into tokens. Never fails: what cannot be read becomes an `invalid` token and a diagnostic.
///
/// Newlines are not tokens; each token knows whether one stands before it, and the parser, which knows the innermost
/// bracket, decides whether it ends a statement.
struct Lexer {
  let file: SourceFile
  let bytes: [UInt8]
  var place: Int
  let end: Int
  var diagnostics: [Diagnostic] = []
  var comments: [Span] = []
  /// How deep in strings within strings.
  let depth: Int
  /// Comments in other languages' spellings, which one diagnostic answers.
  var foreignComments: [ForeignComment] = []
  private var pendingDocumentation: [String] = []

  /// Reads a whole file.
  init(_ file: SourceFile) {
    self.init(file, from: 0, to: file.bytes.count, depth: 0)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// Reads a part of a file, such as an interpolation.
  init(_ file: SourceFile, from start: Int, to end: Int, depth: Int) {
    self.file = file
    bytes = file.bytes
    place = start
    self.end = end
    self.depth = depth
  }

  /// Words and signs of a script. The longest of those written by hand have some ten thousand; what is longer is a list
  /// of data, and belongs into a data folder.
  static let tokenLimit = 250_000

  func peek(_ offset: Int = 0) -> UInt8 { place + offset < end ? bytes[place + offset] : 0 }

  /// All tokens, the `end` token last.
  mutating func tokens() -> [Token] {
    var result: [Token] = []
    while true {
      let startsLine = skipTrivia(atStart: result.isEmpty && depth == 0)
      let start = place
      if result.count >= Lexer.tokenLimit, place < end {
        report(Diagnostic.tooLong, place, place + 1)
        // What does not fit behind it follows from the cut.
        result.append(Token(kind: .invalid, span: Span(place, place + 1), startsLine: startsLine))
        place = end
      }
      guard place < end else {
        result.append(
          Token(kind: .end, span: Span(end, end), startsLine: startsLine, documentation: takeDocumentation()))
        reportForeignComments()
        return result
      }
      let documentation = takeDocumentation()
      let kind = token()
      // Every turn reads at least a byte, so the loop ends.
      if place == start { place += 1 }
      result.append(
        Token(kind: kind, span: Span(start, place), startsLine: startsLine, documentation: documentation))
    }
  }

  mutating func report(_ diagnostic: (Location) -> Diagnostic, _ start: Int, _ stop: Int) {
    // A file of nonsense need not be described byte by byte.
    guard diagnostics.count < 50 else { return }
    diagnostics.append(diagnostic(.source(file, Span(start, stop))))
  }

  // MARK: Space and comments

  /// Skips blanks, newlines and comments; tells whether a newline was among them.
  private mutating func skipTrivia(atStart: Bool) -> Bool {
    var newline = false
    var blankLines = 0
    while place < end {
      switch bytes[place] {
      case 0x20, 0x09: place += 1
      case 0x0D where peek(1) == 0x0A: place += 1
      case 0x0A:
        newline = true
        blankLines += 1
        if blankLines > 1 { pendingDocumentation.removeAll() }
        place += 1
      case 0x23:
        comment()
        blankLines = 0
      case 0xC2, 0xE2, 0xE3:
        let (scalar, length) = decode(at: place)
        guard let scalar, Lexer.lookAlikes[scalar.value] == " " else { return newline }
        _ = lookAlike(scalar, " ", length: length)
      case 0x2F, 0x2D:
        guard skipForeignComment(startsLine: newline || atStart) else { return newline }
      default: return newline
      }
    }
    return newline
  }

  private mutating func comment() {
    let start = place
    while place < end, bytes[place] != 0x0A { place += 1 }
    var stop = place
    if stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
    comments.append(Span(start, stop))
    checkText(start, stop)
    guard start + 1 < stop, bytes[start + 1] == 0x23 else { return }
    var from = start + 2
    if from < stop, bytes[from] == 0x20 { from += 1 }
    // Blanks at the end of a line mean nothing, in documentation as elsewhere.
    while stop > from, Lexer.isBlank(bytes[stop - 1]) { stop -= 1 }
    pendingDocumentation.append(String(decoding: bytes[from..<stop], as: UTF8.self))
  }

  private mutating func takeDocumentation() -> String? {
    guard !pendingDocumentation.isEmpty else { return nil }
    defer { pendingDocumentation.removeAll() }
    return pendingDocumentation.joined(separator: "\n")
  }

  // MARK: Tokens

  private mutating func token() -> TokenKind {
    let byte = bytes[place]
    if Lexer.isNameStart(byte) { return name() }
    if Lexer.isDigit(byte) { return number() }
    if byte == 0x22 { return string() }
    if let symbol = symbol() { return .symbol(symbol) }
    return strayText()
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isNameStart(_ byte: UInt8) -> Bool {
    (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
  }
  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  private mutating func name() -> TokenKind {
    let start = place
    while place < end, Lexer.isNamePart(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    return Keyword(rawValue: text).map { .keyword($0) } ?? .name(text)
  }

  /// The symbols that begin with a byte, the longest first.
  private static let symbols: [[(rest: [UInt8], symbol: Symbol)]] = {
    var result: [[(rest: [UInt8], symbol: Symbol)]] = Array(repeating: [], count: 256)
    for symbol in Symbol.allCases {
      let bytes = Array(symbol.rawValue.utf8)
      result[Int(bytes[0])].append((Array(bytes.dropFirst()), symbol))
    }
    return result.map { $0.sorted { $0.rest.count > $1.rest.count } }
  }()

  /// The longest symbol that stands here.
  private mutating func symbol() -> Symbol? {
    for (rest, symbol) in Lexer.symbols[Int(bytes[place])] where stands(rest, at: place + 1) {
      place += 1 + rest.count
      return symbol
    }
    return nil
  }

  private func stands(_ text: [UInt8], at start: Int) -> Bool {
    if start + text.count > end { return false }
    for (offset, byte) in text.enumerated() where bytes[start + offset] != byte { return false }
    return true
  }

  /// Bytes that begin no token: one diagnostic for the whole run of them.
  private mutating func strayText() -> TokenKind {
    let start = place
    let (scalar, length) = decode(at: place)
    guard let scalar else {
      while place < end, decode(at: place).scalar == nil { place += 1 }
      report(Diagnostic.invalidUTF8, start, place)
      return .invalid
    }
    if bytes[place] == 0x27 { return singleQuoted() }
    if (0x2018...0x201D).contains(scalar.value) { return curlyQuoted(length) }
    if let ours = Lexer.lookAlikes[scalar.value] {
      return lookAlike(scalar, ours, length: length).map { .symbol($0) } ?? .invalid
    }
    place += length
    while place < end, bytes[place] >= 0x80, let (next, size) = decoded(at: place), !Lexer.isBidi(next) {
      place += size
    }
    report({ Diagnostic.strayCharacter(scalar, at: $0) }, start, place)
    return .invalid
  }

  private func decoded(at index: Int) -> (Unicode.Scalar, Int)? {
    let (scalar, length) = decode(at: index)
    return scalar.map { ($0, length) }
  }
}
