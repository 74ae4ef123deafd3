import MarketModel

/// A stable merge sort of places by keys whose comparison may fail: strings and lists.
struct MergeSort {
  let keys: ListRef
  let order: ItemOrder
  /// How many places are charged at once: few enough for a look at Ctrl-C within a moment.
  private static let slice = 1 << 12

  /// The places of the keys in their order. Each place that a merge fills is a step, as it takes a comparison; the bytes
  /// and items compared are charged besides.
  func places() throws(Trap) -> UnsafeMutablePointer<Int32> {
    let evaluation = order.evaluation
    let count = keys.count
    var from = try evaluation.days(count)
    var to = try evaluation.days(count)
    for place in 0..<count { from[place] = Int32(truncatingIfNeeded: place) }
    var width = 1
    while width < count {
      var start = 0
      while start < count {
        let middle = min(start + width, count)
        try merge(from, to, start, middle, min(middle + width, count))
        start += 2 * width
      }
      swap(&from, &to)
      width *= 2
    }
    return from
  }

  private func merge(
    _ from: UnsafeMutablePointer<Int32>, _ to: UnsafeMutablePointer<Int32>, _ start: Int, _ middle: Int, _ end: Int
  ) throws(Trap) {
    var (left, right) = (start, middle)
    var charged = start
    for target in start..<end {
      if target == charged {
        charged = min(charged + MergeSort.slice, end)
        try order.evaluation.charge(charged - target)
      }
      let takesLeft: Bool
      if left == middle {
        takesLeft = false
      } else if right == end {
        takesLeft = true
      } else {
        takesLeft = try order.compare(keys[Int(from[left])], keys[Int(from[right])], depth: 0) != .descending
      }
      if takesLeft {
        to[target] = from[left]
        left += 1
      } else {
        to[target] = from[right]
        right += 1
      }
    }
  }
}

/// How two keys stand to each other in the direction of a sort; a missing number comes after every other in both.
struct ItemOrder {
  let evaluation: Evaluation
  let descending: Bool

  /// `.ascending` if `left` comes first.
  func compare(_ left: Value, _ right: Value, depth: Int) throws(Trap) -> Comparison {
    if let a = left.string, let b = right.string {
      try evaluation.charge(comparing: a, b)
      return directed(a.compared(to: b))
    }
    if let a = left.list, let b = right.list { return try compare(a, b, depth: depth + 1) }
    let left = try evaluation.latest(left)
    let right = try evaluation.latest(right)
    if left.isNumber, right.isNumber, left.raw.isNaN || right.raw.isNaN {
      if left.raw.isNaN && right.raw.isNaN { return .same }
      return left.raw.isNaN ? .descending : .ascending
    }
    return directed(try Ordering.scalars(left, right, evaluation, "sorting"))
  }

  private func compare(_ left: ListRef, _ right: ListRef, depth: Int) throws(Trap) -> Comparison {
    try evaluation.descend(to: depth, over: 0)
    for place in 0..<min(left.count, right.count) {
      try evaluation.charge(1)
      let result = try compare(left[place], right[place], depth: depth)
      if result != .same { return result }
    }
    return directed(Comparison(left.count, right.count))
  }

  private func directed(_ comparison: Comparison) -> Comparison {
    if !descending { return comparison }
    switch comparison {
    case .ascending: return .descending
    case .same: return .same
    case .descending: return .ascending
    }
  }
}
