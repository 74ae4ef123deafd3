import Diagnostics
import MarketModel

/// Makes the tree of a file.
///
/// Parsing never fails: a part that does not fit becomes `invalid`, a diagnostic says why, and parsing goes on at the next
/// statement. Every loop consumes a token a turn.
struct Parser {
  let file: SourceFile
  var tokens: [Token]
  var place = 0
  var diagnostics: [Diagnostic]
  let comments: [Span]
  /// Whether a newline ends a statement here: the innermost open bracket is a brace or there is none.
  var newlinesCount = true
  /// `xs[a..]` is allowed here.
  var allowsOpenRange = false
  var openRange: (lower: Expression, includesUpper: Bool)?
  /// Brackets and blocks open.
  var nesting = 0
  /// The height of each node's tree, by id.
  private(set) var heights: [Int32] = []
  /// The tallest expression made since this was last reset.
  private(set) var tallest: Int32 = 0
  /// Every error so far was reported because the text ended: more input might mend them.
  private(set) var wantsMore = true
  /// The token that begins the statement under way.
  private var linePlace = 0
  /// The innermost block is one that a word opened, which a word or `else` may close.
  var isInWordBlock = false
  /// How many diagnostics there were when a loop's `=` was answered, whose answer shows the range as well.
  var answeredLoop = -1
  /// The token before which a line ends although the sign before it wants more: that of a foreign `x++`.
  var completeLine = -1
  /// Whether the tokens are those of an interpolation, whose end is not the end of the text.
  var isInterpolation = false
  /// Where the statement or declaration under way begins, whose indentation a foreign block is measured by.
  var statementStart: Int32 = 0
  /// Names that what was skipped seems to have declared: who uses them is not told that they are unknown.
  var skippedNames: Set<String> = []
  /// The last declaration that failed was none, so that further lines of the kind are not news.
  var isAmongStrays = false
  /// Names that bindings in foreign spellings have bound.
  var boundNames: Set<String> = []
  /// Errors not kept, because there were too many.
  private(set) var dropped = 0

  /// The most brackets and blocks open at a time.
  let nestingLimit: Int
  static let heightLimit: Int32 = 1_000
  static let errorLimit = 200

  init(_ file: SourceFile, nesting limit: Int) {
    var lexer = Lexer(file)
    self.file = file
    nestingLimit = limit
    tokens = lexer.tokens()
    diagnostics = lexer.diagnostics
    if !diagnostics.isEmpty { wantsMore = false }
    comments = lexer.comments
  }

  // MARK: Tokens

  /// The present token, or `newline` where a line ends a statement before it.
  var token: Token {
    let token = tokens[place]
    guard token.startsLine, newlinesCount, place != linePlace, !token.kind.closesStatement, !continuesLine else {
      return token
    }
    return Token(kind: .newline, span: Span(previousEnd, previousEnd), startsLine: true)
  }

  /// The present token, whether or not a line ends before it.
  var nextToken: Token { tokens[place] }

  /// The present token is the first of a statement, so the newline before it ends nothing.
  mutating func beginStatement() {
    linePlace = place
    statementStart = tokens[place].span.lower
  }

  /// Whether the lines around the newline before the present token are one: the one above ends with a sign that wants
  /// more, or the one below begins with a sign that goes on.
  private var continuesLine: Bool {
    // Behind a dot any word is a name.
    let isMember = place > 1 && tokens[place - 2].kind.isSymbol(.dot) && tokens[place - 1].kind.isWord
    if place == 0 || (tokens[place - 1].kind.wantsMore && !isMember && completeLine != place) { return true }
    switch tokens[place].kind {
    case .symbol(.dot):
      switch ahead(1).kind {
      case .name, .keyword: return true
      default: return false
      }
    case .symbol(.coalesce), .keyword(.and), .keyword(.or), .keyword(.else): return true
    default: return false
    }
  }

  func ahead(_ offset: Int) -> Token { tokens[min(place + offset, tokens.count - 1)] }

  var isAtEnd: Bool {
    if case .end = token.kind { return true }
    return false
  }

  /// Moves on; the last token, `end`, is never passed.
  mutating func advance() { if place < tokens.count - 1 { place += 1 } }

  var previousEnd: Int { place > 0 ? Int(tokens[place - 1].span.upper) : 0 }

  func isSymbol(_ symbol: Symbol) -> Bool { token.kind.isSymbol(symbol) }

  func isKeyword(_ keyword: Keyword) -> Bool { token.kind.isKeyword(keyword) }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(_ keyword: Keyword) -> Bool {
    guard isKeyword(keyword) else { return false }
    advance()
    return true
  }

  func location(_ span: Span) -> Location { .source(file, span) }

  func span(from start: Int32) -> Span { Span(Int(start), max(Int(start), previousEnd)) }

  // MARK: Errors

  /// The offset of the last error.
  var lastErrorOffset: Int32? { diagnostics.last?.offset }

  /// A construct does not fit; its statement becomes `invalid`.
  struct Recovery: Error {}

  mutating func report(_ diagnostic: Diagnostic) {
    if !isAtEnd || isInterpolation { wantsMore = false }
    // One error a place: what follows from it is not said.
    if let last = diagnostics.last?.offset, last == diagnostic.offset { return }
    if diagnostics.count < Parser.errorLimit { diagnostics.append(diagnostic) } else { dropped += 1 }
  }

  mutating func fail(_ diagnostic: Diagnostic) -> Recovery {
    report(diagnostic)
    return Recovery()
  }

  /// The present token is not what was expected.
  mutating func failExpected(_ what: String) -> Recovery {
    if followsInvalidToken { return Recovery() }
    return fail(.expected(what, found: token.kind.description, at: location(visible(token.span))))
  }

