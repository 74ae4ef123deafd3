/// The low end of a sample without sorting all of it.
enum SmallestValues {
  /// The `count` smallest values, ascending; all of them if there are fewer.
  static func ascending(_ values: [Double], count: Int) -> [Double] {
    var kept = values
    if count < kept.count { select(&kept, count) }
    return kept.prefix(count).sorted()
  }

  /// Brings the `count` smallest values to the front, in any order (Hoare's selection).
  private static func select(_ values: inout [Double], _ count: Int) {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = median(values[low], values[(low + high) / 2], values[high])
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if count - 1 <= right {
        high = right
      } else if count - 1 >= left {
        low = left
      } else {
        return
      }
    }
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
