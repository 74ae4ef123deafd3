import Diagnostics
public import Syntax

/// The `strategy` block: one, with an id, each key once.
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

  /// Types are looked at here; keys and what they take are known to whoever embeds the language.
  private func check(_ entry: StrategyDeclaration.Entry) {
    let before = diagnostics.count
    if entry.value.isConstant { _ = infer(entry.value) }
    guard diagnostics.count == before else { return }
    guard let check = rules.strategyEntry else {
      if !entry.value.isConstant { report(.strategyConstant(entry.key.text, at: location(entry.value.span))) }
      return
    }
    let problem = check(entry, unit.file) { name in
      resolution.symbols.contains { $0.owner == nil && $0.name == name }
    }
    if let problem { report(problem) }
  }
}

extension Expression {
  /// The word, if it is nothing else: `monthly`, `BRK.B`.
  public var bareWord: String? {
    switch kind {
    case .name(let text): text
    case .member(let base, let name): base.bareWord.map { "\($0).\(name.text)" }
    default: nil
    }
  }

  /// Whether it is made of literals.
  public var isConstant: Bool {
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
