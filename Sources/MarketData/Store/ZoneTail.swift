import MarketModel

/// The rule at the end of a zone file, in the form of the POSIX variable TZ: `EST5EDT,M3.2.0,M11.1.0`.
struct ZoneTail: Sendable {
  private let standardOffset: Int
  private let summer: (offset: Int, begin: YearlyRule, end: YearlyRule)?

  init?(_ text: [UInt8]) {
    var reader = TailReader(text)
    guard reader.name(), let standard = reader.seconds() else { return nil }
    standardOffset = -standard
    if reader.isAtEnd {
      summer = nil
      return
    }
    guard reader.name() else { return nil }
    var summerOffset = standardOffset + 3600
    if !reader.isNext(0x2C) {
      guard let given = reader.seconds() else { return nil }
      summerOffset = -given
    }
    guard reader.take(0x2C), let begin = reader.rule(), reader.take(0x2C), let end = reader.rule(), reader.isAtEnd
    else { return nil }
    summer = (summerOffset, begin, end)
  }

  /// The offset east of UTC in seconds at an instant, in seconds since 1970 UTC.
  func offset(at instant: Int64) -> Int {
    guard let summer else { return standardOffset }
    let local = instant + Int64(standardOffset)
    let day = Day(Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400))
    let year = day.civil.year
    // Both in seconds since 1970 UTC: summer time begins by the standard clock and ends by the summer clock.
    guard let begin = summer.begin.local(in: year), let end = summer.end.local(in: year) else { return standardOffset }
    let (from, to) = (begin - Int64(standardOffset), end - Int64(summer.offset))
    let isSummer = from < to ? instant >= from && instant < to : instant >= from || instant < to
    return isSummer ? summer.offset : standardOffset
  }
}

/// A day of each year and a time on it.
private struct YearlyRule: Sendable {
  enum Date {
    /// Day of the year 1 to 365, 29 February never counted.
    case julian(Int)
    /// Day of the year 0 to 365.
    case zeroBased(Int)
    /// Month, week (5: the last) and weekday (0: Sunday).
    case weekday(month: Int, week: Int, weekday: Int)
  }
  var date: Date
  var seconds: Int

  func local(in year: Int) -> Int64? {
    guard let day = day(in: year) else { return nil }
    return Int64(day.rawValue) * 86_400 + Int64(seconds)
  }

  private func day(in year: Int) -> Day? {
    guard let newYear = Day(year: year, month: 1, day: 1) else { return nil }
    switch date {
    case .julian(let number):
      let isLeap = Day.daysInMonth(year: year, month: 2) == 29
      return newYear + (number - 1 + (isLeap && number >= 60 ? 1 : 0))
    case .zeroBased(let number): return newYear + number
    case .weekday(let month, let week, let weekday):
      guard let first = Day(year: year, month: month, day: 1) else { return nil }
      var day = first + (weekday + 7 - first.weekday % 7) % 7 + 7 * (week - 1)
      while day > first.monthEnd { day = day - 7 }
      return day
    }
  }
}

/// Reads the parts of a TZ text.
private struct TailReader {
  private let text: [UInt8]
  private var place = 0

  init(_ text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { place == text.count }
  func isNext(_ byte: UInt8) -> Bool { place < text.count && text[place] == byte }

  mutating func take(_ byte: UInt8) -> Bool {
    guard isNext(byte) else { return false }
    place += 1
    return true
  }

  mutating func name() -> Bool {
    let start = place
    if take(0x3C) {
      while place < text.count, text[place] != 0x3E { place += 1 }
      return take(0x3E)
    }
    while place < text.count, (text[place] | 0x20) >= 0x61, (text[place] | 0x20) <= 0x7A { place += 1 }
    return place > start
  }

  mutating func number() -> Int? {
    let start = place
    var value = 0
    while place < text.count, (0x30...0x39).contains(text[place]), place - start < 4 {
      value = value * 10 + Int(text[place] - 0x30)
      place += 1
    }
    return place > start ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func seconds() -> Int? {
    let negative = take(0x2D)
    if !negative { _ = take(0x2B) }
    guard let hours = number() else { return nil }
    var total = hours * 3600
    if take(0x3A) {
      guard let minutes = number() else { return nil }
      total += minutes * 60
      if take(0x3A) {
        guard let seconds = number() else { return nil }
        total += seconds
      }
    }
    return negative ? -total : total
  }

  mutating func rule() -> YearlyRule? {
    guard let date = date() else { return nil }
    if !take(0x2F) { return YearlyRule(date: date, seconds: 7200) }
    return seconds().map { YearlyRule(date: date, seconds: $0) }
  }

  private mutating func date() -> YearlyRule.Date? {
    if take(0x4A) { return number().flatMap { (1...365).contains($0) ? .julian($0) : nil } }
    guard take(0x4D) else { return number().flatMap { (0...365).contains($0) ? .zeroBased($0) : nil } }
    guard let month = number(), take(0x2E), let week = number(), take(0x2E), let weekday = number(),
      (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
