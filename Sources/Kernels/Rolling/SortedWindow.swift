/// A window kept sorted while it slides. Sorting moves values and computes none, so the order statistics have the same
/// bits as those of each window sorted anew.
enum SortedWindow {
  /// Lane l: `body` of the sorted keys of `x[l..<l + length]`.
  @inline(__always) static func fill(
    _ x: UnsafePointer<Double>, _ length: Int, lanes: Int, into out: UnsafeMutablePointer<Double>,
    _ body: (UnsafeBufferPointer<Int64>) -> Double
  ) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: length) { buffer in
      var keys = buffer
      for index in 0..<length { keys.initializeElement(at: index, to: OrderedKey.key(x[index])) }
      keys.sort()
      out[0] = body(UnsafeBufferPointer(keys))
      for lane in 1..<max(1, lanes) {
        replace(OrderedKey.key(x[lane - 1]), by: OrderedKey.key(x[lane + length - 1]), in: keys)
        out[lane] = body(UnsafeBufferPointer(keys))
      }
    }
  }

  /// Replaces a key that is present, moving only what lies between the two places.
  private static func replace(_ old: Int64, by new: Int64, in keys: UnsafeMutableBufferPointer<Int64>) {
    var place = firstIndex(notBelow: old, in: keys)
    while place + 1 < keys.count && keys[place + 1] < new {
      keys[place] = keys[place + 1]
      place += 1
    }
    while place > 0 && keys[place - 1] > new {
      keys[place] = keys[place - 1]
      place -= 1
    }
    keys[place] = new
  }

  private static func firstIndex(notBelow key: Int64, in keys: UnsafeMutableBufferPointer<Int64>) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
