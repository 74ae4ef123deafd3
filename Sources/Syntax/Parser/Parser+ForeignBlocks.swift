import Diagnostics
import MarketModel

/// Blocks and loops of other languages, read as ours.
extension Parser {
  /// The columns before the first word of an offset's line; a tab counts as one.
  func indentation(at offset: Int) -> Int {
    var start = min(offset, file.bytes.count)
    while start > 0, file.bytes[start - 1] != 0x0A { start -= 1 }
    var end = start
    while end < file.bytes.count, file.bytes[end] == 0x20 || file.bytes[end] == 0x09 { end += 1 }
    return end - start
  }

  /// A block behind a colon, as far as its lines are indented, or the rest of the line.
  mutating func indentedBlock() throws(Recovery) -> Block {
    let colon = nextToken.span
    let base = indentation(at: Int(statementStart))
    let isInline = !ahead(1).startsLine && !ahead(1).kind.isEnd
    guard isInline || indentation(at: Int(ahead(1).span.lower)) > base else {
      throw failForeign(
        "a block stands in braces, not behind a colon", at: colon, fixes: [FixIt(colon, " {")])
    }
    let place = diagnostics.count
    foreign("a block stands in braces, not behind a colon", at: colon)
    advance()
    let statements = try nested(newlines: true) { (parser) throws(Recovery) in
      var statements: [Statement] = []
      var isFirst = true
      while !parser.isAtEnd, !parser.isSymbol(.rightBrace) {
        let startsLine = parser.nextToken.startsLine
        if isInline
          ? startsLine && !isFirst : startsLine && parser.indentation(at: Int(parser.nextToken.span.lower)) <= base
        {
          break
        }
        isFirst = false
        let before = parser.place
        if let statement = parser.statement() { statements.append(statement) }
        if parser.place == before { parser.advance() }
      }
      return statements
    }
    let closing = isInline ? " }" : "\n" + margin(base) + "}"
    if place < diagnostics.count, diagnostics[place].offset == colon.lower {
      diagnostics[place].fixIts = [FixIt(colon, " {"), FixIt(Span(previousEnd, previousEnd), closing)]
    }
    return Block(statements, span(from: colon.lower))
  }

  /// The blanks that the statement under way begins with.
  private func margin(_ count: Int) -> String {
    var start = Int(statementStart)
    while start > 0, file.bytes[start - 1] != 0x0A { start -= 1 }
    return String(decoding: file.bytes[start..<min(start + count, file.bytes.count)], as: UTF8.self)
  }

  /// `then`, `begin` or `do` in place of a brace.
  var isBlockWord: Bool {
    guard case .name(let text) = nextToken.kind, !nextToken.startsLine else { return false }
    return ["then", "begin", "do", "Then", "Begin", "Do"].contains(text)
  }

  var isBlockEnd: Bool {
    switch nextToken.kind {
    case .name(let text): ["end", "End", "elseif", "elsif", "elif", "fi", "done"].contains(text)
    case .keyword(.else): true
    default: false
    }
  }

  /// `then begin … end`, `then statement`, `do … end`.
  mutating func wordBlock() throws(Recovery) -> Block {
    let start = nextToken.span
    var opening = start
    advance()
    if isBlockWord {
      opening = opening.union(nextToken.span)
      advance()
    }
    if isSymbol(.leftBrace), !nextToken.startsLine {
      // `then {`: the word alone is too much.
      foreign(
        "a block stands in braces, with no word before it", at: opening,
        fixes: [FixIt(Span(Int(opening.lower), Int(nextToken.span.lower)), "")])
      return try block()
    }
    let isInline = !nextToken.startsLine
    let place = diagnostics.count
    foreign("a block stands in braces", at: opening)
    let outer = isInWordBlock
    isInWordBlock = true
    defer { isInWordBlock = outer }
    let statements = try nested(newlines: true) { (parser) throws(Recovery) in
      var statements: [Statement] = []
      while !parser.isAtEnd, !parser.isSymbol(.rightBrace), !parser.isBlockEnd {
        if isInline, parser.nextToken.startsLine, !statements.isEmpty { break }
        let before = parser.place
        if let statement = parser.statement() { statements.append(statement) }
        if parser.place == before { parser.advance() }
      }
      return statements
    }
    var fixes = [FixIt(opening, "{")]
    if case .name(let text) = nextToken.kind, ["end", "End", "fi", "done"].contains(text) {
      fixes.append(FixIt(nextToken.span, "}"))
      advance()
    } else {
      fixes.append(FixIt(Span(previousEnd, previousEnd), " }"))
    }
    if place < diagnostics.count, diagnostics[place].offset == opening.lower { diagnostics[place].fixIts = fixes }
    return Block(statements, span(from: start.lower))
  }

  /// `else b` behind `then a`, without braces.
  mutating func bareElse() throws(Recovery) -> Block {
    let start = nextToken.span
    let place = diagnostics.count
    foreign("a block stands in braces", at: start)
    let statements = try nested(newlines: true) { (parser) throws(Recovery) in
      [parser.statement()].compactMap { $0 }
    }
    if place < diagnostics.count, diagnostics[place].offset == start.lower {
      diagnostics[place].fixIts = [
        FixIt(Span(Int(start.lower), Int(start.lower)), "{ "), FixIt(Span(previousEnd, previousEnd), " }"),
      ]
    }
    return Block(statements, span(from: start.lower))
  }

