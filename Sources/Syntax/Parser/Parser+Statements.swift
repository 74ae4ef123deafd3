import Diagnostics
import MarketModel

extension Parser {
  /// `{ statement EOS … }`
  mutating func block() throws(Recovery) -> Block {
    let opened = token.span
    guard isSymbol(.leftBrace) else {
      if isSymbol(.colon), newlinesCount { return try indentedBlock() }
      if isBlockWord { return try wordBlock() }
      throw failExpected("`{` on this line")
    }
    advance()
    let outer = isInWordBlock
    isInWordBlock = false
    defer { isInWordBlock = outer }
    return try nested(newlines: true) { (parser) throws(Recovery) in
      var statements: [Statement] = []
      while !parser.isSymbol(.rightBrace), !parser.isAtEnd {
        let before = parser.place
        if let statement = parser.statement() { statements.append(statement) }
        if parser.place == before, !parser.isSymbol(.rightBrace) { parser.advance() }
      }
      try parser.close(.rightBrace, opened: opened)
      return Block(statements, parser.span(from: opened.lower))
    }
  }

  /// A statement with its end; `nil` for a lone `;`.
  mutating func statement() -> Statement? {
    if take(.semicolon) { return nil }
    let outer = statementStart
    beginStatement()
    let start = token.span.lower
    let first = place
    defer { statementStart = outer }
    do throws(Recovery) {
      let kind = try statementKind()
      let statement = Statement(id: identifier(), span: span(from: start), kind: kind)
      try endStatement()
      return statement
    } catch {
      synchronize(from: first)
      skipIndented(below: first)
      return Statement(id: identifier(), span: span(from: start), kind: .invalid)
    }
  }

  mutating func endStatement() throws(Recovery) {
    if take(.semicolon) { return }
    if endsStatement { return }
    throw answerJunk()
  }

  private mutating func statementKind() throws(Recovery) -> Statement.Kind {
    switch token.kind {
    case .keyword(.let), .keyword(.var): return .binding(try binding(documentation: nil))
    case .keyword(.fn): return .function(try function(documentation: token.documentation))
    case .keyword(.while):
      advance()
      let condition = try expression()
      try answerAssignmentInCondition()
      return .loop(condition: condition, try block())
    case .keyword(.for):
      advance()
      let isParenthesized = try answerParenthesizedLoop()
      let names = try loopNames()
      let sequence = try loopSequence()
      if isParenthesized { try expect(.rightParenthesis) }
      return .forEach(names, sequence, try block())
    case .keyword(.break):
      advance()
      return .break
    case .keyword(.continue):
      advance()
      return .continue
    case .keyword(.return):
      advance()
      return .return(endsStatement ? nil : try expression())
    case .keyword(.assert):
      advance()
      let condition = try expression()
      return .assert(condition, message: take(.comma) ? try expression() : nil)
    case .keyword(.if), .keyword(.at): return .expression(try primary())
    case .keyword(.param), .keyword(.state), .keyword(.strategy), .keyword(.test), .keyword(.import):
      if isKeyword(.strategy) { try answerStrategyCall() }
      throw failExpected("a statement; declarations stand at the top level")
    default:
      if isForeignFunction { return .function(try function(documentation: nil)) }
      return try assignmentOrExpression()
    }
  }

  private mutating func assignmentOrExpression() throws(Recovery) -> Statement.Kind {
    try answerForeignStatement()
    if let binding = try foreignTypedBinding() { return .binding(binding) }
    if let binding = try foreignArrowBinding() { return .binding(binding) }
    let place = try expression()
    guard !(token.startsLine && newlinesCount), let operation = assignmentOperator else { return .expression(place) }
    guard place.isPlace else {
      throw fail(
        .expected("a variable or an item of one on the left of `=`", found: "something else", at: location(place.span)))
    }
    if isSymbol(.walrus) { answerWalrus(place) }
    advance()
    return .assign(place: place, operation, try expression())
  }

