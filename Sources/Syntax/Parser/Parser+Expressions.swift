import Diagnostics
import MarketModel

extension Parser {
  /// expression = lambda | coalesce
  mutating func expression() throws(Recovery) -> Expression {
    if isLambda { return try lambda() }
    return try coalesce()
  }

  // MARK: Operators, loosest first

  private mutating func coalesce() throws(Recovery) -> Expression {
    let start = token.span.lower
    var left = try disjunction()
    while isSymbol(.coalesce) {
      advance()
      if isKeyword(.not) { throw fail(.mixedCoalesce(location(token.span))) }
      let right = try range()
      if let clash = comparisonOperator ?? logicalOperator {
        _ = clash
        throw fail(.mixedCoalesce(location(Span(Int(right.span.lower), Int(token.span.upper)))))
      }
      left = try make(.binary(.coalesce, left, right), from: start, over: left, right)
    }
    return try answerForeignInfix(after: left, from: start)
  }

  private mutating func disjunction() throws(Recovery) -> Expression {
    let start = token.span.lower
    var left = try conjunction()
    while isKeyword(.or) || isForeignOr {
      if !isKeyword(.or) { answerWord("or") }
      advance()
      answerShortCircuitWord("or", "else")
      let right = try conjunction()
      left = try make(.binary(.or, left, right), from: start, over: left, right)
    }
    return left
  }

  private mutating func conjunction() throws(Recovery) -> Expression {
    let start = token.span.lower
    var left = try negation()
    while isKeyword(.and) || isForeignAnd {
      if !isKeyword(.and) { answerWord("and") }
      advance()
      answerShortCircuitWord("and", "then")
      let right = try negation()
      left = try make(.binary(.and, left, right), from: start, over: left, right)
    }
    return left
  }

  /// Prefix operators are counted, not recursed into: a long run of them is no deep recursion of the parser.
  private mutating func negation() throws(Recovery) -> Expression {
    var starts: [Int32] = []
    while isKeyword(.not) || isForeignNot {
      if !isKeyword(.not) { answerNot() }
      starts.append(token.span.lower)
      advance()
    }
    var operand = try comparison()
    for start in starts.reversed() { operand = try make(.unary(.not, operand), from: start, over: operand) }
    return operand
  }

  private var logicalOperator: BinaryOperator? {
    if isKeyword(.and) { return .and }
    if isKeyword(.or) { return .or }
    return nil
  }

  private var comparisonOperator: BinaryOperator? {
    switch token.kind {
    case .symbol(.equal): .equal
    case .symbol(.notEqual): .notEqual
    case .symbol(.less): .less
    case .symbol(.lessOrEqual): .lessOrEqual
    case .symbol(.greater): .greater
    case .symbol(.greaterOrEqual): .greaterOrEqual
    case .keyword(.in): .in
    case .keyword(.not): ahead(1).kind.isKeyword(.in) ? .notIn : nil
    default: nil
    }
  }

  private mutating func comparison() throws(Recovery) -> Expression {
    let start = token.span.lower
    let left = try range()
    if let foreign = try foreignComparison(after: left, from: start) { return foreign }
    guard let operation = comparisonOperator else { return left }
    advance()
    if operation == .notIn { advance() }
    let right = try range()
    if comparisonOperator != nil { return try chained(left, operation, right, from: start) }
    return try make(.binary(operation, left, right), from: start, over: left, right)
  }

  mutating func range() throws(Recovery) -> Expression {
    let start = token.span.lower
    let lower = try sum()
    guard isSymbol(.range) || isSymbol(.halfOpenRange) else { return lower }
    let inclusive = isSymbol(.range)
    let operatorSpan = token.span
    advance()
    let longSpan = foreignRange(after: operatorSpan)
    if allowsOpenRange, isSymbol(.rightBracket) {
      if let longSpan { answerRange(longSpan, lower, nil) }
      openRange = (lower, inclusive)
      return lower
    }
    let upper = try sum()
    if let longSpan { answerRange(longSpan, lower, upper) }
    var step: Expression?
    if take(.step) { step = try sum() }
    if isSymbol(.range) || isSymbol(.halfOpenRange) {
      throw fail(
        .expected("an end of the range", found: "a second range operator", at: location(operatorSpan.union(token.span)))
      )
    }
    return try make(
      .range(lower: lower, upper: upper, includesUpper: inclusive, step: step), from: start,
      children: [lower, upper] + (step.map { [$0] } ?? []))
  }

