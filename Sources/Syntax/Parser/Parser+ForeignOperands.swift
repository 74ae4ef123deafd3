import Diagnostics
import MarketModel

extension Parser {
  // MARK: Numbers

  /// What is written behind a number, and the suffix that says the same.
  private static let units = [
    "bps": "bps", "bp": "bps", "pct": "pct", "percent": "pct", "d": "d", "day": "d", "days": "d", "w": "w",
    "week": "w", "weeks": "w", "mo": "mo", "month": "mo", "months": "mo", "y": "y", "year": "y", "years": "y",
    "bd": "bd", "session": "bd", "sessions": "bd",
  ]

  /// `5 bps`, `3 months`: read as `5bps`, `3mo`. The present token is the number.
  mutating func answerLooseSuffix() -> Expression.Kind? {
    guard case .number(let number) = token.kind, case .name(let word) = ahead(1).kind, !ahead(1).startsLine,
      let suffix = Parser.units[word], ahead(2).isEndOfOperand
    else { return nil }
    let text = file.text(token.span) + suffix
    let kind: Expression.Kind
    switch suffix {
    case "bps": kind = .number(number / 10_000)
    case "pct": kind = .number(number / 100)
    default:
      guard let duration = CalendarDuration(text) else { return nil }
      kind = .duration(duration)
    }
    foreign(
      "a suffix stands right behind its number: `\(text)`", at: token.span.union(ahead(1).span), fix: text)
    advance()
    return kind
  }

  // MARK: Operands

  /// Names at the place of an operand that only make sense elsewhere.
  mutating func foreignOperand(_ text: String) throws(Recovery) -> Expression? {
    let span = token.span
    switch text {
    case "lambda" where ahead(1).kind.isName || ahead(1).kind.isSymbol(.colon): return try pythonLambda()
    case "function" where ahead(1).kind.isSymbol(.leftParenthesis):
      if let end = parametersEnd(from: place + 1) {
        let parameters = Span(Int(ahead(1).span.lower), Int(tokens[end].span.upper))
        throw failForeign(
          "a lambda is written `x -> expression`", at: span.union(parameters),
          fixes: [FixIt(span.union(parameters), "\(file.text(parameters)) ->")])
      }
      return nil
    case "f", "F", "r", "R", "b", "u":
      guard case .string = ahead(1).kind, ahead(1).span.lower == span.upper else { return nil }
      foreign("every string interpolates: no letter stands before it", at: span, fix: "")
      advance()
      return try primary()
    case "new" where ahead(1).kind.isName && !ahead(1).startsLine:
      foreign(
        "there is no `new`: call the function", at: span,
        fixes: [FixIt(Span(Int(span.lower), Int(ahead(1).span.lower)), "")])
      advance()
      return try primary()
    default: return nil
    }
  }

  private func parametersEnd(from start: Int) -> Int? {
    var index = start + 1
    while index < tokens.count, index < start + 40 {
      switch tokens[index].kind {
      case .symbol(.rightParenthesis): return index
      case .name, .symbol(.comma): index += 1
      default: return nil
      }
    }
    return nil
  }

