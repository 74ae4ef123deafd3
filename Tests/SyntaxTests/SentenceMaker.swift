/// Makes random sentences of the grammar, the same for the same seed.
struct SentenceMaker {
  let forms: [String: Form]
  /// The fewest productions that lead from each one to terminals.
  private var heights: [String: Int] = [:]
  private var random: UInt64

  private static let classes: [String: [String]] = [
    "NAME": ["a", "b1", "_c", "price", "weights"], "WORD": ["a", "in", "if", "step", "name"],
    "STRING": ["\"s\"", "\"x {a + 1:.2f} y\"", "\"\""],
    "TEXT": ["\"s\""], "NUMBER": ["0", "1", "2.5", "1_000", "25bps", "7pct"],
    "DURATION": ["3mo", "10d", "21bd"], "DATE": ["2024-01-31"], "EOS": ["\n", ";"],
  ]

  init(_ productions: [String: [String]], seed: UInt64) {
    forms = productions.mapValues { Form($0) }
    random = seed
    var changed = true
    while changed {
      changed = false
      for (name, form) in forms {
        guard let height = height(form), heights[name] != height + 1, heights[name] ?? .max > height + 1 else {
          continue
        }
        heights[name] = height + 1
        changed = true
      }
    }
  }

  private func height(_ form: Form) -> Int? {
    switch form {
    case .terminal: return 0
    case .name(let name): return Self.classes[name] != nil ? 0 : heights[name]
    case .sequence(let parts):
      let inner = parts.map { height($0) }
      return inner.contains { $0 == nil } ? nil : inner.compactMap(\.self).max() ?? 0
    case .choice(let parts): return parts.compactMap { height($0) }.min()
    case .optional, .repeated: return 0
    }
  }

  private mutating func draw(_ count: Int) -> Int {
    random &+= 0x9E37_79B9_7F4A_7C15
    var z = random
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(count))
  }

  /// A sentence of a production; below the depth, the shortest choices are taken.
  mutating func sentence(_ name: String, depth: Int) -> [String] {
    if let words = Self.classes[name] { return [words[draw(words.count)]] }
    guard let form = forms[name] else { return [] }
    let words = make(form, depth: depth - 1)
    // What the grammar says in words: a statement that begins with `if` or `at` ends at its brace.
    if name == "statement", ["if", "at"].contains(words.first) { return sentence("if", depth: depth) }
    return words
  }

  private mutating func make(_ form: Form, depth: Int) -> [String] {
    switch form {
    case .terminal(let text): return [text]
    case .name(let name): return sentence(name, depth: depth)
    case .sequence(let parts):
      var words: [String] = []
      for part in parts { words += make(part, depth: depth) }
      return words
    case .choice(let parts):
      if depth > 0 { return make(parts[draw(parts.count)], depth: depth) }
      let shortest = parts.min { (height($0) ?? .max) < (height($1) ?? .max) }
      return shortest.map { make($0, depth: depth) } ?? []
    case .optional(let inner): return depth > 0 && draw(2) == 0 ? make(inner, depth: depth) : []
    case .repeated(let inner):
      var words: [String] = []
      if depth > 0 { for _ in 0..<draw(3) { words += make(inner, depth: depth) } }
      return words
    }
  }
}