  mutating func sum() throws(Recovery) -> Expression {
    let start = token.span.lower
    var left = try product()
    while isSymbol(.plus) || isSymbol(.minus) {
      let operation: BinaryOperator = isSymbol(.plus) ? .add : .subtract
      if answerIncrement() { return left }
      advance()
      let right = try product()
      left = try make(.binary(operation, left, right), from: start, over: left, right)
    }
    return left
  }

  private mutating func product() throws(Recovery) -> Expression {
    let start = token.span.lower
    var left = try unary()
    while true {
      let operation: BinaryOperator
      switch token.kind {
      case .symbol(.star): operation = .multiply
      case .symbol(.slash): operation = .divide
      case .symbol(.percent):
        if try answerPercent(left) { continue }
        operation = .remainder
      case .symbol(.slashes):
        left = try flooredDivision(left, from: start)
        continue
      default: return left
      }
      advance()
      let right = try unary()
      left = try make(.binary(operation, left, right), from: start, over: left, right)
    }
    return left
  }

  private mutating func unary() throws(Recovery) -> Expression {
    var starts: [Int32] = []
    while isSymbol(.minus) || isSymbol(.plus) {
      if isSymbol(.plus) { answerUnaryPlus() } else { starts.append(token.span.lower) }
      advance()
    }
    if isKeyword(.not) { throw failExpected("an operand; `not` needs parentheses here") }
    var operand = try power()
    for start in starts.reversed() { operand = try make(.unary(.negate, operand), from: start, over: operand) }
    return operand
  }

