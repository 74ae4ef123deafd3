import MarketModel

/// Windows of neighbouring dates side by side: the window's loop outside, the dates (lanes) inside, so that the
/// compiler vectorises. Each lane's order of operations is the scalar reducer's, hence its bits are, too.
enum Lanes {
  /// How many dates are worked on at a time: few enough for the first-level cache.
  private static let block = 256

  /// Lane l: the sum of `x[l..<l + length]`, divided.
  static func sums(
    _ x: UnsafePointer<Double>, _ length: Int, lanes: Int, divisor: Double, into out: UnsafeMutablePointer<Double>
  ) {
    forBlocks(lanes) { from, count in
      let result = out + from
      for lane in 0..<count { result[lane] = 0 }
      for step in 0..<length {
        let row = x + from + step
        for lane in 0..<count { result[lane] += row[lane] }
      }
      for lane in 0..<count { result[lane] = (result[lane] / divisor).settled }
    }
  }

  /// Lane l: the sum of squared deviations of `x[l..<l + length]`, divided, and its root if asked for.
  static func variances(
    _ x: UnsafePointer<Double>, _ length: Int, lanes: Int, divisor: Double, isRoot: Bool,
    into out: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: min(block, lanes)) { scratch in
      guard let means = scratch.baseAddress else { return }
      forBlocks(lanes) { from, count in
        shiftedMeans(x + from, length, lanes: count, into: means)
        squares(x + from, length, lanes: count, shiftedMeans: means, into: out + from)
        finish(out + from, count, divisor: divisor, isRoot: isRoot)
      }
    }
  }

  private static func shiftedMeans(
    _ x: UnsafePointer<Double>, _ length: Int, lanes: Int, into means: UnsafeMutablePointer<Double>
  ) {
    for lane in 0..<lanes { means[lane] = 0 }
    for step in 0..<length {
      let row = x + step
      for lane in 0..<lanes { means[lane] += row[lane] - x[lane] }
    }
    for lane in 0..<lanes { means[lane] /= Double(length) }
  }

  private static func squares(
    _ x: UnsafePointer<Double>, _ length: Int, lanes: Int, shiftedMeans means: UnsafePointer<Double>,
    into out: UnsafeMutablePointer<Double>
  ) {
    for lane in 0..<lanes { out[lane] = 0 }
    for step in 0..<length {
      let row = x + step
      for lane in 0..<lanes {
        let deviation = (row[lane] - x[lane]) - means[lane]
        out[lane] += deviation * deviation
      }
    }
  }

  private static func finish(_ out: UnsafeMutablePointer<Double>, _ count: Int, divisor: Double, isRoot: Bool) {
    if isRoot {
      for lane in 0..<count { out[lane] = (out[lane] / divisor).squareRoot().settled }
    } else {
      for lane in 0..<count { out[lane] = (out[lane] / divisor).settled }
    }
  }

  @inline(__always) private static func forBlocks(_ lanes: Int, _ body: (_ from: Int, _ count: Int) -> Void) {
    var from = 0
    while from < lanes {
      let count = min(block, lanes - from)
      body(from, count)
      from += count
    }
  }
}
