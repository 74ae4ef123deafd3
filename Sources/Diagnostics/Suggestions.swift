/// Names close to a misspelt one.
public enum Suggestions {
  /// The close names among the candidates: closest first, then in their order; at most three.
  ///
  /// Close means few insertions, deletions, replacements and swaps of neighbours, whatever the case: none for a name of
  /// one letter, one up to four letters, two up to seven, then three. Where a candidate differs by case only or by one
  /// such change, those that differ by more are left out.
  public static func close(to name: String, among candidates: some Sequence<String>) -> [String] {
    // What is longer is no name that was misspelt.
    guard name.utf8.count <= longest else { return [] }
    let wanted = name.lowercased()
    var scored: [(distance: Int, name: String)] = []
    var seen: Set<String> = []
    for candidate in candidates where candidate != name {
      let lower = candidate.lowercased()
      let limit = self.limit(min(wanted.utf8.count, lower.utf8.count))
      if abs(wanted.utf8.count - lower.utf8.count) > limit { continue }
      let distance = wanted == lower ? 0 : editDistance(wanted, lower)
      if distance <= limit, seen.insert(candidate).inserted { scored.append((distance, candidate)) }
    }
    guard let best = scored.map(\.distance).min() else { return [] }
    // A stable selection: the order of the candidates decides between equals.
    var result: [String] = []
    for distance in best...(best <= 1 ? best : 3) {
      for entry in scored where entry.distance == distance && result.count < 3 { result.append(entry.name) }
    }
    return result
  }

  /// The bytes of the longest name that others are looked for.
  private static let longest = 1_000

  /// The changes that leave a name of a length recognisable.
  private static func limit(_ length: Int) -> Int {
    switch length {
    case ...1: 0
    case ...4: 1
    case ...7: 2
    default: 3
    }
  }

  /// `a`, or `a` or `b`, or `a`, `b` or `c`, each between the quotes given.
  public static func joined(_ names: [String], quote: String = "`") -> String {
    let quoted = names.map { quote + $0 + quote }
    guard quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + quoted[quoted.count - 1]
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other.
  static func editDistance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8.prefix(64))
    let b = Array(right.utf8.prefix(64))
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    // Three rows that take turns: the one before last is asked for swaps.
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = before
    for i in 1...a.count {
      current[0] = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { current[j] = min(current[j], before[j - 2] + 1) }
      }
      (before, previous, current) = (previous, current, before)
    }
    return previous[b.count]
  }
}

extension Note {
  /// "did you mean …?" for the names that are close to a misspelt one; nothing where none is.
  public static func didYouMean(_ names: [String], quote: String = "`") -> [Note] {
    names.isEmpty ? [] : [Note("did you mean \(Suggestions.joined(names, quote: quote))?")]
  }
}

extension Location {
  /// A replacement of the place itself.
  public func replacement(_ text: String) -> [FixIt] {
    if case .source(_, let span) = self { [FixIt(span, text)] } else { [] }
  }

  /// A replacement of the place by the only close name, where there is one.
  public func replacement(by names: [String], quote: String = "") -> [FixIt] {
    names.count == 1 ? replacement(quote + names[0] + quote) : []
  }
}
