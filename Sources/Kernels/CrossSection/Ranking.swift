/// Ranks within a cross-section, 1 the smallest (the largest if descending), missing members unranked.
public struct Ranking: Hashable, Sendable {
  /// What equal numbers share (pandas `rank(method=)`).
  public enum Ties: String, CaseIterable, Sendable {
    /// The mean of their ranks.
    case average
    /// The lowest of their ranks.
    case min
    /// The highest of their ranks.
    case max
    /// Ranks in their order of appearance.
    case first
    /// The next rank after the numbers before them.
    case dense
  }

  /// What equal numbers share.
  public var ties: Ties
  /// Whether 1 is the largest.
  public var isDescending: Bool
  /// Whether ranks are divided by the count of present numbers.
  public var isFraction: Bool

  /// A way to rank.
  public init(ties: Ties = .average, isDescending: Bool = false, isFraction: Bool = false) {
    self.ties = ties
    self.isDescending = isDescending
    self.isFraction = isFraction
  }

  /// Fills `out[0..<keys.count]` with ranks; a missing number gives itself.
  public func fill(_ keys: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Double>) {
    let order = SortedOrder.permutation(keys, isDescending: isDescending)
    let present = Presence.count(keys)
    let divisor = isFraction ? Double(present) : 1
    var place = 0
    var groups = 0
    while place < present {
      var end = place + 1
      while end < present && keys[order[end]] == keys[order[place]] { end += 1 }
      groups += 1
      for position in place..<end {
        out[order[position]] = rank(position, in: place..<end, group: groups) / divisor
      }
      place = end
    }
    for position in present..<keys.count { out[order[position]] = keys[order[position]] }
  }

  private func rank(_ position: Int, in group: Range<Int>, group number: Int) -> Double {
    switch ties {
    case .average: Double(group.lowerBound + 1 + group.upperBound) / 2
    case .min: Double(group.lowerBound + 1)
    case .max: Double(group.upperBound)
    case .first: Double(position + 1)
    case .dense: Double(number)
    }
  }
}
