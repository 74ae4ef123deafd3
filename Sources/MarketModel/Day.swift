/// A calendar day, held as days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// The type of every date in the product: price rows, observations, `as_of`. It knows no time zone.
@frozen public struct Day: RawRepresentable, Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public var rawValue: Int32

  /// A day from days since 1970-01-01.
  @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }

  /// A day from days since 1970-01-01.
  @inlinable public init(_ days: Int) { rawValue = Int32(truncatingIfNeeded: days) }

  /// 0001-01-01, the earliest day that the language and the data files can name.
  public static let earliest = Day(-719_162)
  /// 9999-12-31, the latest day that the language and the data files can name.
  public static let latest = Day(2_932_896)

  /// A day of the civil calendar, or `nil` if there is none (2023-02-29) or it lies outside years 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.daysInMonth(year: year, month: month)
    else { return nil }
    self.init(Day.count(year: year, month: month, day: day))
  }

  /// The number of days of a month.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days since 1970-01-01 of a civil date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  static func count(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month (1 to 12) and day of the month.
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(rawValue) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// ISO weekday: Monday 1 … Sunday 7.
  @inlinable public var weekday: Int {
    let shifted = (Int(rawValue) + 3) % 7
    return (shifted < 0 ? shifted + 7 : shifted) + 1
  }

  /// Monday to Friday.
  @inlinable public var isWeekday: Bool { weekday <= 5 }

  /// Earlier before later.
  @inlinable public static func < (left: Day, right: Day) -> Bool { left.rawValue < right.rawValue }

  /// The day a number of days later (earlier if negative).
  @inlinable public static func + (day: Day, days: Int) -> Day { Day(Int(day.rawValue) + days) }
  /// The day a number of days earlier.
  @inlinable public static func - (day: Day, days: Int) -> Day { Day(Int(day.rawValue) - days) }
  /// The number of days from `earlier` to `later`.
  @inlinable public static func - (later: Day, earlier: Day) -> Int { Int(later.rawValue) - Int(earlier.rawValue) }

  /// The day a number of months later; the day of the month is clamped to the month's end (31 January + 1 is 28 or
  /// 29 February). `nil` outside years 1 to 9999.
  public func addingMonths(_ months: Int) -> Day? {
    let (year, month, day) = civil
    let index = year * 12 + (month - 1) + months
    let newYear = index >= 0 ? index / 12 : -1
    guard (1...9999).contains(newYear) else { return nil }
    let newMonth = index % 12 + 1
    return Day(year: newYear, month: newMonth, day: min(day, Day.daysInMonth(year: newYear, month: newMonth)))
  }

  /// The day a number of weekdays later (earlier if negative); from a weekend, counting starts at the nearest
  /// weekday behind it in the direction of travel.
  public func addingWeekdays(_ count: Int) -> Day {
    var day = self
    // Whole weeks first, so that a large count costs nothing.
    if count > 0, day.weekday > 5 { day = day - (day.weekday - 5) }
    if count < 0, day.weekday > 5 { day = day + (8 - day.weekday) }
    day = day + count / 5 * 7
    var rest = count % 5
    while rest > 0 {
      day = day + (day.weekday >= 5 ? 8 - day.weekday : 1)
      rest -= 1
    }
    while rest < 0 {
      day = day - (day.weekday == 1 ? 3 : 1)
      rest += 1
    }
    return day
  }

  /// How many weekdays lie from a day on and before another; 0 if there is none.
  public static func weekdays(from start: Day, before end: Day) -> Int {
    max(0, weekdays(before: end) - weekdays(before: start))
  }

  /// Weekdays from a fixed Monday up to a day, which does not count.
  private static func weekdays(before day: Day) -> Int {
    // 0001-01-01 is a Monday; a day before it counts from the Monday before.
    let days = day - Day.earliest
    let week = days >= 0 ? days / 7 : -((6 - days) / 7)
    return week * 5 + min(days - week * 7, 5)
  }

  /// The last calendar day of the month.
  public var monthEnd: Day {
    let (year, month, _) = civil
    return Day(Day.count(year: year, month: month, day: Day.daysInMonth(year: year, month: month)))
  }
}

extension Day: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = civil
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// Reads `YYYY-MM-DD`; `nil` for anything else and for days that do not exist.
  public init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard let day = bytes.withUnsafeBufferPointer({ Day(iso: $0[...]) }) else { return nil }
    self = day
  }

  /// Reads the ten bytes `YYYY-MM-DD`; `nil` for anything else and for days that do not exist.
  public init?(iso bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard bytes.count == 10 else { return nil }
    var fields = (0, 0, 0)
    for (place, byte) in bytes.enumerated() {
      if place == 4 || place == 7 {
        if byte != 0x2D { return nil }
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let digit = Int(byte) - 0x30
      if place < 4 {
        fields.0 = fields.0 * 10 + digit
      } else if place < 7 {
        fields.1 = fields.1 * 10 + digit
      } else {
        fields.2 = fields.2 * 10 + digit
      }
    }
    self.init(year: fields.0, month: fields.1, day: fields.2)
  }
}
