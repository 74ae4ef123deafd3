/// A length of time as the language and the data settings write it: days, months or sessions, a whole number of one.
///
/// `10d 2w` are days, `3mo 1y` months, `21bd` sessions of the trading calendar. The kinds do not mix.
@frozen public struct CalendarDuration: Hashable, Sendable {
  /// What is counted.
  @frozen public enum Unit: UInt8, Sendable {
    case days, months, sessions
  }

  /// How many; may be negative.
  public var count: Int32
  /// Of what.
  public var unit: Unit

  /// Makes a duration.
  @inlinable public init(_ count: Int, _ unit: Unit) {
    self.count = Int32(clamping: count)
    self.unit = unit
  }

  /// Makes a duration, `nil` if so many cannot be counted.
  private init?(exactly count: Int, _ unit: Unit) {
    guard Int32(exactly: count) != nil else { return nil }
    self.init(count, unit)
  }
}

extension CalendarDuration: CustomStringConvertible {
  /// The shortest literal: `1y`, `3mo`, `10d`, `21bd`; whole years as `y`, weeks as days.
  public var description: String {
    switch unit {
    case .days: "\(count)d"
    case .months: count != 0 && count % 12 == 0 ? "\(count / 12)y" : "\(count)mo"
    case .sessions: "\(count)bd"
    }
  }

  /// Reads a literal such as `45d`, `2w`, `3mo`, `1y` or `12bd`.
  public init?(_ text: some StringProtocol) {
    let negative = text.hasPrefix("-")
    let body = negative ? text.dropFirst() : text[...]
    let digits = body.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.utf8.count <= 9, let magnitude = Int(digits) else { return nil }
    let count = negative ? -magnitude : magnitude
    switch body.dropFirst(digits.count) {
    case "d": self.init(exactly: count, .days)
    case "w": self.init(exactly: count * 7, .days)
    case "mo": self.init(exactly: count, .months)
    case "y": self.init(exactly: count * 12, .months)
    case "bd": self.init(exactly: count, .sessions)
    default: return nil
    }
  }
}
