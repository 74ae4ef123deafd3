import Diagnostics
import MarketModel

/// Expressions of other languages, read as ours.
extension Parser {
  // MARK: Words and symbols that stand for one of ours

  var isForeignAnd: Bool { isSymbol(.ampersands) || isSymbol(.ampersand) || isName(["AND", "And", "and_"]) }
  var isForeignOr: Bool { isSymbol(.bars) || isSymbol(.bar) || isName(["OR", "Or", "or_"]) }
  var isForeignNot: Bool {
    isSymbol(.bang) || isSymbol(.tilde) || isName(["NOT", "Not"]) && !ahead(1).kind.isSymbol(.leftParenthesis)
      || isName(["NOT"])
  }

  private func isName(_ names: [String]) -> Bool {
    if case .name(let text) = token.kind { names.contains(text) } else { false }
  }

  /// The present token is written otherwise.
  mutating func answerWord(_ ours: String) {
    foreign("`\(file.text(token.span))` is written `\(ours)`", at: token.span, fix: ours)
  }

  mutating func answerNot() {
    let isTight = ahead(1).span.lower == token.span.upper
    foreign("negation is written `not`", at: token.span, fix: isTight ? "not " : "not")
  }

  mutating func answerUnaryPlus() { foreign("there is no unary plus", at: token.span, fix: "") }

  /// `and then`, `or else`: the second word is passed over.
  mutating func answerShortCircuitWord(_ word: String, _ second: String) {
    guard token.kind.isWord, file.text(token.span) == second, !token.startsLine else { return }
    let next = ahead(1)
    switch next.kind {
    case .name, .number, .string, .date, .duration, .keyword, .symbol(.leftParenthesis), .symbol(.leftBracket): break
    default: return
    }
    if next.startsLine
      || second == "then" && next.kind.isSymbol(.leftParenthesis) && next.span.lower == token.span.upper
    {
      return
    }
    foreign(
      "`\(word) \(second)` is written `\(word)`, which asks its right side only where that can matter", at: token.span,
      fixes: [FixIt(Span(Int(token.span.lower), Int(next.span.lower)), "")])
    advance()
  }

  // MARK: Ranges

  /// `1...5`, `1..=5`: the rest of the operator is passed over.
  ///
  /// - Returns: the whole operator, if more than ours stood there.
  mutating func foreignRange(after operatorSpan: Span) -> Span? {
    guard isSymbol(.dot) || isSymbol(.set), token.span.lower == operatorSpan.upper else { return nil }
    defer { advance() }
    return operatorSpan.union(token.span)
  }

  /// Languages differ in what three dots mean, so both ways are named.
  mutating func answerRange(_ span: Span, _ lower: Expression?, _ upper: Expression?) {
    let first = lower.map { file.text($0.span) } ?? ""
    let last = upper.map { file.text($0.span) } ?? ""
    let both = upper == nil ? "" : " with \(last) in it, `\(first)..<\(last)` without"
    foreign("a range is written `\(first)..\(last)`\(both)", at: span, fix: "..")
  }

  // MARK: Comparisons

  /// `a === b`, `a <> b`, `a is b`, `a crosses over b`.
  mutating func foreignComparison(after left: Expression, from start: Int32) throws(Recovery) -> Expression? {
    let span = token.span
    switch token.kind {
    case .symbol(.strictEqual):
      answerWord("==")
      return try compared(left, .equal, from: start)
    case .symbol(.strictNotEqual), .symbol(.angles):
      answerWord("!=")
      return try compared(left, .notEqual, from: start)
    case .name("is"):
      let isNegated = ahead(1).kind.isKeyword(.not)
      let word = isNegated ? span.union(ahead(1).span) : span
      if isNegated { advance() }
      let ours = isNegated ? "!=" : "=="
      // `is None`: both words are one mistake.
      if case .name(let text) = ahead(1).kind, ["None", "null", "nil", "NULL"].contains(text) {
        foreign(
          "`is \(isNegated ? "not " : "")\(text)` is written `\(ours) none`; a missing number is asked for by `is_na(x)`",
          at: word.union(ahead(1).span), fix: "\(ours) none")
        tokens[place + 1].kind = .keyword(.none)
      } else {
        foreign(
          "`is\(isNegated ? " not" : "")` is written `\(ours)`; a missing number is asked for by `is_na(x)`", at: word,
          fix: ours)
      }
      return try compared(left, isNegated ? .notEqual : .equal, from: start)
    case .name(let text) where text.lowercased() == "crosses": return try crossing(left, from: start)
    default: return nil
    }
  }

  private mutating func compared(
    _ left: Expression, _ operation: BinaryOperator, from start: Int32
  ) throws(Recovery) -> Expression {
    advance()
    let right = try range()
    return try make(.binary(operation, left, right), from: start, over: left, right)
  }

