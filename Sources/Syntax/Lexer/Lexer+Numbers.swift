import Diagnostics
import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Lexer {
  /// A number with its suffix, a duration or a date.
  mutating func number() -> TokenKind {
    let start = place
    digits()
    if place - start == 4, peek() == 0x2D, Lexer.isDigit(peek(1)), let date = date(start) { return date }
    if place - start <= 2, let date = dayFirstDate(start) { return date }
    let wholeEnd = place
    var isWhole = true
    if peek() == 0x2E, Lexer.isDigit(peek(1)) {
      isWhole = false
      place += 1
      digits()
    }
    if peek() == 0x65 || peek() == 0x45, exponentFollows() { isWhole = false }
    let numeral = String(decoding: bytes[start..<place].filter { $0 != 0x5F }, as: UTF8.self)
    if hasLooseUnderscore(start, place) { report(Diagnostic.looseUnderscore, start, place) }
    if wholeEnd - start > 1, bytes[start] == 0x30 {
      let whole = String(decoding: bytes[start..<wholeEnd], as: UTF8.self)
      report({ Diagnostic.leadingZero(whole, at: $0) }, start, wholeEnd)
    }
    let suffixStart = place
    while place < end, Lexer.isNamePart(bytes[place]) { place += 1 }
    let suffix = String(decoding: bytes[suffixStart..<place], as: UTF8.self)
    return finish(numeral, suffix, isWhole: isWhole, start)
  }

  private mutating func digits() {
    while place < end, Lexer.isDigit(bytes[place]) || bytes[place] == 0x5F { place += 1 }
  }

  /// Reads an exponent if digits follow the `e`.
  private mutating func exponentFollows() -> Bool {
    let sign = peek(1) == 0x2B || peek(1) == 0x2D ? 1 : 0
    guard Lexer.isDigit(peek(1 + sign)) else { return false }
    place += 1 + sign
    digits()
    return true
  }

  private func hasLooseUnderscore(_ start: Int, _ stop: Int) -> Bool {
    for index in start..<stop where bytes[index] == 0x5F {
      let before = index > start && Lexer.isDigit(bytes[index - 1])
      let after = index + 1 < stop && Lexer.isDigit(bytes[index + 1])
      if !before || !after { return true }
    }
    return false
  }

  private mutating func finish(_ numeral: String, _ suffix: String, isWhole: Bool, _ start: Int) -> TokenKind {
    if let scale = NumberLiteral.scales.first(where: { $0.suffix == suffix }) {
      return literal(NumberLiteral.shifted(numeral, by: scale.power), start)
    }
    switch suffix {
    case "": return literal(numeral, start)
    case _ where ReservedWords.durationSuffixes.contains(suffix):
      guard isWhole else {
        report(Diagnostic.fractionalDuration, start, place)
        return .invalid
      }
      guard numeral.utf8.count <= 6, let duration = CalendarDuration(numeral + suffix) else {
        report(Diagnostic.longDuration, start, place)
        return .invalid
      }
      return .duration(duration)
    default:
      report({ Diagnostic.unknownSuffix(suffix, numeral, at: $0) }, start, place)
      return .invalid
    }
  }

  private mutating func literal(_ numeral: String, _ start: Int) -> TokenKind {
    let value = strtod(numeral, nil)
    guard value.isFinite else {
      report(Diagnostic.hugeNumber, start, place)
      return .invalid
    }
    return .number(value)
  }

  /// `31-01-2024`: reported with the date it must mean; `nil` if it is none. A subtraction of a number with a leading
  /// zero is none either, so no valid text is lost.
  private mutating func dayFirstDate(_ start: Int) -> TokenKind? {
    guard start + 10 <= end, place == start + 2, bytes[start + 2] == 0x2D, bytes[start + 5] == 0x2D,
      bytes[start + 3] == 0x30 || bytes[start + 3] == 0x31,
      [3, 4, 6, 7, 8, 9].allSatisfy({ Lexer.isDigit(bytes[start + $0]) }),
      start + 10 == end || !Lexer.isNamePart(bytes[start + 10])
    else { return nil }
    func part(_ from: Int, _ to: Int) -> String { String(decoding: bytes[start + from..<start + to], as: UTF8.self) }
    guard let day = Day(iso: "\(part(6, 10))-\(part(3, 5))-\(part(0, 2))") else { return nil }
    let text = part(0, 10)
    place = start + 10
    report({ Diagnostic.misspeltDate(text, day.description, at: $0) }, start, place)
    return .date(day)
  }

  /// Four digits, `-`, digits, `-`, digits is always a date; `2024-01` is most likely a month. Anything else, such as
  /// `2024-1`, is a subtraction without spaces: `nil`, and nothing is consumed.
  private mutating func date(_ start: Int) -> TokenKind? {
    let dash = place
    guard bytes[start..<dash].allSatisfy(Lexer.isDigit) else { return nil }
    place += 1
    while place < end, Lexer.isDigit(bytes[place]) { place += 1 }
    guard peek() == 0x2D, Lexer.isDigit(peek(1)) else {
      if place - dash == 3, bytes[dash + 1] == 0x30 {
        report(Diagnostic.monthWithoutDay, start, place)
        return .invalid
      }
      place = dash
      return nil
    }
    place += 1
    while place < end, Lexer.isNamePart(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if let day = Day(iso: text) { return .date(day) }
    let parts = text.split(separator: "-").map { $0.utf8.count == 1 ? "0" + $0 : String($0) }
    if let day = Day(iso: parts.joined(separator: "-")) {
      report({ Diagnostic.misspeltDate(text, day.description, at: $0) }, start, place)
      return .date(day)
    }
    report({ Diagnostic.impossibleDate(text, at: $0) }, start, place)
    return .invalid
  }
}
