/// Earley's recogniser ("An efficient context-free parsing algorithm", 1970) over the grammar of record, so that the
/// hand-written parser has something to be compared with that knows nothing of it.
struct Recogniser {
  /// `head = symbols`; a symbol is a production where it is not negative, else a terminal.
  private struct Rule {
    var head: Int
    var symbols: [Int]
  }

  private struct Item: Hashable {
    var rule: Int
    var dot: Int
    var origin: Int
  }

  private var rules: [Rule] = []
  private var rulesOf: [[Int]] = []
  private var names: [String: Int] = [:]
  private var terminals: [String: Int] = [:]
  /// For each production the terminals it may begin with, and whether it may be empty.
  private var firsts: [Set<Int>] = []
  private var isEmpty: [Bool] = []
  private var expressionStatement = -1

  init(_ productions: [String: [String]]) {
    for name in productions.keys.sorted() { _ = number(name) }
    for name in productions.keys.sorted() {
      let form = Recogniser.completed(Form(productions[name] ?? []), name)
      add(head: number(name), form)
    }
    expressionStatement = names["expression"] ?? -1
    findFirsts()
  }

  // MARK: What the grammar says in words

  /// The last `EOS` of a block or file may be missing, and a comma may trail before `)` and `]`.
  private static func completed(_ form: Form, _ name: String) -> Form {
    switch form {
    case .sequence(let parts): .sequence(completed(parts, name))
    case .choice(let parts): .choice(parts.map { completed($0, name) })
    case .optional(let inner): .optional(completed(inner, name))
    case .repeated(let inner): .repeated(completed(inner, name))
    case .terminal, .name: form
    }
  }

  private static func completed(_ parts: [Form], _ name: String) -> [Form] {
    var result: [Form] = []
    for (place, part) in parts.enumerated() {
      let next = place + 1 < parts.count ? parts[place + 1] : nil
      let closes = if case .terminal(let sign)? = next { sign == ")" || sign == "]" } else { false }
      result.append(closes ? trailing(completed(part, name)) : completed(part, name))
      if case .repeated(.sequence(let inner)) = part, let last = lastSeparator(inner) {
        result.append(.optional(.sequence(Array(inner.dropLast()))))
        _ = last
      }
    }
    return result
  }

  /// The `EOS` or `( EOS | "," )` that ends each turn of a repetition.
  private static func lastSeparator(_ parts: [Form]) -> Form? {
    switch parts.last {
    case .name("EOS"): parts.last
    case .choice(let ways):
      ways.contains { if case .name("EOS") = $0 { true } else { one($0, "EOS") } } ? parts.last : nil
    default: nil
    }
  }

  private static func one(_ form: Form, _ name: String) -> Bool {
    if case .sequence(let parts) = form, parts.count == 1, case .name(name) = parts[0] { true } else { false }
  }

  /// A form before a closing bracket: where it ends with items parted by commas, one more comma may stand.
  private static func trailing(_ form: Form) -> Form {
    switch form {
    case .optional(let inner): return .optional(trailing(inner))
    case .choice(let parts): return .choice(parts.map(trailing))
    case .sequence(let parts):
      guard case .repeated(.sequence(let inner))? = parts.last, case .terminal(",")? = inner.first else {
        guard let last = parts.last else { return form }
        return .sequence(parts.dropLast() + [trailing(last)])
      }
      return .sequence(parts + [.optional(.terminal(","))])
    case .repeated(.sequence(let inner)):
      guard case .terminal(",")? = inner.first else { return form }
      return .sequence([form, .optional(.terminal(","))])
    case .repeated, .terminal, .name: return form
    }
  }

  // MARK: Making the rules

  private mutating func number(_ name: String) -> Int {
    if let known = names[name] { return known }
    names[name] = rulesOf.count
    rulesOf.append([])
    return rulesOf.count - 1
  }

  private mutating func fresh() -> Int {
    rulesOf.append([])
    return rulesOf.count - 1
  }

  private mutating func terminal(_ text: String) -> Int {
    if let known = terminals[text] { return known }
    terminals[text] = -1 - terminals.count
    return -terminals.count
  }

  private mutating func add(head: Int, _ form: Form) {
    if case .choice(let parts) = form {
      for part in parts { add(head: head, part) }
      return
    }
    rulesOf[head].append(rules.count)
    rules.append(Rule(head: head, symbols: []))
    let place = rules.count - 1
    rules[place].symbols = symbols(form)
  }

