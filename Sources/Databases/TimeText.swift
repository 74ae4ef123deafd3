import MarketModel

/// Days and instants as SQLite keeps them: text that sorts as time does and that its date functions read.
enum TimeText {
  /// The length of `YYYY-MM-DD hh:mm:ss.ffffff`.
  static let capacity = 26

  /// Writes `YYYY-MM-DD`.
  static func write(_ day: Day, to bytes: inout [UInt8]) {
    let (year, month, dayOfMonth) = day.civil
    two(year / 100, &bytes)
    two(year % 100, &bytes)
    bytes.append(0x2D)
    two(month, &bytes)
    bytes.append(0x2D)
    two(dayOfMonth, &bytes)
  }

  /// Writes `YYYY-MM-DD hh:mm:ss`, with a fraction only where there is one.
  static func write(_ instant: KnowledgeTime, to bytes: inout [UInt8]) {
    let day = instant.day
    write(day, to: &bytes)
    let inDay = Int(instant.microseconds - Int64(day.rawValue) * 86_400_000_000)
    let seconds = inDay / 1_000_000
    bytes.append(0x20)
    two(seconds / 3600, &bytes)
    bytes.append(0x3A)
    two(seconds / 60 % 60, &bytes)
    bytes.append(0x3A)
    two(seconds % 60, &bytes)
    var fraction = inDay % 1_000_000
    if fraction == 0 { return }
    bytes.append(0x2E)
    var unit = 100_000
    while fraction > 0 {
      bytes.append(UInt8(0x30 + fraction / unit))
      fraction %= unit
      unit /= 10
    }
  }

  /// The text of a day.
  static func text(_ day: Day) -> String {
    var bytes: [UInt8] = []
    write(day, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of an instant.
  static func text(_ instant: KnowledgeTime) -> String {
    var bytes: [UInt8] = []
    write(instant, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a day; a midnight after it is dropped.
  static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    guard bytes.count >= 10, let day = Day(iso: bytes[0..<10]) else { return nil }
    if bytes.count == 10 { return day }
    guard let instant = instant(bytes), instant == midnight(day) else { return nil }
    return day
  }

  /// Reads an instant: a blank or `T` between date and time, a fraction of up to six digits, `Z` or nothing after it.
  static func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> KnowledgeTime? {
    guard bytes.count >= 10, let day = Day(iso: bytes[0..<10]) else { return nil }
    var count = bytes.count
    if bytes[count - 1] == 0x5A { count -= 1 }
    guard count >= 19, bytes[10] == 0x20 || bytes[10] == 0x54, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let hours = number(bytes, 11..<13), let minutes = number(bytes, 14..<16), let seconds = number(bytes, 17..<19),
      hours < 24, minutes < 60, seconds < 60
    else { return nil }
    var fraction: Int64 = 0
    if count > 19 {
      guard bytes[19] == 0x2E, count > 20, count <= capacity, let digits = number(bytes, 20..<count) else { return nil }
      fraction = digits
      for _ in count..<capacity { fraction *= 10 }
    }
    let second = (hours * 60 + minutes) * 60 + seconds
    return KnowledgeTime(microseconds: midnight(day).microseconds + second * 1_000_000 + fraction)
  }

  private static func midnight(_ day: Day) -> KnowledgeTime {
    KnowledgeTime(microseconds: Int64(day.rawValue) * 86_400_000_000)
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int64? {
    var value: Int64 = 0
    for place in range {
      guard (0x30...0x39).contains(bytes[place]) else { return nil }
      value = value * 10 + Int64(bytes[place] - 0x30)
    }
    return value
  }

  private static func two(_ value: Int, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: 0x30 + value / 10 % 10))
    bytes.append(UInt8(truncatingIfNeeded: 0x30 + value % 10))
  }
}
