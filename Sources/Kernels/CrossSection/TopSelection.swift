import MarketModel

/// The largest (or smallest) of many numbers.
public enum TopSelection {
  /// The indices of the `count` largest present numbers, largest first (smallest first if `isBottom`); ties keep their
  /// order (pandas `nlargest`, `keep="first"`). Fewer present: all of them.
  public static func indices(_ keys: UnsafeBufferPointer<Double>, count: Int, isBottom: Bool = false) -> [Int] {
    guard count > 0 else { return [] }
    if count > 64 {
      let present = Presence.count(keys)
      return Array(SortedOrder.permutation(keys, isDescending: !isBottom).prefix(min(count, present)))
    }
    var best = [RadixSort.Entry]()
    best.reserveCapacity(count + 1)
    for (index, key) in keys.enumerated() where !key.isNaN {
      let unsigned = RadixSort.unsigned(key + 0.0)
      let entry = RadixSort.Entry(key: isBottom ? unsigned : ~unsigned, index: index)
      if best.count == count, let worst = best.last, worst.key <= entry.key { continue }
      insert(entry, into: &best, limit: count)
    }
    return best.map(\.index)
  }

  /// How many members a fraction of them is: `max(1, floor(fraction · members))`.
  public static func count(fraction: Double, of members: Int) -> Int {
    let share = (fraction * Double(members)).rounded(.down)
    return max(1, min(Int(cut: share), members))
  }

  private static func insert(_ entry: RadixSort.Entry, into best: inout [RadixSort.Entry], limit: Int) {
    var place = best.count
    while place > 0 && best[place - 1].key > entry.key { place -= 1 }
    best.insert(entry, at: place)
    if best.count > limit { best.removeLast() }
  }
}