  /// `Else` in place of `else`.
  mutating func readForeignElse() {
    guard case .name(let text) = nextToken.kind, text == "Else" || text == "ELSE" else { return }
    foreign("words are written in lower case: `else`", at: nextToken.span, fix: "else")
    tokens[place].kind = .keyword(.else)
  }

  // MARK: Loops

  /// `for (x in xs)`, `for (i = 0; …)`: whether a parenthesis was opened that has to be closed.
  mutating func answerParenthesizedLoop() throws(Recovery) -> Bool {
    guard isSymbol(.leftParenthesis) else { return false }
    let opened = nextToken.span
    var names = 1
    if ahead(1).kind.isName, ahead(2).kind.isName || ahead(2).kind.isKeyword(.let) { names = 2 }
    if ahead(1).kind.isKeyword(.let) || ahead(1).kind.isKeyword(.var) { names = 2 }
    let joint = ahead(names + 1)
    guard joint.kind.isKeyword(.in) || isName("of", joint) else {
      throw failForeign(
        "a loop goes over a list: `for i in 0..<n { … }`", at: opened, note: "`while condition { … }` loops, too")
    }
    var closing = place + 1
    var depth = 1
    while closing < tokens.count - 1, depth > 0 {
      if tokens[closing].kind.isSymbol(.leftParenthesis) { depth += 1 }
      if tokens[closing].kind.isSymbol(.rightParenthesis) { depth -= 1 }
      if depth > 0 { closing += 1 }
    }
    let word = Span(Int(opened.lower), Int(ahead(names).span.lower))
    foreign(
      "a loop has no parentheses: `for x in xs { … }`", at: opened,
      fixes: [FixIt(word, ""), FixIt(tokens[closing].span, "")])
    for _ in 0..<names { advance() }
    return true
  }

  private func isName(_ text: String, _ token: Token) -> Bool {
    if case .name(text) = nextToken.kind { true } else { false }
  }

  /// `for x of xs`, `for i = 1 to 10`: whether the joint was read.
  mutating func answerForeignIn() -> Bool {
    if isName("of", token) {
      foreign("a loop is written `for x in xs`", at: nextToken.span, fix: "in")
      advance()
      return true
    }
    guard isSymbol(.set) else { return false }
    let before = diagnostics.count
    foreign("a loop is written `for i in 1..10`", at: nextToken.span, fix: "in")
    if diagnostics.count > before { answeredLoop = diagnostics.count }
    advance()
    return true
  }

  /// What a loop goes over; `1 to 10` and `1:10` are read as `1..10`.
  mutating func loopSequence() throws(Recovery) -> Expression {
    let start = nextToken.span.lower
    let first = try expression()
    // Where no number stands on either side the colon begins a block.
    let isColon =
      isSymbol(.colon) && !ahead(1).startsLine
      && (first.kind.isNumber ? ahead(1).kind.isOperand : first.kind.isName && ahead(1).kind.isNumber)
    guard isName("to", token) || isColon else { return first }
    // One mistake: the `=` before was answered, and its answer shows the range.
    var fix = FixIt(nextToken.span, "..")
    if !isColon { fix = FixIt(Span(previousEnd, Int(ahead(1).span.lower)), "..") }
    if !isColon, diagnostics.count == answeredLoop {
      diagnostics[answeredLoop - 1].fixIts.append(fix)
    } else {
      foreign("a range is written `a..b`", at: nextToken.span, fixes: [fix])
    }
    advance()
    let last = try sum()
    return try make(
      .range(lower: first, upper: last, includesUpper: true, step: nil), from: start, over: first, last)
  }

  // MARK: Recovery

  /// Skips the lines that belong to a header ending in a colon that could not be read: those indented further than the
  /// line of the token at `start`.
  mutating func skipIndented(below start: Int) {
    let base = indentation(at: Int(tokens[start].span.lower))
    guard place > 0, tokens[place - 1].kind.isSymbol(.colon), nextToken.startsLine else { return }
    let first = place
    while !isAtEnd, !nextToken.startsLine || indentation(at: Int(nextToken.span.lower)) > base { advance() }
    noteNames(from: first)
  }

  /// Remembers what the tokens from `start` to here seem to declare.
  mutating func noteNames(from start: Int) {
    for index in start..<max(start, place) {
      guard case .name(let text) = tokens[index].kind else { continue }
      let previous = index > 0 ? tokens[index - 1].kind : .end
      let next = tokens[min(index + 1, tokens.count - 1)].kind
      switch previous {
      case .keyword(.let), .keyword(.var), .keyword(.fn), .keyword(.param), .keyword(.state), .keyword(.import),
        .keyword(.for), .keyword(.as), .name, .symbol(.comma):
        skippedNames.insert(text)
      default: break
      }
      switch next {
      case .symbol(.set), .symbol(.walrus), .keyword(.in), .symbol(.comma): skippedNames.insert(text)
      default: break
      }
    }
  }
}

extension Expression.Kind {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }

  fileprivate var isName: Bool { if case .name = self { true } else { false } }
}

extension TokenKind {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}
