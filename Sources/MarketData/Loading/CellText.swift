import MarketModel

/// Reads the cells of data files: numbers, dates and release times, straight from bytes.
enum CellText {
  /// What a date cell holds.
  enum DateCell {
    case day(Int32)
    case missing, malformed, timeOfDay
  }

  /// Whether a cell stands for a missing value: empty, null, NA, N/A, NaN, None or #N/A.
  static func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    if cell.isEmpty { return true }
    guard cell.count <= 4 else { return false }
    // The first byte of every such word: a letter n or a number sign.
    guard cell[0] | 0x20 == 0x6E || cell[0] == 0x23 else { return false }
    let word = cell.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return missingWords.contains(word)
  }

  private static let missingWords: [[UInt8]] = ["null", "na", "n/a", "nan", "none", "#n/a"].map { Array($0.utf8) }

  // MARK: - Numbers

  /// A finite number: sign, digits with a point among them, optional exponent; `nil` for anything else.
  static func number(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    var place = 0
    let negative = cell.count > 0 && cell[0] == 0x2D
    if negative || (cell.count > 0 && cell[0] == 0x2B) { place = 1 }
    var (mantissa, digits, scale): (UInt64, Int, Int) = (0, 0, 0)
    var hasPoint = false
    var isExact = true
    while place < cell.count {
      let byte = cell[place]
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if mantissa < 900_719_925_474_099 { mantissa = mantissa &* 10 &+ UInt64(byte - 0x30) } else { isExact = false }
        if hasPoint { scale -= 1 }
      } else if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      place += 1
    }
    guard digits > 0 else { return nil }
    if place < cell.count {
      guard let exponent = exponent(cell, from: place) else { return nil }
      scale += exponent
    }
    guard isExact, scale >= -22, scale <= 22 else { return slowNumber(cell) }
    // Clinger's fast path: both operands are exact, so one rounding gives the nearest double.
    let magnitude = Double(mantissa)
    let value = scale < 0 ? magnitude / powers[-scale] : magnitude * powers[scale]
    return negative ? -value : value
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
    return value
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
  ]

  // MARK: - Dates and times

  /// A date `YYYY-MM-DD`, with a midnight time after it dropped.
  static func date(_ cell: UnsafeBufferPointer<UInt8>) -> DateCell {
    if isMissing(cell) { return .missing }
    guard let day = day(cell) else { return .malformed }
    if cell.count == 10 { return .day(day.rawValue) }
    guard let time = time(cell) else { return .malformed }
    return time.microsecond == 0 ? .day(day.rawValue) : .timeOfDay
  }

  /// A release time in microseconds since 1970: date and time with an optional zone, or a date alone for its end.
  static func instant(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let day = day(cell) else { return nil }
    if cell.count == 10 { return KnowledgeTime(endOf: day).microseconds }
    guard let time = time(cell) else { return nil }
    return Int64(day.rawValue) * 86_400_000_000 + time.microsecond - Int64(time.offset) * 1_000_000
  }

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
