import Diagnostics

/// Answers to spellings of other languages, where an "unexpected token" would leave the reader alone.
extension Parser {
  /// `def f(x)`, `function f(x)`: reported, then read as `fn`.
  var isForeignFunction: Bool {
    guard case .name(let text) = token.kind, ahead(1).kind.isName, !ahead(1).startsLine else { return false }
    return ["def", "function", "func", "fun"].contains(text) && ahead(2).kind.isSymbol(.leftParenthesis)
  }

  mutating func answerForeignFunction() {
    let word = file.text(token.span)
    report(.foreign("a function is declared with `fn`, not `\(word)`", at: location(token.span), fix: "fn"))
  }

  /// `x = 3` at the top level.
  mutating func answerMissingLet() throws(Recovery) {
    guard case .name(let text) = token.kind, ahead(1).kind.isSymbol(.set), !ahead(1).startsLine else { return }
    throw fail(.foreign("a constant is declared with `let`", at: location(token.span), fix: "let \(text)"))
  }

  /// `1.` before anything but a name.
  mutating func answerBarePoint(_ base: Expression) throws(Recovery) {
    guard case .number = base.kind, place > 0, base.span.upper == tokens[place - 1].span.lower else { return }
    throw fail(
      .foreign("a digit stands on both sides of the point", at: location(tokens[place - 1].span), fix: ".0"))
  }

  mutating func answerForeignStatement() throws(Recovery) {
    guard case .name(let text) = token.kind else { return }
    let span = token.span
    let next = ahead(1)
    if next.kind.isSymbol(.walrus) {
      throw fail(
        .foreign("a binding is written `let \(text) =`, an assignment `\(text) =`", at: location(next.span), fix: "="))
    }
    guard next.kind.isName, !next.startsLine else { return }
    switch text {
    case "const", "val", "final", "dim", "varip", "inputs", "input":
      let word = text.hasPrefix("input") ? "param" : "let"
      throw fail(.foreign("a binding begins with `\(word)`", at: location(span), fix: word))
    case "class", "struct", "enum", "try", "switch", "match", "async", "from", "using", "use":
      throw fail(.foreign("there is no `\(text)` here", at: location(span), note: foreignNotes[text]))
    case "lambda":
      throw fail(.foreign("a lambda is written `x -> expression`", at: location(span)))
    case "elif", "elsif", "elseif":
      throw fail(
        .foreign("`\(text)` is written `else if`, on the line of the closing brace", at: location(span), fix: "else if")
      )
    default: return
    }
  }

  private var foreignNotes: [String: String] {
    [
      "class": "use functions and maps", "struct": "use a map: `[\"a\": 1]`", "enum": "use strings",
      "try": "use `??` for missing values and `m[k] ?? default` for absent keys",
      "switch": "use `if … else if …`", "match": "use `if … else if …`", "async": "scripts run from top to bottom",
      "from": "write `import portfolio` and call `portfolio.cap(w, 5pct)` or `w.cap(5pct)`",
      "using": "write `import portfolio`", "use": "write `import portfolio`",
    ]
  }

  /// Names at the place of an operand that only make sense elsewhere.
  mutating func answerForeignName(_ text: String) throws(Recovery) {
    if text == "lambda", ahead(1).kind.isName || ahead(1).kind.isSymbol(.colon) {
      throw fail(.foreign("a lambda is written `x -> expression`", at: location(token.span)))
    }
    if text == "new", ahead(1).kind.isName, !ahead(1).startsLine {
      throw fail(.foreign("there is no `new`: call the function", at: location(token.span)))
    }
  }

  /// Symbols at the place of an operand.
  mutating func answerForeignPrimary(_ symbol: Symbol) -> Recovery {
    let at = location(token.span)
    switch symbol {
    case .bang: return fail(.foreign("negation is written `not`", at: at, fix: "not "))
    case .plus: return fail(.foreign("there is no unary plus", at: at, fix: ""))
    case .leftBrace:
      return fail(
        .foreign(
          "`{` opens a block; a map is written in brackets", at: at,
          note: "`[\"SPY\": 0.6]`, and `[:]` for the empty one"))
    case .dot:
      if case .number = ahead(1).kind {
        return fail(.foreign("a digit stands on both sides of the point", at: at, fix: "0."))
      }
      return failExpected("an expression")
    case .power, .star: return fail(.foreign("arguments are given one by one", at: at))
    case .coalesce, .question, .percent, .slash, .slashes, .ampersands, .bars, .walrus, .fatArrow, .pipe, .minus,
      .arrow,
      .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .rightBrace, .comma, .colon, .semicolon, .range,
      .halfOpenRange, .set, .addSet, .subtractSet, .multiplySet, .divideSet, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual:
      return failExpected("an expression")
    }
  }

  /// Infix spellings that no operator here has.
  mutating func answerForeignInfix() throws(Recovery) {
    guard continuesExpression else { return }
    let at = location(token.span)
    switch token.kind {
    case .symbol(.ampersands): throw fail(.foreign("`&&` is written `and`", at: at, fix: "and"))
    case .symbol(.bars): throw fail(.foreign("`||` is written `or`", at: at, fix: "or"))
    case .symbol(.question):
      throw fail(.foreign("a choice is written `if c { a } else { b }`", at: at))
    case .symbol(.pipe): throw fail(.foreign("a pipeline is written with dots: `x.f(a)`", at: at, fix: "."))
    case .name("is") where ahead(1).kind.isKeyword(.not):
      let both = location(token.span.union(ahead(1).span))
      throw fail(.foreign("`is not` is written `!=`; for a missing number `not is_na(x)`", at: both, fix: "!="))
    case .name("is"):
      throw fail(.foreign("`is` is written `==`; a missing number is asked for by `is_na(x)`", at: at, fix: "=="))
    case .name("and_"), .name("AND"): throw fail(.foreign("`and` is written in lower case", at: at, fix: "and"))
    case .name("OR"): throw fail(.foreign("`or` is written in lower case", at: at, fix: "or"))
    default: return
    }
  }

  /// `5%`
  mutating func answerPercent(_ left: Expression) throws(Recovery) {
    guard case .number(let number) = left.kind else { return }
    let next = ahead(1)
    let isPercent: Bool
    switch next.kind {
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace), .symbol(.comma), .symbol(.semicolon),
      .end:
      isPercent = true
    default: isPercent = next.startsLine
    }
    guard isPercent, left.span.upper == token.span.lower else { return }
    _ = number
    throw fail(
      .foreign("a percentage is written `\(file.text(left.span))pct`", at: location(token.span), fix: "pct"))
  }

  /// `x++`, `x--`
  mutating func answerIncrement() throws(Recovery) {
    let next = ahead(1)
    guard isSymbol(.plus), next.kind.isSymbol(.plus), next.span.lower == token.span.upper else { return }
    throw fail(.foreign("an increment is written `x += 1`", at: location(token.span.union(next.span)), fix: " += 1"))
  }

  /// `if x = 3 {`
  mutating func answerAssignmentInCondition() throws(Recovery) {
    guard isSymbol(.set) else { return }
    throw fail(.foreign("a condition compares with `==`", at: location(token.span), fix: "=="))
  }

  /// Something stands behind a statement on its line.
  mutating func answerJunk() -> Recovery {
    switch token.kind {
    case .symbol(.walrus):
      return fail(.foreign("an assignment is written with `=`", at: location(token.span), fix: "="))
    case .name("where"):
      return fail(
        .expected("the end of the statement", found: "`where`, which belongs to `param`", at: location(token.span)))
    default: return failExpected("the end of the statement")
    }
  }
}
