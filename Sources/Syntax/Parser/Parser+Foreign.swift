import Diagnostics
import MarketModel

/// Answers to statements and declarations of other languages, where an "unexpected token" would leave the reader alone.
///
/// Where the construct can be read as one of ours, it is: the error is reported with its fix-it and parsing goes on, so
/// that one mistake is one error.
extension Parser {
  mutating func foreign(_ message: String, at span: Span, fixes: [FixIt] = [], note: String? = nil) {
    var diagnostic = Diagnostic.foreign(message, at: location(span), note: note)
    diagnostic.fixIts = fixes
    report(diagnostic)
  }

  mutating func foreign(_ message: String, at span: Span, fix: String, note: String? = nil) {
    foreign(message, at: span, fixes: [FixIt(span, fix)], note: note)
  }

  mutating func failForeign(_ message: String, at span: Span, fixes: [FixIt] = [], note: String? = nil) -> Recovery {
    foreign(message, at: span, fixes: fixes, note: note)
    return Recovery()
  }

  // MARK: Functions

  /// `def f(x)`, `function f(x)`: reported, then read as `fn`.
  var isForeignFunction: Bool {
    guard case .name(let text) = token.kind, ahead(1).kind.isName, !ahead(1).startsLine else { return false }
    return ["def", "function", "func", "fun", "sub", "proc"].contains(text)
      && ahead(2).kind.isSymbol(.leftParenthesis)
  }

  mutating func answerForeignFunction() {
    foreign("a function is declared with `fn`, not `\(file.text(token.span))`", at: token.span, fix: "fn")
  }

  /// `*args`, `**kwargs` among parameters: read as a parameter.
  mutating func answerStarredParameter() {
    guard isSymbol(.star) || isSymbol(.power) else { return }
    foreign(
      "parameters are named one by one; a list takes any number of values", at: token.span, fix: "")
    advance()
  }

  // MARK: Bindings

  /// `x = 3`, `x := 3`, `float x = 3`, `const x = 3` at the top level: read as `let x = 3`.
  mutating func foreignBinding() throws(Recovery) -> Binding? {
    if let binding = try foreignTypedBinding() { return binding }
    if let binding = try foreignArrowBinding() { return binding }
    guard case .name(let text) = token.kind, ahead(1).kind.isSymbol(.set) || ahead(1).kind.isSymbol(.walrus),
      !ahead(1).startsLine
    else { return nil }
    if ["Buy", "Sell", "Short", "Cover"].contains(text) {
      throw failForeign(
        "there are no buy and sell arrays: `signals` gives target weights", at: token.span,
        note: "`fn signals(as_of) = if up { [\"SPY\": 1] } else { flat }`")
    }
    let isWalrus = ahead(1).kind.isSymbol(.walrus)
    let span = isWalrus ? token.span.union(ahead(1).span) : token.span
    foreign("a constant is declared with `let`", at: span, fix: isWalrus ? "let \(text) =" : "let \(text)")
    return try valueBinding()
  }

  /// The rest of a binding from its name on.
  private mutating func valueBinding() throws(Recovery) -> Binding? {
    let name = try name("a name")
    advance()
    let value = try expression()
    // A name that is bound twice is said to be foreign twice, which is enough.
    if !boundNames.insert(name.text).inserted { throw Recovery() }
    return Binding(isVariable: false, pattern: .name(name, nil), value: value, documentation: nil)
  }

  private static let bindingWords: Set<String> = ["const", "val", "final", "dim", "auto", "local", "my"]
  private static let typeWords: Set<String> = [
    "int", "float", "double", "bool", "string", "series", "simple", "color", "num", "number", "list", "varip", "input",
    "boolean", "long", "decimal",
  ]

