/// Names close to a misspelt one.
public enum Suggestions {
  /// The close names among the candidates: closest first, then in their order; at most three.
  ///
  /// Close means an edit distance (with swaps of neighbours) of at most a third of the longer name, at least one;
  /// a difference of case only always counts.
  public static func close(to name: String, among candidates: some Sequence<String>) -> [String] {
    var scored: [(distance: Int, name: String)] = []
    for candidate in candidates where candidate != name {
      let limit = max(1, max(name.utf8.count, candidate.utf8.count) / 3)
      if abs(name.utf8.count - candidate.utf8.count) > limit, name.lowercased() != candidate.lowercased() { continue }
      let distance = name.lowercased() == candidate.lowercased() ? 0 : editDistance(name, candidate)
      if distance <= limit, !scored.contains(where: { $0.name == candidate }) { scored.append((distance, candidate)) }
    }
    // A stable selection: the order of the candidates decides between equals.
    var result: [String] = []
    for distance in 0...64 {
      for entry in scored where entry.distance == distance && result.count < 3 { result.append(entry.name) }
      if result.count == 3 { break }
    }
    return result
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other.
  static func editDistance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8.prefix(64))
    let b = Array(right.utf8.prefix(64))
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { current[j] = min(current[j], before[j - 2] + 1) }
      }
      before = previous
      previous = current
    }
    return previous[b.count]
  }
}
