import Diagnostics
import Syntax

/// The `strategy` block: one, with an id, known keys and constants.
extension Checker {
  func checkStrategyBlocks() {
    var first: StrategyDeclaration?
    for case .strategy(let block) in unit.declarations {
      if let first {
        report(.secondStrategyBlock(at: location(block.id.span), first: location(first.id.span)))
      } else {
        first = block
      }
      check(block)
    }
  }

  private func check(_ block: StrategyDeclaration) {
    let isID = block.id.text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
        || byte == 0x5F || byte == 0x2E || byte == 0x2D
    }
    if !isID || block.id.text.isEmpty { report(.strategyID(block.id.text, at: location(block.id.span))) }
    var seen: Set<String> = []
    for entry in block.entries {
      if !seen.insert(entry.key.text).inserted {
        report(.secondStrategyKey(entry.key.text, at: location(entry.key.span)))
      }
      check(entry)
    }
  }

  private func check(_ entry: StrategyDeclaration.Entry) {
    let key = entry.key.text
    let place = location(entry.value.span)
    let isConstant = entry.value.isConstant
    if !isConstant { report(.strategyConstant(key, at: place)) }
    guard let keys = rules.strategyKeys else { return }
    guard let known = keys.first(where: { $0.name == key }) else {
      let close = Suggestions.close(to: key, among: keys.map(\.name))
      return report(.strategyKey(key, suggestions: close, at: location(entry.key.span)))
    }
    guard isConstant else { return }
    let type = infer(entry.value)
    let expected = TypeExpression.described(anyOf: known.accepts)
    if !known.accepts.isEmpty, !known.accepts.contains(where: { type.mayBe(KindSet(accepting: $0)) }) {
      report(.strategyValue(key, expected: expected, found: type.sample.described, suggestions: [], at: place))
    } else if case .string(let word) = ConstantFolding().value(entry.value), !known.values.isEmpty,
      !known.values.contains(word)
    {
      let close = Suggestions.close(to: word, among: known.values)
      let words = known.values.map { "\"\($0)\"" }.joined(separator: ", ")
      report(.strategyValue(key, expected: "one of \(words)", found: "\"\(word)\"", suggestions: close, at: place))
    }
  }
}

extension Expression {
  /// Whether it is made of literals.
  fileprivate var isConstant: Bool {
    switch kind {
    case .number, .duration, .date, .boolean, .missing, .none, .invalid: true
    case .string(let literal): literal.plainText != nil
    case .parenthesized(let inner), .unary(_, let inner): inner.isConstant
    case .binary(_, let left, let right): left.isConstant && right.isConstant
    case .list(let items): items.allSatisfy(\.isConstant)
    case .map(let entries): entries.allSatisfy { $0.key.isConstant && $0.value.isConstant }
    default: false
    }
  }
}