  /// `const x = 3`, `float x = 3`.
  mutating func foreignTypedBinding() throws(Recovery) -> Binding? {
    guard case .name(let text) = token.kind, ahead(1).kind.isName, !ahead(1).startsLine,
      ahead(2).kind.isSymbol(.set) || ahead(2).kind.isSymbol(.walrus)
    else { return nil }
    if text == "input" {
      throw failForeign(
        "an input is declared with `param`", at: token.span.union(ahead(1).span),
        fixes: [FixIt(token.span, "param")])
    }
    guard Parser.bindingWords.contains(text) || Parser.typeWords.contains(text) else { return nil }
    let note = Parser.typeWords.contains(text) ? "the type follows from the value" : nil
    foreign("a binding begins with `let`", at: token.span, fix: "let", note: note)
    advance()
    return try valueBinding()
  }

  /// `x <- 3`
  mutating func foreignArrowBinding() throws(Recovery) -> Binding? {
    guard case .name(let text) = token.kind, ahead(1).kind.isSymbol(.less), ahead(2).kind.isSymbol(.minus),
      ahead(1).span.upper == ahead(2).span.lower, !ahead(1).startsLine,
      ahead(3).span.lower > ahead(2).span.upper || ahead(3).kind.isName
    else { return nil }
    let span = token.span.union(ahead(2).span)
    foreign("a binding is written `let \(text) =`", at: span, fix: "let \(text) =")
    let name = try name("a name")
    advance()
    advance()
    return Binding(isVariable: false, pattern: .name(name, nil), value: try expression(), documentation: nil)
  }

  /// `var float x = na`: the type before the name.
  mutating func answerTypeBeforeName() {
    guard case .name(let text) = token.kind, Parser.typeWords.contains(text), ahead(1).kind.isName,
      !ahead(1).startsLine
    else { return }
    let span = Span(Int(token.span.lower), Int(ahead(1).span.lower))
    foreign("a type stands behind the name, and may be left out", at: token.span, fixes: [FixIt(span, "")])
    advance()
  }

  /// `let a, b = pair`: the names, read as `[a, b]`.
  mutating func foreignNames(after first: Name) throws(Recovery) -> [Name]? {
    var names = [first]
    while take(.comma) { names.append(try name("a name")) }
    let span = first.span.union(Span(previousEnd, previousEnd))
    foreign("a list is taken apart in brackets", at: span, fix: "[\(names.map(\.text).joined(separator: ", "))]")
    return names
  }

  /// `x := 3` in a function: an assignment, or a binding if the name is not declared as one that varies above.
  mutating func answerWalrus(_ target: Expression) {
    var fix = FixIt(token.span, "=")
    if case .name(let text) = target.kind, !isDeclaredVariable(text) {
      fix = FixIt(target.span.union(token.span), "let \(text) =")
    }
    foreign("a binding is written `let x =`, an assignment `x =`", at: token.span, fixes: [fix])
  }

  private func isDeclaredVariable(_ name: String) -> Bool {
    tokens[..<place].indices.dropLast().contains { index in
      guard tokens[index].kind.isKeyword(.var) || tokens[index].kind.isKeyword(.state) else { return false }
      if case .name(name) = tokens[index + 1].kind { return true }
      return false
    }
  }

  // MARK: Imports

  /// What stands behind `import` in other languages.
  mutating func answerForeignImport() throws(Recovery) {
    if isSymbol(.leftBrace) || isSymbol(.star) {
      throw failForeign(
        "a module is imported as a whole", at: token.span,
        note: "write `import portfolio` and call `portfolio.cap(w, 5pct)` or `w.cap(5pct)`")
    }
    if token.kind.isName, ahead(1).kind.isSymbol(.dot) {
      throw failForeign(
        "there are no packages of packages: a module is one file", at: token.span.union(ahead(2).span),
        note: "`strat explain E0208` says where modules are looked for")
    }
  }

