public import Diagnostics

/// The words of a text by kind, for colours: at a prompt, in an editor, and to test the syntax files of editors.
public struct ColoredText: Sendable {
  /// What a word is.
  public enum Kind: String, CaseIterable, Sendable {
    case comment, documentation, keyword, constant, name, function, member, number, date, duration, string,
      interpolation, sign, invalid
  }

  /// A word and its kind.
  public struct Word: Sendable {
    /// Where it stands.
    public let span: Span
    /// What it is.
    public let kind: Kind
  }

  /// The words in order; they do not overlap, and blanks lie between them. A string is one word, or where it has
  /// interpolations the texts and the words inside.
  public private(set) var words: [Word] = []

  /// Reads a file. Never fails: what cannot be read is `invalid`.
  public init(_ file: SourceFile) {
    var lexer = Lexer(file)
    add(lexer.tokens())
    for span in lexer.comments where span.upper > span.lower {
      let isDocumentation = file.text(span).hasPrefix("##")
      words.append(Word(span: span, kind: isDocumentation ? .documentation : .comment))
    }
    words.sort { $0.span.lower < $1.span.lower }
  }

  private mutating func add(_ tokens: [Token]) {
    for (place, token) in tokens.enumerated() {
      let next = place + 1 < tokens.count ? tokens[place + 1].kind : .end
      let isMember = place > 0 && tokens[place - 1].kind.isSymbol(.dot)
      if case .string(let string) = token.kind {
        add(string, token.span)
      } else if let kind = ColoredText.kind(token.kind, next: next, isMember: isMember),
        token.span.upper > token.span.lower
      {
        words.append(Word(span: token.span, kind: kind))
      }
    }
  }

  private static func kind(_ token: TokenKind, next: TokenKind, isMember: Bool) -> Kind? {
    switch token {
    case .name: isMember ? .member : next.isSymbol(.leftParenthesis) ? .function : .name
    case .keyword(let keyword):
      isMember ? .member : [.true, .false, .na, .none].contains(keyword) ? .constant : .keyword
    case .number: .number
    case .duration: .duration
    case .date: .date
    case .symbol: .sign
    case .invalid: .invalid
    case .string, .end, .newline: nil
    }
  }

  /// The text of a string, parted by the words inside.
  private mutating func add(_ string: StringToken, _ span: Span) {
    var start = span.lower
    for case .tokens(let tokens, _) in string.pieces {
      guard let first = tokens.first?.span.lower, let last = tokens.dropLast().last?.span.upper, last > first else {
        continue
      }
      if first > start { words.append(Word(span: Span(Int(start), Int(first)), kind: .string)) }
      add(tokens)
      start = last
    }
    if span.upper > start { words.append(Word(span: Span(Int(start), Int(span.upper)), kind: .string)) }
  }
}
