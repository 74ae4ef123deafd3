import MarketModel

/// Reads the cells of data files: numbers, dates and release times, straight from bytes.
package enum CellText {
  /// What a date cell holds.
  package enum DateCell {
    case day(Int32)
    case missing, malformed, timeOfDay
  }

  /// Whether a cell stands for a missing value: empty, null, NA, N/A, NaN, None or #N/A.
  package static func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    if cell.isEmpty { return true }
    guard cell.count <= 4 else { return false }
    // The first byte of every such word: a letter n or a number sign.
    guard cell[0] | 0x20 == 0x6E || cell[0] == 0x23 else { return false }
    let word = cell.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return missingWords.contains(word)
  }

  private static let missingWords: [[UInt8]] = ["null", "na", "n/a", "nan", "none", "#n/a"].map { Array($0.utf8) }

  // MARK: - Numbers

  /// A finite number: sign, digits with a point among them, optional exponent; `nil` for anything else. A zero has no
  /// sign.
  package static func number(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let start = cell.baseAddress else { return nil }
    let end = start + cell.count
    var place = start
    let negative = place < end && place.pointee == 0x2D
    if negative || (place < end && place.pointee == 0x2B) { place += 1 }
    let first = place
    var mantissa: UInt64 = 0
    var point: UnsafePointer<UInt8>?
    while place < end {
      let digit = place.pointee &- 0x30
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
      } else if digit == 0xFE, point == nil {
        point = place
      } else {
        break
      }
      place += 1
    }
    let digits = place - first - (point == nil ? 0 : 1)
    guard digits > 0 else { return nil }
    var scale = point.map { $0 + 1 - place } ?? 0
    if place < end {
      guard let exponent = exponent(cell, from: place - start) else { return nil }
      scale += exponent
    }
    // Nineteen digits cannot have overflowed.
    guard digits <= 19, mantissa <= 1 << 53, scale >= -22, scale <= 22 else { return slowNumber(cell) }
    // Clinger's fast path: both operands are exact, so one rounding gives the nearest double.
    let magnitude = Double(mantissa)
    let value = scale < 0 ? magnitude / power(-scale) : magnitude * power(scale)
    return negative && value > 0 ? -value : value
  }

  private static func exponent(_ cell: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard cell[start] | 0x20 == 0x65, start + 1 < cell.count else { return nil }
    var place = start + 1
    let negative = cell[place] == 0x2D
    if negative || cell[place] == 0x2B { place += 1 }
    guard place < cell.count, cell.count - place <= 5 else { return nil }
    var value = 0
    while place < cell.count {
      guard cell[place] >= 0x30, cell[place] <= 0x39 else { return nil }
      value = value * 10 + Int(cell[place] - 0x30)
      place += 1
    }
    return negative ? -value : value
  }

  private static func slowNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    // The grammar is checked; this reads the same in every locale.
    guard let value = Double(String(decoding: cell, as: UTF8.self)), value.isFinite else { return nil }
    return value.withoutSignedZero
  }

  /// Ten to the power of 0 to 22, all of which are exact.
  @inline(__always)
  static func power(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1e0
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    case 18: 1e18
    case 19: 1e19
    case 20: 1e20
    case 21: 1e21
    default: 1e22
    }
  }

  // MARK: - Dates and times

  /// A date `YYYY-MM-DD`, with a midnight after it dropped, whatever its zone.
  package static func date(_ cell: UnsafeBufferPointer<UInt8>) -> DateCell {
    if isMissing(cell) { return .missing }
    guard let day = day(cell) else { return .malformed }
    if cell.count == 10 { return .day(day.rawValue) }
    switch MidnightTail.read(cell[10...]) {
    case .midnight: return .day(day.rawValue)
    case .timeOfDay: return .timeOfDay
    case .malformed: return .malformed
    }
  }

  /// A release time in microseconds since 1970: date and time with an optional zone, or a date alone for its end.
  package static func instant(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let day = day(cell) else { return nil }
    if cell.count == 10 { return KnowledgeTime(endOf: day).microseconds }
    guard let time = time(cell) else { return nil }
    let instant = Int64(day.rawValue) * 86_400_000_000 + time.microsecond - Int64(time.offset) * 1_000_000
    // The zone of a time on the first or last day of all may put it beyond them.
    return instants.contains(instant) ? instant : nil
  }

  /// The instants of the years 1 to 9999.
  private static let instants =
    Int64(Day.earliest.rawValue) * 86_400_000_000..<Int64(Day.latest.rawValue + 1) * 86_400_000_000

  /// The day in the first ten bytes.
  private static func day(_ cell: UnsafeBufferPointer<UInt8>) -> Day? {
    guard cell.count >= 10, cell[4] == 0x2D, cell[7] == 0x2D, let century = two(cell, 0), let year = two(cell, 2),
      let month = two(cell, 5), let day = two(cell, 8)
    else { return nil }
    return Day(year: century * 100 + year, month: month, day: day)
  }

  /// The time of day from the eleventh byte on and the offset of its zone in seconds.
  private static func time(_ cell: UnsafeBufferPointer<UInt8>) -> (microsecond: Int64, offset: Int)? {
    guard cell.count >= 16, cell[10] | 0x20 == 0x74 || cell[10] == 0x20, cell[13] == 0x3A, let hour = two(cell, 11),
      let minute = two(cell, 14), hour < 24, minute < 60
    else { return nil }
    var place = 16
    var microsecond = Int64(hour * 3600 + minute * 60) * 1_000_000
    if place < cell.count, cell[place] == 0x3A {
      guard let second = two(cell, place + 1), second < 60 else { return nil }
      microsecond += Int64(second) * 1_000_000
      place += 3
      if place < cell.count, cell[place] == 0x2E {
        guard let fraction = fraction(cell, &place) else { return nil }
        microsecond += fraction
      }
    }
    guard let offset = zone(cell, from: place) else { return nil }
    return (microsecond, offset)
  }

  /// Microseconds of the digits after a point; finer ones are rounded up, so that nothing is known early.
  private static func fraction(_ cell: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Int64? {
    var (value, unit, rest): (Int64, Int64, Bool) = (0, 100_000, false)
    let start = place + 1
    place = start
    while place < cell.count, cell[place] >= 0x30, cell[place] <= 0x39 {
      let digit = Int64(cell[place] - 0x30)
      if unit > 0 { value += digit * unit } else if digit > 0 { rest = true }
      unit /= 10
      place += 1
    }
    return place == start ? nil : value + (rest ? 1 : 0)
  }

  private static func zone(_ cell: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let left = cell.count - start
    if left == 0 { return 0 }
    if left == 1 { return cell[start] | 0x20 == 0x7A ? 0 : nil }
    // Databases leave out the minutes where there are none.
    if left == 3, cell[start] == 0x2B || cell[start] == 0x2D, let hours = two(cell, start + 1), hours < 24 {
      return hours * 3600 * (cell[start] == 0x2D ? -1 : 1)
    }
    guard cell[start] == 0x2B || cell[start] == 0x2D, left == 6 || left == 5, let hours = two(cell, start + 1),
      left == 5 || cell[start + 3] == 0x3A, let minutes = two(cell, cell.count - 2), hours < 24, minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (cell[start] == 0x2D ? -1 : 1)
  }

  /// The number of two digits.
  private static func two(_ cell: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place + 1 < cell.count else { return nil }
    let (tens, ones) = (cell[place] &- 0x30, cell[place + 1] &- 0x30)
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }
}
