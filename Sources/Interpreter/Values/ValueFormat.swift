import MarketModel

/// Formats of interpolation: what stands behind the colon in `"{x:.2f}"`, and the second argument of `format`.
///
/// The language is Python's: `[[fill]align][sign][0][width][,][.digits][f e g % d]` for numbers; fill, alignment and
/// width for every other value; `%Y %m %d %b` and any text between them for dates.
enum ValueFormat {
  /// A format that has been read.
  struct Spec: Equatable, Sendable {
    var fill: Unicode.Scalar = " "
    var align: Align?
    var sign = Sign.negative
    var isZeroFilled = false
    var width = 0
    var hasGroups = false
    var digits: Int?
    var style: Style?
    /// Text and fields of a date; empty for other formats.
    var datePieces: [DatePiece] = []

    /// Whether it says something that only a number can follow.
    var isNumeric: Bool {
      sign != .negative || isZeroFilled || hasGroups || style != nil || align == .afterSign
    }
  }

  enum Align: Character, Sendable {
    case left = "<"
    case right = ">"
    case center = "^"
    case afterSign = "="
  }

  enum Sign: Character, Sendable {
    case negative = "-"
    case always = "+"
    case space = " "
  }

  enum Style: Character, Sendable {
    case fixed = "f"
    case exponent = "e"
    case general = "g"
    case percent = "%"
    case whole = "d"
  }

  enum DatePiece: Equatable, Sendable {
    case text(String)
    case year, month, day, monthName
  }

  /// Why a format cannot be read: a sentence without its full stop.
  struct SpecError: Error {
    let message: String
  }

  /// Reads a format.
  static func parse(_ spec: String) -> Result<Spec, SpecError> { SpecReader(spec).read() }

  /// A value in a format; a series stands for its latest value, a missing number is `na`, padded.
  static func format(_ value: Value, _ spec: Spec, _ evaluation: Evaluation) throws(Trap) -> String {
    let value = try evaluation.latest(value)
    if value.isNumber { return try number(value.raw, spec, evaluation) }
    if !spec.datePieces.isEmpty {
      guard let day = value.day else {
        if value.isNone { return "none" }
        throw evaluation.fail(.unfitFormat("a date", value.kind))
      }
      return date(day, spec.datePieces)
    }
    if spec.isNumeric, !value.isNone { throw evaluation.fail(.unfitFormat("a number", value.kind)) }
    var text = try ValueText.text(value, evaluation)
    if let digits = spec.digits {
      guard value.kind == .string else { throw evaluation.fail(.unfitFormat("a number", value.kind)) }
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(digits)))
    }
    return padded(text, spec, numeric: false)
  }

  private static func number(_ number: Double, _ spec: Spec, _ evaluation: Evaluation) throws(Trap) -> String {
    guard spec.datePieces.isEmpty else {
      if number.isNaN { return "na" }
      throw evaluation.fail(.unfitFormat("a date", .number))
    }
    if number.isNaN { return padded("na", spec, numeric: true) }
    if spec.style == .whole, number.rounded() != number {
      throw evaluation.fail(
        .wrongArgument(
          "the format `d` takes a whole number, found \(ValueText.number(number))", remedy: "`.0f` rounds"))
    }
    return NumberFormat.text(number, spec)
  }

  private static func date(_ day: Day, _ pieces: [DatePiece]) -> String {
    let (year, month, date) = day.civil
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let piece): text += piece
      case .year: text += String(repeating: "0", count: max(0, 4 - "\(year)".utf8.count)) + "\(year)"
      case .month: text += two(month)
      case .day: text += two(date)
      case .monthName: text += names[month - 1]
      }
    }
    return text
  }

  /// A text filled up to the format's width; numbers stand at the right, everything else at the left.
  static func padded(_ text: String, _ spec: Spec, numeric: Bool) -> String {
    let missing = spec.width - text.unicodeScalars.count
    if missing <= 0 { return text }
    let left: Int
    switch spec.align ?? (numeric ? .right : .left) {
    case .left: left = 0
    case .right, .afterSign: left = missing
    case .center: left = missing / 2
    }
    func fill(_ count: Int) -> String { String(repeating: Character(spec.fill), count: count) }
    return fill(left) + text + fill(missing - left)
  }
}

/// Reads the text of a format.
private struct SpecReader {
  private let text: [Unicode.Scalar]
  private var place = 0
  private static let widest = 1_000
  private static let mostDigits = 100

  init(_ spec: String) { text = Array(spec.unicodeScalars) }

  func read() -> Result<ValueFormat.Spec, ValueFormat.SpecError> {
    var reader = self
    let original = String(String.UnicodeScalarView(text))
    if let spec = reader.numberSpec() {
      if spec.width > SpecReader.widest { return failure("a width of at most \(SpecReader.widest)", original) }
      if let digits = spec.digits, digits > SpecReader.mostDigits {
        return failure("at most \(SpecReader.mostDigits) digits", original)
      }
      return .success(spec)
    }
    if let pieces = datePieces() { return .success(ValueFormat.Spec(datePieces: pieces)) }
    return failure("`[[fill]align][sign][0][width][,][.digits][f e g % d]`, or `%Y %m %d %b` of a date", original)
  }

  private func failure(_ expected: String, _ found: String) -> Result<ValueFormat.Spec, ValueFormat.SpecError> {
    .failure(ValueFormat.SpecError(message: "`\(found)` is no format; expected \(expected)"))
  }

  private var next: Character? { place < text.count ? Character(text[place]) : nil }

  private mutating func skip(_ character: Character) -> Bool {
    guard next == character else { return false }
    place += 1
    return true
  }

  /// The whole text as a format of numbers, or `nil` if it is none.
  private mutating func numberSpec() -> ValueFormat.Spec? {
    var spec = ValueFormat.Spec()
    if text.count > 1, let align = ValueFormat.Align(rawValue: Character(text[1])) {
      (spec.fill, spec.align) = (text[0], align)
      place = 2
    } else if let align = next.flatMap(ValueFormat.Align.init) {
      spec.align = align
      place = 1
    }
    if let sign = next.flatMap(ValueFormat.Sign.init) {
      spec.sign = sign
      place += 1
    }
    if skip("0") { spec.isZeroFilled = true }
    spec.width = digits() ?? 0
    if skip(",") { spec.hasGroups = true }
    if skip(".") {
      guard let count = digits() else { return nil }
      spec.digits = count
    }
    if let style = next.flatMap(ValueFormat.Style.init) {
      spec.style = style
      place += 1
    }
    return place == text.count ? spec : nil
  }

  /// A run of digits as a number, bounded so that no run is too long; `nil` if there is none.
  private mutating func digits() -> Int? {
    let start = place
    var result = 0
    while let digit = next?.wholeNumberValue, next?.isASCII == true {
      result = min(result * 10 + digit, 1 << 30)
      place += 1
    }
    return place > start ? result : nil
  }

  /// The whole text as a format of dates, or `nil` if it is none.
  private func datePieces() -> [ValueFormat.DatePiece]? {
    var pieces: [ValueFormat.DatePiece] = []
    var plain = ""
    var fields = 0
    var place = 0
    while place < text.count {
      guard text[place] == "%" else {
        plain.unicodeScalars.append(text[place])
        place += 1
        continue
      }
      guard place + 1 < text.count else { return nil }
      let piece: ValueFormat.DatePiece
      switch text[place + 1] {
      case "Y": piece = .year
      case "m": piece = .month
      case "d": piece = .day
      case "b": piece = .monthName
      default: return nil
      }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(piece)
      fields += 1
      place += 2
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
    return fields > 0 ? pieces : nil
  }
}
