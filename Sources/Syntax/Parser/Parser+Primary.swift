import Diagnostics
import MarketModel

extension Parser {
  mutating func primary() throws(Recovery) -> Expression {
    let start = token.span.lower
    switch token.kind {
    case .number(let number): return try literal(answerLooseSuffix() ?? .number(number), start)
    case .duration(let duration): return try literal(.duration(duration), start)
    case .date(let day): return try literal(.date(day), start)
    case .name(let text):
      if let expression = try foreignOperand(text) { return expression }
      return try literal(.name(text), start)
    case .string(let string):
      let segments = try segments(string)
      advance()
      return try make(.string(StringLiteral(segments.0)), from: start, children: segments.1)
    case .keyword(let keyword): return try keywordPrimary(keyword, start)
    case .symbol(.leftParenthesis): return try parenthesized(start)
    case .symbol(.leftBracket): return try bracketed(start)
    case .symbol(.leftBrace) where looksLikeMap: return try foreignMap()
    case .symbol(let symbol): throw answerForeignPrimary(symbol)
    case .end, .newline: throw failExpected("an expression")
    case .invalid:
      advance()
      return try make(.invalid, from: start, children: [])
    }
  }

  private mutating func literal(_ kind: Expression.Kind, _ start: Int32) throws(Recovery) -> Expression {
    advance()
    return try make(kind, from: start, children: [])
  }

  private mutating func keywordPrimary(_ keyword: Keyword, _ start: Int32) throws(Recovery) -> Expression {
    switch keyword {
    case .true: return try literal(.boolean(true), start)
    case .false: return try literal(.boolean(false), start)
    case .na: return try literal(.missing, start)
    case .none: return try literal(.none, start)
    case .if:
      let (branch, inner) = try measured { (parser) throws(Recovery) in try parser.conditional() }
      return try make(.conditional(branch), from: start, height: inner + 1)
    case .at:
      advance()
      let date = try expression()
      let (body, inner) = try measured { (parser) throws(Recovery) in try parser.block() }
      return try make(.at(date, body), from: start, height: max(inner, height(date)) + 1)
    case .and, .assert, .break, .continue, .else, .fn, .for, .import, .in, .let, .not, .or, .param, .return, .state,
      .step,
      .strategy, .test, .var, .while, .as:
      throw failExpected("an expression")
    }
  }