  /// `strategy.entry(…)`
  mutating func answerStrategyCall() throws(Recovery) {
    guard ahead(1).kind.isSymbol(.dot) || ahead(1).kind.isSymbol(.leftParenthesis) else { return }
    let isCall = ahead(1).kind.isSymbol(.dot)
    throw failForeign(
      isCall
        ? "no orders are placed: `signals` gives target weights" : "a strategy is declared by a block",
      at: isCall ? token.span.union(ahead(2).span) : token.span,
      note: isCall
        ? "`return [\"SPY\": 1]` holds it, `return flat` leaves it, `return hold` does nothing"
        : "`strategy \"name\" { rebalance: \"daily\" }`")
  }

  // MARK: Statements

  /// What is no declaration: said once for lines in a row.
  mutating func answerStray() -> Recovery {
    if isAmongStrays { return Recovery() }
    isAmongStrays = true
    if isSymbol(.leftBrace) {
      return failForeign("a comment begins with `#`, and a block belongs to a declaration", at: token.span)
    }
    return failExpected("a declaration: import, strategy, param, state, let, fn or test")
  }

  mutating func answerForeignStatement() throws(Recovery) {
    if isSymbol(.at) { throw failForeign("there are no decorators", at: token.span, note: "call the function instead") }
    try answerPrefixedIncrement()
    try answerOperatorAtLineStart()
    guard case .name(let text) = token.kind else { return }
    let span = token.span
    let next = ahead(1)
    let standsAlone = next.startsLine || next.kind.isSymbol(.semicolon) || next.kind.isSymbol(.rightBrace)
    switch text {
    case "pass" where standsAlone, "end" where standsAlone, "End" where standsAlone:
      let message = text == "pass" ? "an empty block is `{ }`: nothing stands for `pass`" : "a block ends with `}`"
      throw failForeign(message, at: span, fixes: [FixIt(span, text == "pass" ? "" : "}")])
    case "try" where next.kind.isSymbol(.colon) || next.kind.isSymbol(.leftBrace),
      "except" where !standsAlone, "finally" where next.kind.isSymbol(.colon), "catch" where !standsAlone:
      if text == "except" || text == "finally" || text == "catch" { throw Recovery() }
      throw failForeign("there is no `try` here", at: span, note: Parser.notes["try"])
    case "do" where next.kind.isSymbol(.leftBrace):
      throw failForeign("there is no `do`: write `while true { … if done { break } }`", at: span)
    case "Inputs" where next.kind.isSymbol(.colon), "Input" where next.kind.isSymbol(.colon),
      "Vars" where next.kind.isSymbol(.colon), "Variables" where next.kind.isSymbol(.colon):
      throw answerInputs(text)
    case "print" where !standsAlone && !next.kind.isSymbol(.leftParenthesis) && next.kind.isOperand:
      throw failForeign("a function is called with parentheses: `print(x)`", at: span)
    default: break
    }
    guard next.kind.isName || next.kind.isOperand || next.kind.isSymbol(.star), !next.startsLine else { return }
    try answerWordBeforeWord(text, span)
  }

  /// A word of another language with more behind it.
  private mutating func answerWordBeforeWord(_ text: String, _ span: Span) throws(Recovery) {
    if let keyword = Keyword(rawValue: text.lowercased()), ![.and, .or, .in, .as].contains(keyword) {
      throw failForeign(
        "words are written in lower case: `\(keyword.rawValue)`", at: span,
        fixes: [
          FixIt(span, keyword.rawValue)
        ])
    }
    switch text {
    case "lambda": throw failForeign("a lambda is written `x -> expression`", at: span)
    case "elif", "elsif", "elseif":
      throw failForeign(
        "`\(text)` is written `else if`, on the line of the closing brace", at: span, fixes: [FixIt(span, "else if")])
    case "SELECT", "select", "Select":
      throw failForeign(
        "there are no queries: series come from `close(ticker)`, `macro(code)` and their like", at: span,
        note: "`[t: momentum(t) for t in members() if has_price(t)].top(10)` selects and sorts")
    case "Buy", "Sell", "SellShort", "BuyToCover", "buy", "sell":
      throw failForeign(
        "no orders are placed: `signals` gives target weights", at: span,
        note: "`return [\"SPY\": 1]` holds it, `return flat` leaves it, `return hold` does nothing")
    case _ where Parser.notes[text] != nil:
      throw failForeign("there is no `\(text)` here", at: span, note: Parser.notes[text])
    default: return
    }
  }

