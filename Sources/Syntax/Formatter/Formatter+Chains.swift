import Diagnostics

extension Formatter {
  /// Operands joined by operators of one level: on one line, or each operand on a line of its own.
  ///
  /// A line may end behind an operator, and before `and`, `or` and `??`, which read better at its start.
  func binaryChain(_ expression: Expression, _ level: OperatorTable.Level) -> Layout {
    var links: [(operation: BinaryOperator, operand: Expression, leftEnd: Int32)] = []
    var first = expression
    while case .binary(let operation, let left, let right) = first.kind, OperatorTable.row(operation).level == level {
      links.append((operation, right, left.end))
      first = left
      // Only what groups to the left is one chain.
      if OperatorTable.row(operation).grouping != .left { break }
    }
    let broken = links.contains { hasNewline($0.leftEnd, $0.operand.start) }
    let head = layout(first)
    var rest: [Layout] = []
    for (operation, operand, _) in links.reversed() {
      let sign = operation.rawValue
      if [.coalesce, .or, .and].contains(level) {
        rest += [breakPoint(.line, before: operand.start), .text("\(sign) "), layout(operand)]
      } else {
        rest += [.text(" \(sign)"), breakPoint(.line, before: operand.start), layout(operand)]
      }
    }
    return .group(.row(head, .indent(.sequence(rest))), broken: broken)
  }

  // MARK: Calls, members, indices

  /// A value with calls, names and indices behind it. A line may end before a dot if there are three calls, or if the
  /// author ended one there.
  func postfixChain(_ expression: Expression) -> Layout {
    var links: [Expression] = []
    var head = expression
    while let base = head.base {
      links.append(head)
      head = base
    }
    links.reverse()
    let broken = links.contains { link in
      guard let base = link.base, let name = link.nameBehindDot else { return false }
      return hasNewline(base.end, name.span.lower)
    }
    let calls = links.count { if case .methodCall = $0.kind { true } else { false } }
    let mayBreak = broken || calls > 2
    let start = layout(head)
    let rest = links.map { link in self.link(link, mayBreak: mayBreak) }
    if !mayBreak { return .sequence([start] + rest) }
    return .group(.row(start, .indent(.sequence(rest))), broken: broken)
  }

  private func link(_ link: Expression, mayBreak: Bool) -> Layout {
    switch link.kind {
    case .call(let callee, let arguments): return self.arguments(arguments, from: callee.end, to: link.end)
    case .methodCall(_, let name, let arguments):
      return .row(dot(name, mayBreak), self.arguments(arguments, from: name.span.upper, to: link.end))
    case .member(_, let name): return dot(name, mayBreak)
    case .index(_, let index): return .row(.text("["), layout(index), .text("]"))
    case .slice(_, let lower, let upper, let includesUpper): return slice(lower, upper, includesUpper)
    default: return .nothing
    }
  }

  private func dot(_ name: Name, _ mayBreak: Bool) -> Layout {
    guard mayBreak else { return .text(".\(name.text)") }
    return .row(breakPoint(.softLine, before: name.span.lower), .text(".\(name.text)"))
  }

  private func slice(_ lower: Expression?, _ upper: Expression?, _ includesUpper: Bool) -> Layout {
    let simple = (lower?.isOperand ?? true) && (upper?.isOperand ?? true)
    let sign = includesUpper ? ".." : "..<"
    var parts: [Layout] = [.text("[")]
    if let lower { parts.append(layout(lower)) }
    parts.append(.text(simple || lower == nil || upper == nil ? sign : " \(sign) "))
    if let upper { parts.append(layout(upper)) }
    return .sequence(parts + [.text("]")])
  }

  // MARK: Arguments

  private func arguments(_ arguments: [Argument], from open: Int32, to end: Int32) -> Layout {
    let parts = arguments.map { argument in
      Part(span: argument.label.map { $0.span.union(argument.value.span) } ?? argument.value.span) { [self] in
        let value = layout(argument.value)
        return argument.label.map { .row(.text("\($0.text): "), value) } ?? value
      }
    }
    guard let first = parts.first, let last = arguments.last, let lastPart = parts.last else {
      return bracketed("(", [], ")", end: end, broken: false)
    }
    let broken = hasNewline(open, first.span.lower)
    if !broken, hugs(last.value, isOnly: arguments.count == 1), !hasComment(before: lastPart.span.lower),
      !hasComment(in: last.value.end, end)
    {
      var inside: [Layout] = []
      for (place, part) in parts.enumerated() {
        if place > 0 { inside.append(.text(", ")) }
        inside.append(part.layout())
      }
      return .sequence([.text("(")] + inside + [.text(")")])
    }
    return bracketed("(", parts, ")", end: end, broken: broken)
  }

  /// Whether an argument's own brackets stand right within those of the call: a block of a lambda that comes last, or a
  /// list that is alone.
  private func hugs(_ value: Expression, isOnly: Bool) -> Bool {
    switch value.kind {
    case .lambda(let lambda): if case .block = lambda.body { true } else { false }
    case .list, .map, .listComprehension, .mapComprehension: isOnly
    default: false
    }
  }
}

extension Expression {
  /// What a call, name or index stands behind.
  fileprivate var base: Expression? {
    switch kind {
    case .call(let base, _), .methodCall(let base, _, _), .member(let base, _), .index(let base, _),
      .slice(let base, _, _, _):
      base
    default: nil
    }
  }

  fileprivate var nameBehindDot: Name? {
    switch kind {
    case .methodCall(_, let name, _), .member(_, let name): name
    default: nil
    }
  }
}