  private mutating func symbols(_ form: Form) -> [Int] {
    switch form {
    case .terminal(let text): return [terminal(text)]
    case .name(let name): return [names[name] ?? terminal(name)]
    case .sequence(let parts): return parts.flatMap { symbols($0) }
    case .choice:
      let head = fresh()
      add(head: head, form)
      return [head]
    case .optional(let inner):
      let head = fresh()
      add(head: head, .sequence([]))
      add(head: head, inner)
      return [head]
    case .repeated(let inner):
      let head = fresh()
      add(head: head, .sequence([]))
      rulesOf[head].append(rules.count)
      rules.append(Rule(head: head, symbols: []))
      let place = rules.count - 1
      rules[place].symbols = [head] + symbols(inner)
      return [head]
    }
  }

  private mutating func findFirsts() {
    firsts = Array(repeating: [], count: rulesOf.count)
    isEmpty = Array(repeating: false, count: rulesOf.count)
    var changed = true
    while changed {
      changed = false
      for rule in rules {
        var canBeEmpty = true
        for symbol in rule.symbols where canBeEmpty {
          if symbol < 0 {
            changed = firsts[rule.head].insert(symbol).inserted || changed
          } else {
            let before = firsts[rule.head].count
            firsts[rule.head].formUnion(firsts[symbol])
            changed = changed || firsts[rule.head].count != before
          }
          canBeEmpty = symbol >= 0 && isEmpty[symbol]
        }
        if canBeEmpty, !isEmpty[rule.head] {
          isEmpty[rule.head] = true
          changed = true
        }
      }
    }
  }

  // MARK: Recognising

  /// Whether a text is a file of the language.
  func accepts(_ text: String) -> Bool {
    guard let words = try? Scanner.file(text) else { return false }
    return accepts(words, as: "file")
  }

  private func accepts(_ words: [Scanner.Terminal], as name: String) -> Bool {
    for word in words {
      for inside in word.inside where !accepts(inside, as: "expression") { return false }
    }
    return recognises(words, names[name] ?? 0)
  }

  /// The terminals that a word can stand for.
  private func classes(_ word: Scanner.Terminal) -> Set<Int> {
    var kinds = [word.kind]
    if word.kind == "TEXT" { kinds.append("STRING") }
    if word.kind == "NAME" || Scanner.keywords.contains(word.kind) { kinds.append("WORD") }
    if word.kind == "NAME" { kinds.append(word.text) }
    return Set(kinds.compactMap { terminals[$0] })
  }

  private func recognises(_ words: [Scanner.Terminal], _ start: Int) -> Bool {
    var sets: [[Item]] = [[]]
    // The items of each set that wait for a production.
    var waiting: [[Int: [Item]]] = [[:]]
    var seen: Set<Item> = []
    func canBegin(_ symbol: Int, _ classes: Set<Int>) -> Bool {
      symbol < 0 ? classes.contains(symbol) : isEmpty[symbol] || !firsts[symbol].isDisjoint(with: classes)
    }
    for rule in rulesOf[start] { sets[0].append(Item(rule: rule, dot: 0, origin: 0)) }
    seen.formUnion(sets[0])
    for place in 0...words.count {
      let next = place < words.count ? classes(words[place]) : []
      var scanned: [Item] = []
      var at = 0
      while at < sets[place].count {
        let item = sets[place][at]
        at += 1
        let rule = rules[item.rule]
        func add(_ new: Item) { if seen.insert(new).inserted { sets[place].append(new) } }
        guard item.dot < rule.symbols.count else {
          for parent in waiting[item.origin][rule.head] ?? [] {
            add(Item(rule: parent.rule, dot: parent.dot + 1, origin: parent.origin))
          }
          continue
        }
        let symbol = rule.symbols[item.dot]
        if symbol < 0 {
          if next.contains(symbol) { scanned.append(Item(rule: item.rule, dot: item.dot + 1, origin: item.origin)) }
          continue
        }
        let advanced = Item(rule: item.rule, dot: item.dot + 1, origin: item.origin)
        waiting[place][symbol, default: []].append(item)
        if isEmpty[symbol] { add(advanced) }
        // A statement that begins with `if` or `at` ends at its brace.
        if symbol == expressionStatement, rule.symbols.count == 1, rule.head == names["statement"],
          place < words.count, ["if", "at"].contains(words[place].kind)
        {
          continue
        }
        for candidate in rulesOf[symbol] {
          let first = rules[candidate].symbols.first
          if let first, !canBegin(first, next) { continue }
          add(Item(rule: candidate, dot: 0, origin: place))
        }
      }
      if place == words.count {
        return sets[place].contains {
          $0.origin == 0 && rules[$0.rule].head == start && $0.dot == rules[$0.rule].symbols.count
        }
      }
      if scanned.isEmpty { return false }
      sets.append(scanned)
      waiting.append([:])
      seen = Set(scanned)
    }
    return false
  }
}
