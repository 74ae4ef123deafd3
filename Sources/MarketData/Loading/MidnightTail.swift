/// What stands behind a date in its cell: nothing, a midnight, or another time of day.
///
/// A midnight is a date, whatever zone stands behind it: it is how programs write the day of a bar. The one reader of it,
/// for data folders and for imports.
enum MidnightTail {
  case midnight, timeOfDay, malformed

  /// Reads the bytes behind a date; none of them, too, are a midnight.
  static func read(_ tail: Slice<UnsafeBufferPointer<UInt8>>) -> MidnightTail {
    var place = tail.startIndex
    let end = tail.endIndex
    func skipBlanks() { while place < end, tail[place] == 0x20 { place += 1 } }
    func number() -> Int? {
      let start = place
      while place < end, place - start < 2, isDigit(tail[place]) { place += 1 }
      return start == place ? nil : tail[start..<place].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    if place < end, tail[place] | 0x20 == 0x74 { place += 1 } else { skipBlanks() }
    if place == end { return tail.isEmpty || tail.allSatisfy { $0 == 0x20 } ? .midnight : .malformed }
    guard let hour = number(), hour < 24, place < end, tail[place] == 0x3A else { return .malformed }
    place += 1
    guard let minute = number(), minute < 60 else { return .malformed }
    var isZero = minute == 0
    if place < end, tail[place] == 0x3A {
      place += 1
      guard let second = number(), second < 60 else { return .malformed }
      isZero = isZero && second == 0
      if place < end, tail[place] == 0x2E {
        place += 1
        let start = place
        while place < end, isDigit(tail[place]) {
          isZero = isZero && tail[place] == 0x30
          place += 1
        }
        if start == place { return .malformed }
      }
    }
    skipBlanks()
    let rest = String(decoding: tail[place...], as: UTF8.self).uppercased()
    // Not the beginning of a zone such as AMERICA/NEW_YORK.
    let half = ["AM", "PM"].first { rest == $0 || rest.hasPrefix($0 + " ") }
    let zone = rest.dropFirst(half == nil ? 0 : 2)
    guard isZone(zone.drop { $0 == " " }) else { return .malformed }
    let clock = half == nil ? hour : hour % 12 + (half == "PM" ? 12 : 0)
    if half != nil, !(1...12).contains(hour) { return .malformed }
    return isZero && clock == 0 ? .midnight : .timeOfDay
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Nothing, `Z`, an offset such as `-05:00`, or a name such as `UTC` or `AMERICA/NEW_YORK`.
  private static func isZone(_ text: Substring) -> Bool {
    guard let first = text.unicodeScalars.first else { return true }
    if first == "+" || first == "-" {
      let digits = text.dropFirst().filter { $0 != ":" }
      return [2, 4].contains(digits.count) && digits.utf8.allSatisfy(isDigit) && text.count <= 6
    }
    return text.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x2F || $0 == 0x5F }
  }
}