  private var assignmentOperator: AssignmentOperator? {
    switch token.kind {
    case .symbol(.set): .set
    case .symbol(.addSet): .add
    case .symbol(.subtractSet): .subtract
    case .symbol(.multiplySet): .multiply
    case .symbol(.divideSet): .divide
    case .symbol(.walrus): .set
    default: nil
    }
  }

  /// `let x: number = e`, `var [a, b] = e`
  mutating func binding(documentation: String?) throws(Recovery) -> Binding {
    let isVariable = isKeyword(.var)
    advance()
    let pattern: Binding.Pattern
    if isSymbol(.leftBracket) {
      let start = token.span.lower
      advance()
      let names = try nested(newlines: false) { (parser) throws(Recovery) in
        var names = [try parser.name("a name")]
        while parser.take(.comma), !parser.isSymbol(.rightBracket) { names.append(try parser.name("a name")) }
        try parser.expect(.rightBracket)
        return names
      }
      pattern = .list(names, span(from: start))
    } else {
      answerTypeBeforeName()
      let name = try name("a name")
      if isSymbol(.comma), let names = try foreignNames(after: name) {
        pattern = .list(names, span(from: name.span.lower))
      } else {
        pattern = .name(name, take(.colon) ? try type() : nil)
      }
    }
    if isSymbol(.walrus) {
      report(.foreign("a binding is written with `=`", at: location(token.span), fix: "="))
      advance()
    } else {
      try expect(.set, "`=` and a value")
    }
    return Binding(isVariable: isVariable, pattern: pattern, value: try expression(), documentation: documentation)
  }

  /// `number`, `list[number]?`
  mutating func type() throws(Recovery) -> TypeAnnotation {
    let start = token.span.lower
    let name: Name
    if isKeyword(.none) {
      name = Name("none", token.span)
      advance()
    } else {
      name = try self.name("a type")
    }
    var argument: [TypeAnnotation] = []
    if isSymbol(.leftBracket) {
      advance()
      argument.append(
        try nested(newlines: false) { (parser) throws(Recovery) in
          let type = try parser.type()
          try parser.expect(.rightBracket)
          return type
        })
    }
    let optional = take(.question)
    return TypeAnnotation(name: name, argument: argument, isOptional: optional, span: span(from: start))
  }

  /// `fn name(a, b = 2) -> number = e`, or with a block.
  mutating func function(documentation: String?) throws(Recovery) -> FunctionDeclaration {
    let start = token.span.lower
    if isForeignFunction { answerForeignFunction() }
    advance()
    let name = try name("the function's name")
    let parameters = try parameters()
    var result: TypeAnnotation?
    if take(.arrow) { result = try type() }
    let body: FunctionBody
    if take(.set) {
      body = .expression(try expression())
    } else {
      if isSymbol(.arrow) || isSymbol(.fatArrow) {
        throw fail(
          .expected("`=` and an expression, or a block", found: token.kind.description, at: location(token.span)))
      }
      body = .block(try block())
    }
    return FunctionDeclaration(
      id: identifier(), name: name, parameters: parameters, result: result, body: body, documentation: documentation,
      span: span(from: start))
  }

  private mutating func parameters() throws(Recovery) -> [Parameter] {
    let opened = token.span
    try expect(.leftParenthesis, "`(` and the parameters")
    return try nested(newlines: false) { (parser) throws(Recovery) in
      var result: [Parameter] = []
      while !parser.isSymbol(.rightParenthesis) {
        parser.answerStarredParameter()
        let name = try parser.name("a parameter")
        let type = parser.take(.colon) ? try parser.type() : nil
        let initial = parser.take(.set) ? try parser.expression() : nil
        result.append(Parameter(name: name, type: type, initial: initial))
        if !parser.take(.comma) { break }
      }
      try parser.close(.rightParenthesis, opened: opened)
      return result
    }
  }
}

extension Expression {
  /// A variable, or an item reached from one by indices and names.
  var isPlace: Bool {
    switch kind {
    case .name: true
    case .index(let base, _), .member(let base, _): base.isPlace
    default: false
    }
  }
}
