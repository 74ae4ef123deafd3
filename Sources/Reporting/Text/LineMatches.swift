/// Which lines of an old text stay in a new one: pairs of places of equal lines, ascending in both.
///
/// Where few lines differ the pairs are as many as there can be (Myers 1986). Finding that takes the product of the
/// lines and their differences, so where many differ the texts are first cut at the lines that stand once in both (as
/// Cohen's patience diff does), and a piece that is still too different is matched in one pass from its start. The time
/// is never worse than n log n.
struct LineMatches {
  /// A line that stays.
  struct Pair: Equatable {
    let old: Int
    let new: Int
  }

  /// The lines that stay, in order.
  let pairs: [Pair]

  /// Differences up to which the most pairs are looked for.
  private static let mostDifferences = 400

  init(_ old: [Substring], _ new: [Substring]) {
    let lines = Lines(old, new)
    let whole = Piece(old: 0..<old.count, new: 0..<new.count)
    pairs = whole.trimmed(lines) { middle in
      if let pairs = middle.shortest(lines, most: Self.mostDifferences) { return pairs }
      return middle.cut(at: middle.anchors(lines)).flatMap { piece in
        piece.trimmed(lines) { $0.shortest(lines, most: Self.mostDifferences) ?? $0.inOrder(lines) }
      }
    }
  }

  /// The lines as numbers, equal for equal lines.
  private struct Lines {
    let old: [Int32]
    let new: [Int32]
    let kinds: Int

    init(_ old: [Substring], _ new: [Substring]) {
      var numbers: [Substring: Int32] = [:]
      func number(_ line: Substring) -> Int32 {
        let next = Int32(truncatingIfNeeded: numbers.count)
        if let known = numbers[line] { return known }
        numbers[line] = next
        return next
      }
      self.old = old.map(number)
      self.new = new.map(number)
      kinds = numbers.count
    }
  }

  /// A part of both texts.
  private struct Piece {
    var old: Range<Int>
    var new: Range<Int>

    /// The pairs of a piece: equal lines at both ends, and what `middle` finds between them.
    func trimmed(_ lines: Lines, _ middle: (Piece) -> [Pair]) -> [Pair] {
      var (start, end) = (0, 0)
      let most = min(old.count, new.count)
      while start < most, lines.old[old.lowerBound + start] == lines.new[new.lowerBound + start] { start += 1 }
      while end < most - start, lines.old[old.upperBound - 1 - end] == lines.new[new.upperBound - 1 - end] { end += 1 }
      let inner = Piece(
        old: old.lowerBound + start..<old.upperBound - end, new: new.lowerBound + start..<new.upperBound - end)
      let head = (0..<start).map { Pair(old: old.lowerBound + $0, new: new.lowerBound + $0) }
      let tail = (0..<end).map { Pair(old: inner.old.upperBound + $0, new: inner.new.upperBound + $0) }
      return head + (inner.old.isEmpty || inner.new.isEmpty ? [] : middle(inner)) + tail
    }

    /// The most pairs there can be, if no more than so many lines differ.
    ///
    /// `furthest[k]` is how far a path with so many differences reaches into the old text on the diagonal `k`, the old
    /// place less the new one.
    func shortest(_ lines: Lines, most: Int) -> [Pair]? {
      let (n, m) = (old.count, new.count)
      guard abs(n - m) <= most else { return nil }
      var furthest = [Int](repeating: 0, count: 2 * most + 3)
      let zero = most + 1
      var trace: [[Int]] = []
      for differences in 0...most {
        trace.append(Array(furthest[zero - differences - 1...zero + differences + 1]))
        for k in stride(from: -differences, through: differences, by: 2) {
          let fromAbove =
            k == -differences || (k != differences && furthest[zero + k - 1] < furthest[zero + k + 1])
          var x = fromAbove ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1
          var y = x - k
          while x < n, y >= 0, y < m, lines.old[old.lowerBound + x] == lines.new[new.lowerBound + y] {
            x += 1
            y += 1
          }
          furthest[zero + k] = x
          if x >= n, y >= m { return pairs(along: trace) }
        }
      }
      return nil
    }

    /// The pairs on the path that ends both texts. `trace[d]` is what was furthest before the difference `d`, from the
    /// diagonal `-d - 1` on.
    private func pairs(along trace: [[Int]]) -> [Pair] {
      var result: [Pair] = []
      var (x, y) = (old.count, new.count)
      for differences in stride(from: trace.count - 1, through: 0, by: -1) {
        let furthest = trace[differences]
        let (k, zero) = (x - y, differences + 1)
        let fromAbove =
          k == -differences || (k != differences && furthest[zero + k - 1] < furthest[zero + k + 1])
        let diagonal = fromAbove ? k + 1 : k - 1
        let startX = furthest[zero + diagonal]
        let startY = startX - diagonal
        while x > startX, y > startY {
          x -= 1
          y -= 1
          result.append(Pair(old: old.lowerBound + x, new: new.lowerBound + y))
        }
        (x, y) = (startX, startY)
      }
      return result.reversed()
    }

    /// Lines that stand once in both, as many as have one order in both.
    func anchors(_ lines: Lines) -> [Pair] {
      var counts = [(old: Int32, new: Int32, place: Int)](repeating: (0, 0, 0), count: lines.kinds)
      for place in old { counts[Int(lines.old[place])].old += 1 }
      for place in new {
        counts[Int(lines.new[place])].new += 1
        counts[Int(lines.new[place])].place = place
      }
      var candidates: [Pair] = []
      for place in old {
        let count = counts[Int(lines.old[place])]
        if count.old == 1, count.new == 1 { candidates.append(Pair(old: place, new: count.place)) }
      }
      return longestAscending(candidates)
    }

    /// The longest part of pairs, ascending in the old text, that ascends in the new one.
    private func longestAscending(_ pairs: [Pair]) -> [Pair] {
      // The last pair of the best part of each length, and the pair before each.
      var ends: [Int] = []
      var before = [Int](repeating: -1, count: pairs.count)
      for (index, pair) in pairs.enumerated() {
        var (low, high) = (0, ends.count)
        while low < high {
          let middle = (low + high) / 2
          if pairs[ends[middle]].new < pair.new { low = middle + 1 } else { high = middle }
        }
        if low > 0 { before[index] = ends[low - 1] }
        if low == ends.count { ends.append(index) } else { ends[low] = index }
      }
      var result: [Pair] = []
      var index = ends.last ?? -1
      while index >= 0 {
        result.append(pairs[index])
        index = before[index]
      }
      return result.reversed()
    }

    /// The pieces that begin at each of some pairs, and the one before them.
    func cut(at anchors: [Pair]) -> [Piece] {
      var pieces: [Piece] = []
      var start = Pair(old: old.lowerBound, new: new.lowerBound)
      for anchor in anchors + [Pair(old: old.upperBound, new: new.upperBound)] {
        pieces.append(Piece(old: start.old..<anchor.old, new: start.new..<anchor.new))
        start = anchor
      }
      return pieces
    }

    /// Each old line with the next equal new one, where there is one soon.
    func inOrder(_ lines: Lines) -> [Pair] {
      let soon = 64
      var result: [Pair] = []
      var next = new.lowerBound
      for place in old where next < new.upperBound {
        let end = min(next + soon, new.upperBound)
        guard let found = (next..<end).first(where: { lines.new[$0] == lines.old[place] }) else { continue }
        result.append(Pair(old: place, new: found))
        next = found + 1
      }
      return result
    }
  }
}
