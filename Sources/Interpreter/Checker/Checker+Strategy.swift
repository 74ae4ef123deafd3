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
    let word = entry.value.bareWord
    let isConstant = entry.value.isConstant
    if !isConstant, word == nil || rules.strategyKeys == nil { report(.strategyConstant(key, at: place)) }
    guard let keys = rules.strategyKeys else { return }
    guard let known = keys.first(where: { $0.name == key }) else {
      let close = Suggestions.close(to: key, among: keys.map(\.name))
      return report(.strategyKey(key, suggestions: close, at: location(entry.key.span)))
    }
    if let word { return check(word: word, known, place) }
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

extension Checker {
  /// A word without its quotes, where a key takes words; what is declared is no word, and no constant either.
  private func check(word: String, _ key: StrategyKey, _ place: Location) {
    let isDeclared = resolution.symbols.contains { $0.owner == nil && $0.name == word }
    let takesWords =
      key.accepts.isEmpty || key.accepts.contains { KindSet(accepting: $0).contains(KindSet(kind: .string)) }
    guard !isDeclared, takesWords else { return report(.strategyConstant(key.name, at: place)) }
    switch key.word(word, place) {
    case .success(let ours): report(.strategyWord(key.name, word, ours, at: place))
    case .failure(let problem): report(problem)
    }
  }
}

extension Expression {
  /// The word, if it is nothing else: `monthly`, `BRK.B`.
  var bareWord: String? {
    switch kind {
    case .name(let text): text
    case .member(let base, let name): base.bareWord.map { "\($0).\(name.text)" }
    default: nil
    }
  }

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