  /// `if … { } else if … { } else { }`
  mutating func conditional() throws(Recovery) -> If {
    advance()
    let condition = try expression()
    try answerAssignmentInCondition()
    let isForeign = isBlockWord
    let then = try block()
    readForeignElse()
    guard isKeyword(.else) || isForeignElseIf else { return If(condition: condition, then: then, otherwise: .none) }
    if isForeignElseIf {
      report(
        .foreign("`\(file.text(nextToken.span))` is written `else if`", at: location(nextToken.span), fix: "else if"))
    } else {
      advance()
      guard isKeyword(.if) else {
        let isBare = isForeign && !nextToken.startsLine && !isSymbol(.leftBrace) && !isSymbol(.colon) && !isBlockWord
        return If(condition: condition, then: then, otherwise: .block(isBare ? try bareElse() : try block()))
      }
    }
    let start = token.span.lower
    let next = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.conditional() }
    return If(
      condition: condition, then: then, otherwise: .conditional(next, identifier(), span(from: start)))
  }

  private var isForeignElseIf: Bool {
    guard case .name(let text) = nextToken.kind, ["elif", "elsif", "elseif"].contains(text) else { return false }
    return !nextToken.startsLine || !(ahead(1).kind.isSymbol(.set) || ahead(1).kind.isSymbol(.dot))
  }

  private mutating func parenthesized(_ start: Int32) throws(Recovery) -> Expression {
    let opened = token.span
    advance()
    let inner = try nested(newlines: false) { (parser) throws(Recovery) in
      let inner = try parser.expression()
      if parser.isSymbol(.comma) { return try parser.foreignTuple(from: inner, opened: opened) }
      try parser.close(.rightParenthesis, opened: opened)
      return inner
    }
    if case .list = inner.kind, inner.span.lower == start { return inner }
    return try make(.parenthesized(inner), from: start, over: inner)
  }

  // MARK: Lists and maps

  private mutating func bracketed(_ start: Int32) throws(Recovery) -> Expression {
    let opened = token.span
    advance()
    let made = try nested(newlines: false) { (parser) throws(Recovery) -> (Expression.Kind, [Expression]) in
      let made = try parser.listOrMap()
      try parser.close(.rightBracket, opened: opened)
      return made
    }
    return try make(made.0, from: start, children: made.1)
  }

  private mutating func listOrMap() throws(Recovery) -> (Expression.Kind, [Expression]) {
    if isSymbol(.rightBracket) { return (.list([]), []) }
    if isSymbol(.colon), ahead(1).kind.isSymbol(.rightBracket) {
      advance()
      return (.map([]), [])
    }
    let first = try expression()
    if take(.colon) || answerMapSign() { return try map(first) }
    if isKeyword(.for) {
      let clauses = try clauses()
      return (.listComprehension(first, clauses.0), [first] + clauses.1)
    }
    var items = [first]
    while take(.comma), !isSymbol(.rightBracket) { items.append(try expression()) }
    return (.list(items), items)
  }

  private mutating func map(_ firstKey: Expression) throws(Recovery) -> (Expression.Kind, [Expression]) {
    let firstValue = try expression()
    if isKeyword(.for) {
      let clauses = try clauses()
      return (.mapComprehension(key: firstKey, value: firstValue, clauses.0), [firstKey, firstValue] + clauses.1)
    }
    var entries = [MapEntry(key: firstKey, value: firstValue)]
    while take(.comma), !isSymbol(.rightBracket) {
      let key = try expression()
      if !answerMapSign() { try expect(.colon, "`:` between key and value") }
      entries.append(MapEntry(key: key, value: try expression()))
    }
    return (.map(entries), entries.flatMap { [$0.key, $0.value] })
  }

  mutating func clauses() throws(Recovery) -> ([Clause], [Expression]) {
    var clauses: [Clause] = []
    var children: [Expression] = []
    while isKeyword(.for) || isKeyword(.if) {
      guard clauses.count < nestingLimit else { throw fail(.nestedTooDeep(location(token.span))) }
      if take(.if) {
        let condition = try expression()
        clauses.append(.condition(condition))
        children.append(condition)
      } else {
        advance()
        let names = try loopNames()
        let sequence = try expression()
        clauses.append(.loop(names, sequence))
        children.append(sequence)
      }
    }
    return (clauses, children)
  }

  /// `a, b in`
  mutating func loopNames() throws(Recovery) -> [Name] {
    var names = [try name("a name for each item")]
    while take(.comma) { names.append(try name("a name for each item")) }
    if answerForeignIn() { return names }
    guard take(.in) else { throw failExpected("`in`") }
    return names
  }

  // MARK: Strings

  /// The segments of a string; interpolations are parsed from their own tokens.
  mutating func segments(_ string: StringToken) throws(Recovery) -> ([StringLiteral.Segment], [Expression]) {
    var segments: [StringLiteral.Segment] = []
    var children: [Expression] = []
    for piece in string.pieces {
      switch piece {
      case .text(let text): segments.append(.text(text))
      case .tokens(let inner, let format):
        guard inner.count > 1 else { continue }
        let value = try interpolated(inner)
        segments.append(.interpolation(value, format: format))
        children.append(value)
      }
    }
    return (segments, children)
  }

  private mutating func interpolated(_ inner: [Token]) throws(Recovery) -> Expression {
    let outer = (tokens, place, isInterpolation)
    (tokens, place, isInterpolation) = (inner, 0, true)
    defer { (tokens, place, isInterpolation) = outer }
    return try nested(newlines: false) { (parser) throws(Recovery) in
      let value = try parser.expression()
      if !parser.isAtEnd { throw parser.failExpected("the end of the interpolation") }
      return value
    }
  }
}