  /// Whether the present token or the one before it has been reported by the lexer: what does not fit follows from it.
  private var followsInvalidToken: Bool {
    if case .invalid = token.kind { return true }
    if place > 0, case .invalid = tokens[place - 1].kind { return true }
    return false
  }

  private func visible(_ span: Span) -> Span {
    span.lower == span.upper ? Span(max(0, previousEnd - 1), previousEnd) : span
  }

  mutating func expect(_ symbol: Symbol, _ what: String? = nil) throws(Recovery) {
    if take(symbol) { return }
    throw failExpected(what ?? "`\(symbol.rawValue)`")
  }

  /// A closing bracket; if it is absent, says where its partner stands.
  mutating func close(_ symbol: Symbol, opened: Span) throws(Recovery) {
    if take(symbol) { return }
    if followsInvalidToken { throw Recovery() }
    throw fail(
      .missing(
        "`\(symbol.rawValue)`", found: token.kind.description, at: location(visible(token.span)),
        opened: location(opened)))
  }

  mutating func name(_ what: String) throws(Recovery) -> Name {
    if case .name(let text) = token.kind {
      let name = Name(text, token.span)
      advance()
      return name
    }
    if case .keyword(let keyword) = token.kind {
      throw fail(
        .expected("\(what)", found: "the keyword `\(keyword.rawValue)`, which is reserved", at: location(token.span)))
    }
    throw failExpected(what)
  }

  /// A name or keyword.
  mutating func word() -> Name? {
    let span = token.span
    switch token.kind {
    case .name(let text):
      advance()
      return Name(text, span)
    case .keyword(let keyword):
      advance()
      return Name(keyword.rawValue, span)
    default: return nil
    }
  }

  // MARK: Nodes

  mutating func identifier(height: Int32 = 1) -> NodeID {
    heights.append(height)
    tallest = max(tallest, height)
    return NodeID(heights.count - 1)
  }

  func height(_ expression: Expression) -> Int32 { heights[Int(expression.id)] }

  /// Makes an expression that begins at an offset and ends at the previous token.
  mutating func make(
    _ kind: Expression.Kind, from start: Int32, over children: Expression...
  ) throws(Recovery) -> Expression {
    try make(kind, from: start, children: children)
  }

  /// Parses a construct that holds blocks; the second result is the height of the tallest expression inside of it.
  mutating func measured<T>(
    _ body: (inout Parser) throws(Recovery) -> T
  ) throws(Recovery) -> (T, Int32) {
    let before = tallest
    tallest = 0
    defer { tallest = max(before, tallest) }
    let result = try body(&self)
    return (result, tallest)
  }

  mutating func make(
    _ kind: Expression.Kind, from start: Int32, children: [Expression]
  ) throws(Recovery) -> Expression {
    try make(kind, from: start, height: 1 + (children.map { self.height($0) }.max() ?? 0))
  }

  /// Makes an expression whose height is known.
  mutating func make(
    _ kind: Expression.Kind, from start: Int32, height: Int32
  ) throws(Recovery) -> Expression {
    let span = span(from: start)
    guard height <= Parser.heightLimit else { throw fail(.nestedTooDeep(location(span))) }
    return Expression(id: identifier(height: height), span: span, kind: kind)
  }

  // MARK: Brackets

  /// Parses the inside of a bracket or block.
  mutating func nested<T>(
    newlines: Bool, _ body: (inout Parser) throws(Recovery) -> T
  ) throws(Recovery) -> T {
    guard nesting < nestingLimit else { throw fail(.nestedTooDeep(nestingLimit, location(token.span))) }
    nesting += 1
    let before = (newlinesCount, allowsOpenRange)
    newlinesCount = newlines
    allowsOpenRange = false
    if newlines { linePlace = place }
    defer {
      nesting -= 1
      (newlinesCount, allowsOpenRange) = before
    }
    return try body(&self)
  }

  /// Whether a statement may end before the present token.
  var endsStatement: Bool {
    if isInWordBlock, isBlockEnd { return true }
    switch token.kind {
    case .newline: return true
    default: return token.kind.closesStatement
    }
  }
}

extension TokenKind {
  /// Whether a statement ends before the token, on whatever line it stands.
  fileprivate var closesStatement: Bool {
    switch self {
    case .symbol(.semicolon), .symbol(.rightBrace), .end: true
    default: false
    }
  }

  /// Whether a line that ends with the token goes on in the next: infix and prefix operators, and what announces more.
  fileprivate var wantsMore: Bool {
    switch self {
    case .keyword(let keyword): [.and, .or, .not, .in, .step].contains(keyword)
    case .symbol(let symbol):
      switch symbol {
      case .leftParenthesis, .leftBracket, .leftBrace, .rightParenthesis, .rightBracket, .rightBrace, .semicolon,
        .question:
        false
      default: true
      }
    default: false
    }
  }

  func isSymbol(_ symbol: Symbol) -> Bool {
    if case .symbol(let own) = self { own == symbol } else { false }
  }

  func isKeyword(_ keyword: Keyword) -> Bool {
    if case .keyword(let own) = self { own == keyword } else { false }
  }

  var isName: Bool {
    if case .name = self { true } else { false }
  }

  /// A name or keyword.
  var isWord: Bool {
    if case .keyword = self { true } else { isName }
  }

  /// How messages call the token.
  var description: String {
    switch self {
    case .newline: "the end of the line"
    case .name(let text): "`\(text)`"
    case .keyword(let keyword): "`\(keyword.rawValue)`"
    case .number: "a number"
    case .duration: "a duration"
    case .date: "a date"
    case .string: "a string"
    case .symbol(let symbol): "`\(symbol.rawValue)`"
    case .end: "the end of the text"
    case .invalid: "something unreadable"
    }
  }
}
