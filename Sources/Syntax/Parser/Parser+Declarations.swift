import Diagnostics
import MarketModel

extension Parser {
  /// All declarations of a file.
  mutating func declarations() -> [Declaration] {
    var result: [Declaration] = []
    while !isAtEnd {
      let before = place
      if take(.semicolon) { continue }
      beginStatement()
      do throws(Recovery) {
        let declaration = try declaration()
        isAmongStrays = false
        result.append(declaration)
        try endStatement()
      } catch {
        synchronize(from: before)
        skipIndented(below: before)
        // A closing brace at the top level belongs to nothing.
        if isSymbol(.rightBrace) {
          if place == before { report(.expected("a declaration", found: "`}`", at: location(token.span))) }
          advance()
        }
      }
      if place == before { advance() }
    }
    return result
  }

  mutating func declaration() throws(Recovery) -> Declaration {
    let documentation = token.documentation
    let start = token.span.lower
    switch token.kind {
    case .keyword(.import): return .importing(try importing())
    case .keyword(.strategy):
      try answerStrategyCall()
      return .strategy(try strategy(documentation))
    case .keyword(.param): return .param(try param(documentation))
    case .keyword(.state): return .state(try state(documentation))
    case .keyword(.fn): return .function(try function(documentation: documentation))
    case .keyword(.test): return .test(try test())
    case .keyword(.let), .keyword(.var):
      let binding = try binding(documentation: documentation)
      return .binding(binding, identifier(), span(from: start))
    default:
      if isForeignFunction { return .function(try function(documentation: documentation)) }
      try answerForeignStatement()
      if let binding = try foreignBinding() { return .binding(binding, identifier(), span(from: start)) }
      throw answerStray()
    }
  }

  private mutating func importing() throws(Recovery) -> ImportDeclaration {
    let start = token.span.lower
    advance()
    try answerForeignImport()
    let target: ImportDeclaration.Target
    if case .string(let string) = token.kind {
      let literal = StringLiteral(try segments(string).0)
      guard let path = literal.plainText else {
        throw fail(.expected("a plain path", found: "an interpolation", at: location(token.span)))
      }
      target = .path(path, token.span)
      advance()
    } else {
      target = .name(try name("a module's name or path"))
    }
    let alias = take(.as) ? try name("a name for the module") : nil
    return ImportDeclaration(target: target, alias: alias, span: span(from: start))
  }

  /// A string without interpolation, as a name.
  private mutating func plainString(_ what: String) throws(Recovery) -> Name {
    guard case .string(let string) = token.kind else { throw failExpected(what) }
    guard let text = StringLiteral(try segments(string).0).plainText else {
      throw fail(.expected("plain text", found: "an interpolation", at: location(token.span)))
    }
    let name = Name(text, token.span)
    advance()
    return name
  }

  private mutating func strategy(_ documentation: String?) throws(Recovery) -> StrategyDeclaration {
    let start = token.span.lower
    advance()
    let id = try plainString("the strategy's id in quotes")
    let opened = token.span
    try expect(.leftBrace)
    let entries = try nested(newlines: true) { (parser) throws(Recovery) in
      var entries: [StrategyDeclaration.Entry] = []
      while !parser.isSymbol(.rightBrace), !parser.isAtEnd {
        if parser.take(.semicolon) { continue }
        let before = parser.place
        parser.beginStatement()
        do throws(Recovery) {
          entries.append(try parser.entry())
          if !parser.take(.comma) {
            try parser.endStatement()
          } else if parser.isSymbol(.semicolon) {
            throw parser.failExpected("a key")
          }
        } catch {
          parser.synchronize(from: before)
          if parser.place == before, !parser.isSymbol(.rightBrace) { parser.advance() }
        }
      }
      try parser.close(.rightBrace, opened: opened)
      return entries
    }
    return StrategyDeclaration(id: id, entries: entries, documentation: documentation, span: span(from: start))
  }

  /// `key: constant`
  private mutating func entry() throws(Recovery) -> StrategyDeclaration.Entry {
    guard let key = word() else { throw failExpected("a key") }
    if isSymbol(.set) {
      report(.foreign("a key is followed by a colon", at: location(token.span), fix: ":"))
      advance()
    } else {
      try expect(.colon, "`:` and a value")
    }
    let value = try expression()
    if case .name = value.kind, token.kind.isWord, !token.startsLine {
      return StrategyDeclaration.Entry(key: key, value: try unquotedText(from: value.span.lower))
    }
    return StrategyDeclaration.Entry(key: key, value: value)
  }

  /// `description: my strategy`: the words up to the end of the entry, read as a string.
  private mutating func unquotedText(from start: Int32) throws(Recovery) -> Expression {
    while token.kind.isWord, !token.startsLine { advance() }
    let words = Span(Int(start), previousEnd)
    report(.foreign("a text stands in quotes", at: location(words), fix: "\"\(file.text(words))\""))
    return try make(.string(StringLiteral([.text(file.text(words))])), from: start, children: [])
  }

  private mutating func param(_ documentation: String?) throws(Recovery) -> ParamDeclaration {
    let start = token.span.lower
    advance()
    let name = try name("the param's name")
    try expect(.set, "`=` and a default")
    let initial = try sum()
    var domain: ParamDeclaration.Domain?
    if take(.in) { domain = try self.domain() }
    var constraint: Expression?
    if case .name("where") = token.kind {
      advance()
      constraint = try expression()
    }
    return ParamDeclaration(
      name: name, initial: initial, domain: domain, constraint: constraint, documentation: documentation,
      span: span(from: start))
  }

  private mutating func domain() throws(Recovery) -> ParamDeclaration.Domain {
    let value = try range()
    switch value.kind {
    case .range(let lower, let upper, let inclusive, let step):
      return .range(lower: lower, upper: upper, includesUpper: inclusive, step: step)
    case .list(let items): return .list(items)
    default:
      throw fail(
        .expected("a range `lo..hi step s` or a list of values", found: "something else", at: location(value.span)))
    }
  }

  private mutating func state(_ documentation: String?) throws(Recovery) -> StateDeclaration {
    let start = token.span.lower
    advance()
    let name = try name("the state variable's name")
    try expect(.set, "`=` and an initial value")
    let initial = try expression()
    return StateDeclaration(name: name, initial: initial, documentation: documentation, span: span(from: start))
  }

  private mutating func test() throws(Recovery) -> TestDeclaration {
    let start = token.span.lower
    advance()
    let name = try plainString("the test's name in quotes")
    var folder: Name?
    if case .name("with") = token.kind {
      advance()
      folder = try plainString("a data folder in quotes")
    }
    let body = try block()
    return TestDeclaration(id: identifier(), name: name, folder: folder, body: body, span: span(from: start))
  }
}
