/// Smallest and largest of present numbers; of equal ones the first is returned.
enum Extrema {
  /// The smallest of `count` ≥ 1 numbers.
  static func minimum(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    var least = x[0]
    for index in 1..<max(1, count) where x[index] < least { least = x[index] }
    return least
  }

  /// The largest of `count` ≥ 1 numbers.
  static func maximum(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    var largest = x[0]
    for index in 1..<max(1, count) where x[index] > largest { largest = x[index] }
    return largest
  }
}
