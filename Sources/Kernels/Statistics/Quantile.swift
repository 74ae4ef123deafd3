import MarketModel

/// Order statistics of present numbers.
public enum Quantile {
  /// The median of `count` ≥ 1 numbers.
  static func median(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    withSortedKeys(x, count) { median(sorted: $0) }
  }

  /// The quantile q of `count` ≥ 1 numbers, type 7.
  static func value(_ x: UnsafePointer<Double>, _ count: Int, _ q: Double) -> Double {
    withSortedKeys(x, count) { value(sorted: $0, q) }
  }

  /// Several quantiles of present numbers with one sort.
  ///
  /// - Returns: one number for each of `qs`; *insufficient history* where there are no numbers.
  public static func values(_ x: UnsafeBufferPointer<Double>, _ qs: [Double]) -> [Double] {
    guard let start = x.baseAddress, x.count > 0 else { return qs.map { _ in .missing(.insufficientHistory) } }
    return withSortedKeys(start, x.count) { keys in qs.map { value(sorted: keys, $0) } }
  }

  /// The middle of sorted keys; of an even count the mean of the middle two.
  static func median(sorted keys: UnsafeBufferPointer<Int64>) -> Double {
    let middle = keys.count / 2
    let upper = OrderedKey.value(keys[middle])
    if keys.count % 2 == 1 { return upper }
    return ((OrderedKey.value(keys[middle - 1]) + upper) / 2).settled
  }

  /// Linear interpolation at q·(n − 1), from the nearer end as numpy does, so that the result is monotonic in q.
  static func value(sorted keys: UnsafeBufferPointer<Int64>, _ q: Double) -> Double {
    guard q >= 0 && q <= 1 else { return .missing(.domainError) }
    let place = q * Double(keys.count - 1)
    let floor = place.rounded(.down)
    let below = min(Int(cut: floor), keys.count - 1)
    let low = OrderedKey.value(keys[below])
    let high = OrderedKey.value(keys[min(below + 1, keys.count - 1)])
    return between(low, high, place - floor)
  }

  /// Linear interpolation between neighbours in rank, from the nearer one.
  ///
  /// - Parameter share: how far from the lower to the upper, 0 to 1.
  public static func between(_ low: Double, _ high: Double, _ share: Double) -> Double {
    let gap = high - low
    return (share >= 0.5 ? high - gap * (1 - share) : low + gap * share).settled
  }

  private static func withSortedKeys<Result>(
    _ x: UnsafePointer<Double>, _ count: Int, _ body: (UnsafeBufferPointer<Int64>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: count) { buffer in
      var keys = buffer
      for index in 0..<count { keys.initializeElement(at: index, to: OrderedKey.key(x[index])) }
      keys.sort()
      return body(UnsafeBufferPointer(keys))
    }
  }
}