  /// What stands for the words that begin statements elsewhere.
  static let notes = [
    "class": "use functions and maps", "struct": "use a map: `[\"a\": 1]`", "enum": "use strings",
    "try": "use `??` for missing values and `m[k] ?? default` for absent keys",
    "switch": "use `if … else if …`", "match": "use `if … else if …`", "case": "use `if … else if …`",
    "async": "scripts run from top to bottom", "await": "scripts run from top to bottom",
    "from": "write `import portfolio` and call `portfolio.cap(w, 5pct)` or `w.cap(5pct)`",
    "using": "write `import portfolio`", "use": "write `import portfolio`", "include": "write `import portfolio`",
    "raise": "`error(\"message\")` ends the call with an error",
    "throw": "`error(\"message\")` ends the call with an error",
    "del": "`m = m.remove(key)` is the map without the key", "global": "`state name = …` at the top level is kept",
    "nonlocal": "`state name = …` at the top level is kept", "yield": "make a list: `[f(x) for x in xs]`",
    "export": "every function of a module can be used, but those whose names begin with `_`",
    "public": "every function of a module can be used, but those whose names begin with `_`",
    "static": "`state name = …` at the top level is kept", "foreach": "write `for x in xs { … }`",
    "unless": "write `if not … { … }`", "until": "write `while not … { … }`", "repeat": "write `while … { … }`",
    "type": "use a map: `[\"a\": 1]`", "namespace": "a module is a file", "package": "a module is a file",
  ]

  /// `Inputs: Len(20), Mult(2);`
  private mutating func answerInputs(_ word: String) -> Recovery {
    let start = token.span
    let isInput = word.hasPrefix("Input")
    advance()
    advance()
    var declared: [String] = []
    while case .name(let name) = token.kind, ahead(1).kind.isSymbol(.leftParenthesis) {
      advance()
      let opened = Int(token.span.upper)
      while !isSymbol(.rightParenthesis), !isSymbol(.semicolon), !isAtEnd { advance() }
      declared.append("\(isInput ? "param" : "state") \(name) = \(file.text(Span(opened, Int(token.span.lower))))")
      skippedNames.insert(name)
      if !take(.rightParenthesis) || !take(.comma) { break }
    }
    let whole = Span(Int(start.lower), previousEnd)
    return failForeign(
      isInput ? "an input is declared with `param`" : "what is kept from day to day is declared with `state`",
      at: start,
      fixes: declared.isEmpty ? [] : [FixIt(whole, declared.joined(separator: "; "))])
  }