  /// power = postfix [ "**" unary ]: to the right, and the recursion is counted as nesting.
  mutating func power() throws(Recovery) -> Expression {
    let start = token.span.lower
    let base = try postfix()
    guard isSymbol(.power) || isSymbol(.caret) else { return base }
    if isSymbol(.caret) { answerWord("**") }
    advance()
    let exponent = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.unary() }
    return try make(.binary(.power, base, exponent), from: start, over: base, exponent)
  }

  // MARK: Calls, indices, members

  private mutating func postfix() throws(Recovery) -> Expression {
    let start = token.span.lower
    var base = try primary()
    while true {
      if isSymbol(.dot) {
        base = try dotted(base, start)
      } else if isSymbol(.leftParenthesis) {
        let arguments = try arguments()
        base = try make(.call(base, arguments), from: start, children: [base] + arguments.map(\.value))
      } else if isSymbol(.leftBracket) {
        base = try indexed(base, start)
      } else {
        return base
      }
    }
  }

  private mutating func dotted(_ base: Expression, _ start: Int32) throws(Recovery) -> Expression {
    advance()
    guard let name = word() else {
      try answerBarePoint(base)
      throw failExpected("a name after the dot")
    }
    guard isSymbol(.leftParenthesis) else {
      return try make(.member(base, name), from: start, over: base)
    }
    let arguments = try arguments()
    return try make(.methodCall(base, name, arguments), from: start, children: [base] + arguments.map(\.value))
  }

  private mutating func arguments() throws(Recovery) -> [Argument] {
    let opened = token.span
    advance()
    return try nested(newlines: false) { (parser) throws(Recovery) in
      var result: [Argument] = []
      while !parser.isSymbol(.rightParenthesis) {
        result.append(try parser.argument(after: result.last))
        if !parser.take(.comma) { break }
      }
      try parser.close(.rightParenthesis, opened: opened)
      return result
    }
  }

  private mutating func argument(after last: Argument?) throws(Recovery) -> Argument {
    if isSymbol(.star) || isSymbol(.power) { answerStarredArgument() }
    answerNamedArgument()
    guard ahead(1).kind.isSymbol(.colon) || ahead(1).kind.isSymbol(.set), let label = word() else {
      let value = try expression()
      if last?.label != nil {
        throw fail(
          .expected("a named argument", found: "a positional one after it", at: location(value.span)))
      }
      return Argument(label: nil, value: isKeyword(.for) ? try foreignGenerator(value) : value)
    }
    advance()
    return Argument(label: label, value: try expression())
  }

  private mutating func indexed(_ base: Expression, _ start: Int32) throws(Recovery) -> Expression {
    let opened = token.span
    advance()
    let kind = try nested(newlines: false) { (parser) throws(Recovery) -> (Expression.Kind, [Expression]) in
      let kind = try parser.indexKind(base)
      try parser.close(.rightBracket, opened: opened)
      return kind
    }
    return try make(kind.0, from: start, children: [base] + kind.1)
  }

  private mutating func indexKind(_ base: Expression) throws(Recovery) -> (Expression.Kind, [Expression]) {
    if isSymbol(.range) || isSymbol(.halfOpenRange) {
      let inclusive = isSymbol(.range)
      let operatorSpan = token.span
      advance()
      let longSpan = foreignRange(after: operatorSpan)
      let upper = isSymbol(.rightBracket) ? nil : try sum()
      if let longSpan { answerRange(longSpan, nil, upper) }
      return (.slice(base, lower: nil, upper: upper, includesUpper: inclusive), upper.map { [$0] } ?? [])
    }
    if isSymbol(.rightBracket) { throw failExpected("an index") }
    if isSymbol(.colon) { return try foreignSlice(base, from: nil) }
    allowsOpenRange = true
    openRange = nil
    let index = try expression()
    allowsOpenRange = false
    if let open = openRange {
      openRange = nil
      guard index.id == open.lower.id else { throw failExpected("an end of the range") }
      return (.slice(base, lower: open.lower, upper: nil, includesUpper: open.includesUpper), [open.lower])
    }
    if isSymbol(.colon) { return try foreignSlice(base, from: index) }
    if case .range(let lower, let upper, let inclusive, nil) = index.kind {
      return (.slice(base, lower: lower, upper: upper, includesUpper: inclusive), [lower, upper])
    }
    return (.index(base, index), [index])
  }

  // MARK: Lambdas

  /// `x -> …`, `(a, b) -> …`, `() -> …`
  private var isLambda: Bool {
    if token.kind.isName { return ahead(1).kind.isSymbol(.arrow) || ahead(1).kind.isSymbol(.fatArrow) }
    guard isSymbol(.leftParenthesis) else { return false }
    var offset = 1
    if !ahead(offset).kind.isSymbol(.rightParenthesis) {
      while true {
        guard ahead(offset).kind.isName else { return false }
        offset += 1
        if ahead(offset).kind.isSymbol(.comma) {
          offset += 1
          if ahead(offset).kind.isSymbol(.rightParenthesis) { break }
          continue
        }
        break
      }
    }
    guard ahead(offset).kind.isSymbol(.rightParenthesis) else { return false }
    return ahead(offset + 1).kind.isSymbol(.arrow) || ahead(offset + 1).kind.isSymbol(.fatArrow)
  }

  private mutating func lambda() throws(Recovery) -> Expression {
    let start = token.span.lower
    var parameters: [Name] = []
    if isSymbol(.leftParenthesis) {
      advance()
      parameters = try nested(newlines: false) { (parser) throws(Recovery) in
        var parameters: [Name] = []
        while !parser.isSymbol(.rightParenthesis) {
          parameters.append(try parser.name("a parameter"))
          if !parser.take(.comma) { break }
        }
        try parser.expect(.rightParenthesis)
        return parameters
      }
    } else {
      parameters.append(try name("a parameter"))
    }
    if isSymbol(.fatArrow) {
      answerWord("->")
      advance()
    } else {
      try expect(.arrow, "`->` on this line")
    }
    if isSymbol(.leftBrace) {
      let (body, inner) = try measured { (parser) throws(Recovery) in try parser.block() }
      return try make(.lambda(Lambda(parameters: parameters, body: .block(body))), from: start, height: inner + 1)
    }
    let body = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.expression() }
    return try make(.lambda(Lambda(parameters: parameters, body: .expression(body))), from: start, over: body)
  }
}
