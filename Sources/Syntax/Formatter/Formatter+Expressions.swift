import Diagnostics

extension Expression {
  /// The offset of its first byte.
  var start: Int32 { span.lower }
  /// The offset behind its last byte.
  var end: Int32 { span.upper }
}

extension Formatter {
  func layout(_ expression: Expression) -> Layout {
    switch expression.kind {
    case .number, .duration, .date, .string, .boolean, .missing, .none, .name, .invalid:
      return source(expression.span)
    case .parenthesized(let inner):
      let part = Part(span: inner.span) { [self] in layout(inner) }
      return bracketed(
        "(", [part], ")", end: expression.end, broken: hasNewline(expression.start, inner.start), trailingComma: false)
    case .list(let items):
      return list(items.map { item in Part(span: item.span) { [self] in layout(item) } }, in: expression.span)
    case .map(let entries):
      if entries.isEmpty { return .text("[:]") }
      return list(
        entries.map { entry in
          Part(span: entry.key.span.union(entry.value.span)) { [self] in
            .row(layout(entry.key), .text(": "), layout(entry.value))
          }
        }, in: expression.span)
    case .listComprehension(let item, let clauses):
      return comprehension(item.span, { self.layout(item) }, clauses, in: expression.span)
    case .mapComprehension(let key, let value, let clauses):
      let entry = { Layout.row(self.layout(key), .text(": "), self.layout(value)) }
      return comprehension(key.span.union(value.span), entry, clauses, in: expression.span)
    case .unary(let operation, let operand): return unary(operation, operand)
    case .binary(let operation, _, _): return binaryChain(expression, OperatorTable.row(operation).level)
    case .range(let lower, let upper, let includesUpper, let step):
      return range(lower, upper, includesUpper: includesUpper, step: step)
    case .call, .methodCall, .member, .index, .slice: return postfixChain(expression)
    case .lambda(let lambda): return layout(lambda, from: expression.start)
    case .conditional(let branch): return layout(branch, in: expression.span)
    case .at(let date, let block): return .row(.text("at "), layout(date), .text(" "), layout(block))
    }
  }

  private func unary(_ operation: UnaryOperator, _ operand: Expression) -> Layout {
    switch operation {
    case .not: return .row(.text("not "), layout(operand))
    case .negate:
      // Two signs in a row would be another language's operator.
      if case .unary(.negate, _) = operand.kind { return .row(.text("- "), layout(operand)) }
      return .row(.text("-"), layout(operand))
    }
  }

  /// `a..b`, with spaces around the dots where an end is more than an operand.
  func range(_ lower: Expression, _ upper: Expression, includesUpper: Bool, step: Expression?) -> Layout {
    let space = lower.isOperand && upper.isOperand ? "" : " "
    var parts = [layout(lower), .text(space + (includesUpper ? ".." : "..<") + space), layout(upper)]
    if let step { parts += [.text(" step "), layout(step)] }
    return .sequence(parts)
  }

  private func layout(_ lambda: Lambda, from start: Int32) -> Layout {
    let names = lambda.parameters.map(\.text)
    let parameters = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
    let end = lambda.parameters.last?.span.upper ?? start
    switch lambda.body {
    case .expression(let body):
      return .row(.text("\(parameters) ->"), continued(body, behind: ">", after: end))
    case .block(let block): return .row(.text("\(parameters) -> "), layout(block))
    }
  }

  // MARK: Brackets

  private func list(_ parts: [Part], in span: Span) -> Layout {
    if parts.isEmpty, !hasComment(before: span.upper) { return .text("[]") }
    let broken = hasNewline(span.lower, parts.first?.span.lower ?? span.upper)
    return bracketed("[", parts, "]", end: span.upper, broken: broken)
  }

  /// Parts between brackets: on one line, or each on a line of its own with a comma behind the last.
  func bracketed(
    _ open: String, _ parts: [Part], _ close: String, end: Int32, broken: Bool, trailingComma: Bool = true
  ) -> Layout {
    if parts.isEmpty, !hasComment(before: end) { return .text(open + close) }
    var inside: [Layout] = []
    for (place, part) in parts.enumerated() {
      inside.append(breakPoint(place == 0 ? .softLine : .line, before: part.span.lower))
      inside.append(part.layout())
      if place < parts.count - 1 { inside.append(.text(",")) }
    }
    if trailingComma, !parts.isEmpty { inside.append(.choice(broken: ",", flat: "")) }
    let last = closing(before: end)
    return .group(.row(.text(open), .indent(.sequence(inside + last.inside)), last.line, .text(close)), broken: broken)
  }

  /// The comments before a closing bracket stand with the items; the bracket begins a line of its own.
  func closing(before end: Int32) -> (inside: [Layout], line: Layout) {
    guard case .sequence(let parts) = breakPoint(.softLine, before: end) else { return ([], .softLine) }
    return (Array(parts.dropLast()), .hardLine)
  }

  private func comprehension(_ span: Span, _ item: () -> Layout, _ clauses: [Clause], in whole: Span) -> Layout {
    var broken = hasNewline(whole.lower, span.lower)
    var inside = [breakPoint(.softLine, before: span.lower), item()]
    var end = span.upper
    for clause in clauses {
      switch clause {
      case .loop(let names, let sequence):
        let start = names.first?.span.lower ?? sequence.start
        broken = broken || hasNewline(end, start)
        inside += [
          breakPoint(.line, before: start), .text("for \(names.map(\.text).joined(separator: ", ")) in "),
          layout(sequence),
        ]
        end = sequence.end
      case .condition(let condition):
        broken = broken || hasNewline(end, condition.start)
        inside += [breakPoint(.line, before: condition.start), .text("if "), layout(condition)]
        end = condition.end
      }
    }
    let last = closing(before: whole.upper)
    return .group(.row(.text("["), .indent(.sequence(inside + last.inside)), last.line, .text("]")), broken: broken)
  }
}

extension Expression {
  /// Whether it is a literal, a name, a bracket, or a call: no operator stands in it outside brackets.
  var isOperand: Bool {
    switch kind {
    case .binary, .range, .lambda, .conditional, .at: false
    case .unary(_, let operand): operand.isOperand
    default: true
    }
  }
}