  /// `a crosses over b`: read as a call of a name that everybody knows.
  private mutating func crossing(_ left: Expression, from start: Int32) throws(Recovery) -> Expression? {
    guard case .name(let way) = ahead(1).kind, !ahead(1).startsLine else { return nil }
    let isUp = ["over", "above"].contains(way.lowercased())
    guard isUp || ["under", "below"].contains(way.lowercased()) else { return nil }
    let words = token.span.union(ahead(1).span)
    let place = diagnostics.count
    let name = isUp ? "crossed_above" : "crossed_below"
    foreign("a crossing is written `\(name)(a, b)`", at: words)
    advance()
    advance()
    let right = try range()
    if place < diagnostics.count, diagnostics[place].offset == words.lower {
      let text = "\(name)(\(file.text(left.span)), \(file.text(right.span)))"
      diagnostics[place].fixIts = [FixIt(left.span.union(right.span), text)]
    }
    return try make(.binary(.greater, left, right), from: start, over: left, right)
  }

  /// `a < b < c`: read as `a < b and b < c`.
  mutating func chained(
    _ left: Expression, _ operation: BinaryOperator, _ middle: Expression, from start: Int32
  ) throws(Recovery) -> Expression {
    var diagnostic = Diagnostic.chainedComparison(location(Span(Int(start), Int(token.span.upper))))
    let end = Int(middle.span.upper)
    let isSimple = operation != .equal && operation != .notEqual && operation != .in && operation != .notIn
    if isSimple { diagnostic.fixIts = [FixIt(Span(end, end), " and \(file.text(middle.span))")] }
    throw fail(diagnostic)
  }

  // MARK: Arithmetic

  /// `a // b`: read as a division.
  mutating func flooredDivision(_ left: Expression, from start: Int32) throws(Recovery) -> Expression {
    let slashes = token.span
    let place = diagnostics.count
    foreign("division that rounds down is written `floor(a / b)`", at: slashes)
    advance()
    let right = try power()
    if place < diagnostics.count, diagnostics[place].offset == slashes.lower {
      let (first, last) = (Int(left.span.lower), Int(right.span.upper))
      diagnostics[place].fixIts = [
        FixIt(Span(first, first), "floor("), FixIt(slashes, "/"), FixIt(Span(last, last), ")"),
      ]
    }
    return try make(.binary(.divide, left, right), from: start, over: left, right)
  }

