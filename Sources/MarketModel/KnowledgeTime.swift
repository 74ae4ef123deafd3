/// An instant from which something could be known: microseconds since 1970-01-01 00:00 UTC.
@frozen public struct KnowledgeTime: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01 00:00 UTC.
  public var microseconds: Int64

  /// An instant from microseconds since 1970 UTC.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  /// 23:59:59 UTC of a day: the cut of an `as_of` unless the data set has a decision time.
  public init(endOf day: Day) {
    microseconds = (Int64(day.rawValue) * 86_400 + 86_399) * 1_000_000
  }

  /// The UTC day that holds the instant.
  public var day: Day {
    let seconds = microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    return Day(Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400))
  }

  /// Earlier before later.
  @inlinable public static func < (left: KnowledgeTime, right: KnowledgeTime) -> Bool {
    left.microseconds < right.microseconds
  }
}

extension KnowledgeTime: CustomStringConvertible {
  /// `YYYY-MM-DDThh:mm:ssZ`, with a fraction only where there is one.
  public var description: String {
    let midnight = Int64(day.rawValue) * 86_400_000_000
    let inDay = microseconds - midnight
    let seconds = inDay / 1_000_000
    let fraction = inDay % 1_000_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var text = "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    if fraction != 0 {
      var digits = String(fraction)
      digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }
}