  /// `+ b` or `* b` in a line of its own, which was meant to go on with the line above.
  private mutating func answerOperatorAtLineStart() throws(Recovery) {
    guard case .symbol(let symbol) = token.kind, token.startsLine, place > 0,
      [.plus, .star, .slash, .power, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(
        symbol),
      Int(token.span.lower) > Int(tokens[place - 1].span.upper),
      !tokens[place - 1].kind.isSymbol(.leftBrace), !tokens[place - 1].kind.isSymbol(.rightBrace)
    else { return }
    let next = ahead(1).startsLine ? token.span : Span(Int(token.span.lower), Int(ahead(1).span.lower))
    throw failForeign(
      "a line goes on where its operator stands at the end, not at the beginning of the next", at: token.span,
      fixes: [FixIt(Span(previousEnd, previousEnd), " " + symbol.rawValue), FixIt(next, "")])
  }

  /// `++x`
  private mutating func answerPrefixedIncrement() throws(Recovery) {
    let sign = isSymbol(.plus) ? "+" : "-"
    guard isSymbol(.plus) && ahead(1).kind.isSymbol(.plus) || isSymbol(.minus) && ahead(1).kind.isSymbol(.minus),
      token.span.upper == ahead(1).span.lower, case .name(let text) = ahead(2).kind,
      ahead(3).startsLine || ahead(3).kind.isSymbol(.semicolon) || ahead(3).kind.isSymbol(.rightBrace)
    else { return }
    let span = token.span.union(ahead(2).span)
    throw failForeign(
      "a step is written `x \(sign)= 1`", at: span, fixes: [FixIt(span, "\(text) \(sign)= 1")])
  }

  /// `x++`, `x--` at the end of a statement: passed over.
  mutating func answerIncrement() -> Bool {
    let next = ahead(1)
    let sign = isSymbol(.plus) ? "+" : "-"
    guard next.kind.isSymbol(isSymbol(.plus) ? .plus : .minus), next.span.lower == token.span.upper,
      Int(token.span.lower) == previousEnd
    else { return false }
    let after = ahead(2)
    guard after.startsLine || after.kind.isSymbol(.semicolon) || after.kind.isSymbol(.rightBrace) || after.kind.isEnd
    else { return false }
    foreign("a step is written `x \(sign)= 1`", at: token.span.union(next.span), fix: " \(sign)= 1")
    advance()
    advance()
    // The sign at the end of the line wants no more.
    completeLine = place
    return true
  }

  /// `if x = 3 {`
  mutating func answerAssignmentInCondition() throws(Recovery) {
    guard isSymbol(.set) else { return }
    throw failForeign("a condition compares with `==`", at: token.span, fixes: [FixIt(token.span, "==")])
  }

  /// `1,000,000` from the first number to the last; `nil` where the commas part other things.
  private func groupedDigits() -> Span? {
    guard place > 0, case .number = tokens[place - 1].kind else { return nil }
    let first = tokens[place - 1].span
    var last = first
    var offset = 0
    while ahead(offset).kind.isSymbol(.comma), case .number = ahead(offset + 1).kind {
      let group = ahead(offset + 1).span
      guard ahead(offset).span.lower == last.upper, group.lower == last.upper + 1, group.upper - group.lower == 3 else {
        break
      }
      last = group
      offset += 2
    }
    return last.upper > first.upper ? first.union(last) : nil
  }

  /// Something stands behind a statement on its line.
  mutating func answerJunk() -> Recovery {
    switch token.kind {
    case .symbol(.walrus):
      return failForeign("an assignment is written with `=`", at: token.span, fixes: [FixIt(token.span, "=")])
    case .symbol(.comma):
      if let group = groupedDigits() {
        // That a group begins with zeros is no problem of its own.
        diagnostics.removeAll { $0.offset.map { $0 > group.lower && $0 < group.upper } ?? false }
        return failForeign(
          "thousands are grouped with `_`", at: group,
          fixes: [FixIt(group, file.text(group).replacing(",", with: "_"))])
      }
      return failForeign(
        "statements and names are not listed with commas", at: token.span,
        note: "`let [a, b] = pair` takes a list apart; each other statement has a line of its own")
    case .symbol(.set):
      return failForeign(
        "one `=` assigns, and an assignment is a statement of its own", at: token.span,
        note: "a comparison is written `==`")
    case .name("where"):
      return fail(
        .expected("the end of the statement", found: "`where`, which belongs to `param`", at: location(token.span)))
    default: return failExpected("the end of the statement")
    }
  }
}

extension TokenKind {
  /// It may begin an operand, and a name cannot stand before it.
  var isOperand: Bool {
    switch self {
    case .name, .number, .duration, .date, .string: true
    default: false
    }
  }

  var isEnd: Bool {
    if case .end = self { true } else { false }
  }
}