  /// `5%`, `x %>% f()`, `x %in% y`: whether the sign was passed over.
  mutating func answerPercent(_ left: Expression) throws(Recovery) -> Bool {
    let next = ahead(1)
    if next.span.lower == token.span.upper, ahead(2).kind.isSymbol(.percent), ahead(2).span.lower == next.span.upper {
      let span = token.span.union(ahead(2).span)
      if next.kind.isSymbol(.greater) {
        throw failForeign(
          "a pipeline is written with dots: `x.f(a)`", at: span, fixes: [FixIt(blanks(around: span), ".")])
      }
      if next.kind.isKeyword(.in) {
        throw failForeign("membership is written `x in xs`", at: span, fixes: [FixIt(span, "in")])
      }
    }
    guard case .number = left.kind, left.span.upper == token.span.lower else { return false }
    switch next.kind {
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace), .symbol(.comma),
      .symbol(.semicolon), .end:
      break
    default: if !next.startsLine { return false }
    }
    foreign("a percentage is written `\(file.text(left.span))pct`", at: token.span, fix: "pct")
    advance()
    // The sign at the end of the line wants no more.
    completeLine = place
    return true
  }

  /// A span with the blanks and the line end on its sides.
  private func blanks(around span: Span) -> Span {
    var (lower, upper) = (Int(span.lower), Int(span.upper))
    while lower > 0, [0x20, 0x09].contains(file.bytes[lower - 1]) { lower -= 1 }
    while upper < file.bytes.count, [0x20, 0x09, 0x0A].contains(file.bytes[upper]) { upper += 1 }
    return Span(lower, upper)
  }

  /// `1.` before anything but a name.
  mutating func answerBarePoint(_ base: Expression) throws(Recovery) {
    guard case .number = base.kind, place > 0, base.span.upper == tokens[place - 1].span.lower else { return }
    // `1.2.3` is a version or a mistyped number; only `5.` lacks its digit.
    guard !file.text(base.span).contains(".") else {
      throw fail(.secondPoint(location(base.span.union(tokens[place].span))))
    }
    throw failForeign(
      "a digit stands on both sides of the point", at: tokens[place - 1].span,
      fixes: [FixIt(tokens[place - 1].span, ".0")])
  }

  // MARK: Choices and pipelines

  /// What stands behind an expression: `c ? a : b`, `a if c else b`, `x |> f`.
  mutating func answerForeignInfix(after left: Expression, from start: Int32) throws(Recovery) -> Expression {
    switch token.kind {
    case .symbol(.question): return try ternary(left, from: start)
    case .symbol(.pipe):
      throw failForeign(
        "a pipeline is written with dots: `x.f(a)`", at: token.span, fixes: [FixIt(blanks(around: token.span), ".")])
    case .keyword(.if) where !token.startsLine && isPythonChoice: return try pythonChoice(left, from: start)
    default: return left
    }
  }

  /// `c ? a : b`
  private mutating func ternary(_ condition: Expression, from start: Int32) throws(Recovery) -> Expression {
    let question = token.span
    let place = diagnostics.count
    foreign("a choice is written `if c { a } else { b }`", at: question)
    advance()
    let yes = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.expression() }
    guard isSymbol(.colon) else { throw Recovery() }
    let colon = token.span
    advance()
    let no = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.expression() }
    if place < diagnostics.count, diagnostics[place].offset == question.lower {
      let (first, last) = (Int(condition.span.lower), Int(no.span.upper))
      diagnostics[place].fixIts = [
        FixIt(Span(first, first), "if "), FixIt(question, "{"), FixIt(colon, "} else {"), FixIt(Span(last, last), " }"),
      ]
    }
    return try make(.list([condition, yes, no]), from: start, children: [condition, yes, no])
  }

  /// Whether an `else` without braces belongs to the `if` here.
  private var isPythonChoice: Bool {
    var depth = 0
    var offset = 1
    while offset < 200 {
      let next = ahead(offset)
      if next.kind.isEnd || (next.startsLine && newlinesCount) { return false }
      switch next.kind {
      case .symbol(.leftParenthesis), .symbol(.leftBracket): depth += 1
      case .symbol(.rightParenthesis), .symbol(.rightBracket):
        depth -= 1
        if depth < 0 { return false }
      case .symbol(.leftBrace) where depth == 0: return false
      case .keyword(.else) where depth == 0: return true
      default: break
      }
      offset += 1
    }
    return false
  }

  /// `a if c else b`
  private mutating func pythonChoice(_ yes: Expression, from start: Int32) throws(Recovery) -> Expression {
    let word = token.span
    let place = diagnostics.count
    foreign("a choice is written `if c { a } else { b }`", at: word)
    advance()
    let condition = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.expression() }
    guard take(.else) else { throw Recovery() }
    let no = try nested(newlines: newlinesCount) { (parser) throws(Recovery) in try parser.expression() }
    if place < diagnostics.count, diagnostics[place].offset == word.lower {
      let text = "if \(file.text(condition.span)) { \(file.text(yes.span)) } else { \(file.text(no.span)) }"
      diagnostics[place].fixIts = [FixIt(yes.span.union(no.span), text)]
    }
    return try make(.list([yes, condition, no]), from: start, children: [yes, condition, no])
  }

  // MARK: Arguments and indices

  /// `f(*xs)`: read as the argument without its star.
  mutating func answerStarredArgument() {
    foreign(
      "arguments are given one by one; there is no `\(isSymbol(.star) ? "*" : "**")`", at: token.span, fix: "")
    advance()
  }

  /// `f(a = 1)`: read as `f(a: 1)`.
  mutating func answerNamedArgument() {
    guard ahead(1).kind.isSymbol(.set), token.kind.isWord else { return }
    let label = file.text(token.span)
    foreign(
      "a named argument is written with a colon", at: token.span.union(ahead(1).span), fix: "\(label):")
  }

  /// `xs[a:b]`, `xs[a:]`, `xs[:b]`; the present token is the colon.
  mutating func foreignSlice(
    _ base: Expression, from lower: Expression?
  ) throws(Recovery) -> (Expression.Kind, [Expression]) {
    let colon = token.span
    advance()
    if isSymbol(.rightBracket) {
      foreign("a slice is written `xs[\(lower == nil ? "" : "a")..]`", at: colon, fix: "..")
      return (.slice(base, lower: lower, upper: nil, includesUpper: true), lower.map { [$0] } ?? [])
    }
    if isSymbol(.colon) {
      throw failForeign("a slice has no step", at: colon.union(token.span), note: "`xs.reverse()` turns a list around")
    }
    foreign("a slice is written `xs[\(lower == nil ? "" : "a")..<b]`", at: colon, fix: "..<")
    let upper = try sum()
    if isSymbol(.colon) {
      throw failForeign("a slice has no step", at: token.span, note: "`[xs[i] for i in range(a, b, step: 2)]` picks")
    }
    return (.slice(base, lower: lower, upper: upper, includesUpper: false), (lower.map { [$0] } ?? []) + [upper])
  }
}