  /// `lambda x, y: expression`
  private mutating func pythonLambda() throws(Recovery) -> Expression {
    let start = token.span.lower
    advance()
    var names: [Name] = []
    while token.kind.isName {
      names.append(try name("a parameter"))
      if !take(.comma) { break }
    }
    guard isSymbol(.colon) else { throw failForeign("a lambda is written `x -> expression`", at: span(from: start)) }
    let head = Span(Int(start), Int(token.span.upper))
    let list = names.map(\.text).joined(separator: ", ")
    foreign(
      "a lambda is written `x -> expression`", at: head, fix: names.count == 1 ? "\(list) ->" : "(\(list)) ->")
    advance()
    let body = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.expression() }
    return try make(.lambda(Lambda(parameters: names, body: .expression(body))), from: start, over: body)
  }

  /// `{"a": 1}`, `{}` at the place of an operand.
  var looksLikeMap: Bool {
    guard isSymbol(.leftBrace) else { return false }
    if ahead(1).kind.isSymbol(.rightBrace) { return true }
    guard ahead(2).kind.isSymbol(.colon) else { return false }
    switch ahead(1).kind {
    case .string, .name, .number: return true
    default: return false
    }
  }

  mutating func foreignMap() throws(Recovery) -> Expression {
    let opened = token.span
    let start = opened.lower
    let place = diagnostics.count
    foreign(
      "`{` opens a block; a map is written in brackets", at: opened,
      note: "`[\"SPY\": 0.6]`, and `[:]` for the empty one")
    advance()
    if isSymbol(.rightBrace) {
      advance()
      if place < diagnostics.count { diagnostics[place].fixIts = [FixIt(span(from: start), "[:]")] }
      return try make(.map([]), from: start, children: [])
    }
    let entries = try nested(newlines: false) { (parser) throws(Recovery) in
      var entries: [MapEntry] = []
      while !parser.isSymbol(.rightBrace) {
        let key = try parser.expression()
        try parser.expect(.colon, "`:` between key and value")
        entries.append(MapEntry(key: key, value: try parser.expression()))
        if !parser.take(.comma) { break }
      }
      return entries
    }
    let closing = token.span
    try close(.rightBrace, opened: opened)
    if place < diagnostics.count { diagnostics[place].fixIts = [FixIt(opened, "["), FixIt(closing, "]")] }
    return try make(.map(entries), from: start, children: entries.flatMap { [$0.key, $0.value] })
  }

  /// `(a, b)`: read as a list; the present token is the first comma.
  /// `["SPY" = 1]`, `["SPY" => 1]`: the sign is reported and passed over.
  mutating func answerMapSign() -> Bool {
    guard isSymbol(.set) || isSymbol(.fatArrow) else { return false }
    foreign("a key and its value are parted by `:`", at: token.span, fix: ":")
    advance()
    return true
  }

  /// `sum(x * x for x in xs)`: the comprehension in an argument, which stands in brackets here.
  mutating func foreignGenerator(_ first: Expression) throws(Recovery) -> Expression {
    let place = diagnostics.count
    foreign("a comprehension stands in brackets", at: first.span.union(token.span))
    let clauses = try clauses()
    let end = Span(previousEnd, previousEnd)
    if place < diagnostics.count {
      diagnostics[place].fixIts = [FixIt(Span(Int(first.span.lower), Int(first.span.lower)), "["), FixIt(end, "]")]
    }
    return try make(.listComprehension(first, clauses.0), from: first.span.lower, children: [first] + clauses.1)
  }

  mutating func foreignTuple(from first: Expression, opened: Span) throws(Recovery) -> Expression {
    let comma = token.span
    var items = [first]
    while take(.comma), !isSymbol(.rightParenthesis) { items.append(try expression()) }
    let closing = token.span
    foreign(
      "there are no tuples: use a list `[a, b]`", at: comma, fixes: [FixIt(opened, "["), FixIt(closing, "]")])
    try close(.rightParenthesis, opened: opened)
    return try make(.list(items), from: opened.lower, children: items)
  }

  /// Symbols at the place of an operand.
  mutating func answerForeignPrimary(_ symbol: Symbol) -> Recovery {
    let span = token.span
    switch symbol {
    case .bang, .tilde: return failForeign("negation is written `not`", at: span, fixes: [FixIt(span, "not ")])
    case .leftBrace:
      return failForeign(
        "`{` opens a block; a map is written in brackets", at: span,
        note: "`[\"SPY\": 0.6]`, and `[:]` for the empty one")
    case .dot:
      if case .number = ahead(1).kind {
        return failForeign("a digit stands on both sides of the point", at: span, fixes: [FixIt(span, "0.")])
      }
      return failExpected("an expression")
    case .power, .star: return failForeign("arguments are given one by one", at: span, fixes: [FixIt(span, "")])
    case .coalesce, .question, .percent, .slash, .slashes, .ampersands, .bars, .walrus, .fatArrow, .pipe, .minus, .plus,
      .arrow, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .rightBrace, .comma, .colon, .semicolon,
      .range, .halfOpenRange, .set, .addSet, .subtractSet, .multiplySet, .divideSet, .equal, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .ampersand, .bar, .caret, .at, .strictEqual, .strictNotEqual, .angles:
      return failExpected("an expression")
    }
  }
}

extension Token {
  /// It cannot go on with the operand before it.
  fileprivate var isEndOfOperand: Bool {
    if startsLine { return true }
    switch kind {
    case .name, .number, .duration, .date, .string, .invalid, .symbol(.leftParenthesis), .symbol(.leftBracket),
      .symbol(.arrow), .symbol(.fatArrow), .symbol(.dot), .symbol(.set), .symbol(.walrus):
      return false
    case .keyword, .symbol, .newline, .end: return true
    }
  }
}
