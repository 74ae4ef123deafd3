package import MarketModel

/// Which comes first in dates such as `1/2/2024`.
public enum DateOrder: String, CaseIterable, Sendable {
  /// Month, day, year.
  case mdy
  /// Day, month, year.
  case dmy
}

/// Reads dates as the world's files write them: `2024-01-31`, `20240131`, `2024.01.31`, `1/31/2024`, `31.01.24`,
/// `Jan 31, 2024`, `31-Jan-24`, each with or without a midnight behind it.
///
/// Where neither number can be told to be the month, the caller says which comes first, or there is no date.
package enum WrittenDate {
  /// What a cell holds.
  package enum Reading: Equatable {
    case day(Day)
    case missing, malformed, timeOfDay
    /// Two numbers of which either could be the month.
    case undecided
  }

  /// What a cell says about the order of month and day.
  package enum Evidence: Equatable {
    case order(DateOrder)
    /// Either could be the month.
    case either
    /// The cell is none, or its date needs no order.
    case none
  }

  /// Reads a cell.
  package static func read(_ cell: UnsafeBufferPointer<UInt8>, order: DateOrder?) -> Reading {
    switch CellText.date(cell) {
    case .day(let day): return .day(Day(rawValue: day))
    case .missing: return .missing
    case .timeOfDay: return .timeOfDay
    case .malformed: break
    }
    guard let (parts, tail) = parts(cell) else { return .malformed }
    guard let (year, month, day) = parts.civil(order) else {
      return parts.isNumeric && order == nil ? .undecided : .malformed
    }
    guard let date = Day(year: year, month: month, day: day) else { return .malformed }
    switch MidnightTail.read(tail) {
    case .midnight: return .day(date)
    case .timeOfDay: return .timeOfDay
    case .malformed: return .malformed
    }
  }

  /// Reads a text.
  package static func read(_ text: String, order: DateOrder? = nil) -> Reading {
    Array(text.utf8).withUnsafeBufferPointer { read($0, order: order) }
  }

  /// What a cell says about the order.
  package static func evidence(_ cell: UnsafeBufferPointer<UInt8>) -> Evidence {
    guard case .malformed = CellText.date(cell), let (parts, _) = parts(cell), parts.isNumeric else { return .none }
    let (first, second) = (parts.first, parts.second)
    if first > 12, (1...12).contains(second) { return .order(.dmy) }
    if second > 12, (1...12).contains(first) { return .order(.mdy) }
    return first > 12 || first == second ? .none : .either
  }

  /// The three parts of a date that is not written year first, or is.
  private struct Parts {
    var first: Int
    var second: Int
    var year: Int
    /// The month where a word says it; the day is then `first`.
    var month: Int?
    var isYearFirst = false

    /// Whether month and day are numbers whose order has to be known.
    var isNumeric: Bool { month == nil && !isYearFirst }

    /// Year, month and day; `nil` where the order is not known, and matters.
    func civil(_ order: DateOrder?) -> (Int, Int, Int)? {
      if let month { return (year, month, first) }
      if isYearFirst { return (year, first, second) }
      switch order {
      case .mdy: return (year, first, second)
      case .dmy: return (year, second, first)
      case nil:
        if first > 12 { return (year, second, first) }
        return second > 12 || first == second ? (year, first, second) : nil
      }
    }
  }

  /// A word or number of a date, and where it ends.
  private struct Token {
    var text: Slice<UnsafeBufferPointer<UInt8>>
    var isNumber: Bool
    var number: Int { text.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
  }

  /// The parts of the date that a cell begins with, and what stands behind it.
  private static func parts(_ cell: UnsafeBufferPointer<UInt8>) -> (Parts, Slice<UnsafeBufferPointer<UInt8>>)? {
    var place = 0
    // A sign in front is not passed over: `-0001-12-31` is no day of the year 1.
    guard let lead = cell.first, isDigit(lead) || isLetter(lead) || lead == 0x20, var first = token(cell, &place) else {
      return nil
    }
    // The day of the week says nothing that the date does not.
    if !first.isNumber, month(first) == nil, weekdays.contains(word(first)), let next = token(cell, &place) {
      first = next
    }
    if first.isNumber, first.text.count == 8 {
      let number = first.number
      let parts = Parts(
        first: number / 100 % 100, second: number % 100, year: number / 10_000, isYearFirst: true)
      return (parts, cell[place...])
    }
    guard let second = token(cell, &place), let third = token(cell, &place), third.isNumber,
      let parts = parts(first, second, third)
    else { return nil }
    return (parts, cell[place...])
  }

  private static func parts(_ first: Token, _ second: Token, _ third: Token) -> Parts? {
    if let month = month(first), second.isNumber, second.text.count <= 2, let year = year(third) {
      return Parts(first: second.number, second: 0, year: year, month: month)
    }
    guard first.isNumber else { return nil }
    if let month = month(second), first.text.count <= 2, let year = year(third) {
      return Parts(first: first.number, second: 0, year: year, month: month)
    }
    guard second.isNumber, second.text.count <= 2 else { return nil }
    if first.text.count == 4, third.text.count <= 2 {
      return Parts(first: second.number, second: third.number, year: first.number, isYearFirst: true)
    }
    guard first.text.count <= 2, let year = year(third) else { return nil }
    return Parts(first: first.number, second: second.number, year: year)
  }

  /// A year of four digits, or of two: 1950 to 2049.
  private static func year(_ token: Token) -> Int? {
    guard token.isNumber else { return nil }
    switch token.text.count {
    case 4: return token.number
    case 2: return token.number + (token.number < 50 ? 2000 : 1900)
    default: return nil
    }
  }

  /// The next word or number, and the signs before it passed over.
  private static func token(_ cell: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Token? {
    while place < cell.count, separators.contains(cell[place]) { place += 1 }
    let start = place
    guard start < cell.count else { return nil }
    let isNumber = isDigit(cell[start])
    while place < cell.count, isNumber ? isDigit(cell[place]) : isLetter(cell[place]) { place += 1 }
    guard place > start, place - start <= 9 else { return nil }
    return Token(text: cell[start..<place], isNumber: isNumber)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  /// A blank, a comma, a hyphen, a point, a slash.
  private static let separators: [UInt8] = [0x20, 0x2C, 0x2D, 0x2E, 0x2F]

  private static func word(_ token: Token) -> String { String(decoding: token.text, as: UTF8.self).lowercased() }

  /// The month of a word: its name, or the first three letters of it.
  private static func month(_ token: Token) -> Int? {
    if token.isNumber { return nil }
    let word = word(token)
    return months.firstIndex { $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september" }.map {
      $0 + 1
    }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let weekdays: Set<String> = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday",
  ]
}
