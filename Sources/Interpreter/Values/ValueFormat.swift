import Kernels
import MarketModel

/// Formats of interpolation: what stands behind the colon in `"{x:.2f}"`, and the second argument of `format`.
///
/// The language is Python's: `[[fill]align][sign][0][width][,][.digits][f e g % d]` for numbers; fill, alignment and
/// width for every other value; `%Y %m %d %b` and any text between them for dates.
enum ValueFormat {
  /// A format that has been read.
  struct Spec: Equatable, Sendable {
    /// Fill, alignment and width, and what concerns numbers only.
    var number = NumberFormat()
    /// Whether the alignment was said; if not, numbers stand at the right and everything else at the left.
    var hasAlignment = false
    /// Text and fields of a date; empty for other formats.
    var datePieces: [DatePiece] = []

    /// Whether it says something that only a number can follow.
    var isNumeric: Bool {
      number.sign != .negativeOnly || number.isGrouped || number.notation != nil || number.alignment == .afterSign
    }
  }

  enum DatePiece: Equatable, Sendable {
    case text(String)
    case year, month, day, monthName
  }

  /// Why a format cannot be read: a sentence without its full stop.
  struct SpecError: Error {
    let message: String
  }

  /// How many bytes a format may have; what is longer is none that anybody wrote.
  private static let longest = 1_000

  /// Reads a format.
  static func parse(_ spec: String) -> Result<Spec, SpecError> {
    guard spec.utf8.count <= longest else {
      return .failure(SpecError(message: "a format has at most \(longest) bytes, and this one \(spec.utf8.count)"))
    }
    if let pieces = datePieces(spec) { return .success(Spec(datePieces: pieces)) }
    do {
      let isAlignment = spec.unicodeScalars.prefix(2).contains { "<>^=".unicodeScalars.contains($0) }
      return .success(Spec(number: try NumberFormat(parsing: spec), hasAlignment: isAlignment))
    } catch {
      return .failure(SpecError(message: "`\(spec)` is no format: \(reason(error))"))
    }
  }

  private static func reason(_ failure: NumberFormat.Failure) -> String {
    switch failure {
    case .unreadable:
      "formats are `[[fill]align][sign][0][width][,][.digits][f e g % d]`, and `%Y %m %d %b` for dates"
    case .digitsOfWhole: "`d` is for whole numbers and takes no digits"
    case .width(let limit): "the width may be at most \(limit)"
    case .digits(let limit): "there may be at most \(limit) digits"
    }
  }

  /// A value in a format; a series stands for its latest value, a missing number is `na`, padded.
  static func format(_ value: Value, _ spec: Spec, _ evaluation: Evaluation) throws(Trap) -> String {
    let value = try evaluation.latest(value)
    // As for the digits of a number, which are at most a few hundred more than the format asks for.
    try evaluation.charge(8 + spec.number.width / 8 + (spec.number.digits ?? 0))
    if !spec.datePieces.isEmpty {
      if let day = value.day { return date(day, spec.datePieces) }
      if value.isMissing || value.isNone { return try ValueText.text(value, evaluation) }
      throw evaluation.fail(.unfitFormat("a date", value.kind))
    }
    if value.isNumber {
      if let text = spec.number.text(value.raw == 0 ? 0 : value.raw) { return text }
      throw evaluation.fail(
        .wrongArgument(
          "the format `d` takes a whole number, found \(ValueText.number(value.raw))", remedy: "`.0f` rounds"))
    }
    if spec.isNumeric, !value.isNone { throw evaluation.fail(.unfitFormat("a number", value.kind)) }
    var text = try ValueText.text(value, evaluation)
    try evaluation.charge(bytes: text.utf8.count, .scanned)
    if let digits = spec.number.digits, !value.isNone {
      guard value.kind == .string else { throw evaluation.fail(.unfitFormat("a number", value.kind)) }
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(digits)))
    }
    return padded(text, spec)
  }

  private static func date(_ day: Day, _ pieces: [DatePiece]) -> String {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    // YYYY-MM-DD
    let iso = day.description
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let plain): text += plain
      case .year: text += iso.prefix(4)
      case .month: text += iso.dropFirst(5).prefix(2)
      case .day: text += iso.suffix(2)
      case .monthName: text += names[day.civil.month - 1]
      }
    }
    return text
  }

  /// A text filled up to the format's width, counted in code points.
  private static func padded(_ text: String, _ spec: Spec) -> String {
    let missing = spec.number.width - text.unicodeScalars.count
    if missing <= 0 { return text }
    let left: Int
    switch spec.hasAlignment ? spec.number.alignment : .left {
    case .left: left = 0
    case .right, .afterSign: left = missing
    case .center: left = missing / 2
    }
    func fill(_ count: Int) -> String { String(repeating: spec.number.fill, count: count) }
    return fill(left) + text + fill(missing - left)
  }

  /// The whole text as a format of dates, or `nil` if it has no field of a date.
  private static func datePieces(_ spec: String) -> [DatePiece]? {
    var pieces: [DatePiece] = []
    var plain = ""
    var isField = false
    for scalar in spec.unicodeScalars {
      if !isField {
        isField = scalar == "%"
        if !isField { plain.unicodeScalars.append(scalar) }
        continue
      }
      isField = false
      guard let piece = field(scalar) else { return nil }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(piece)
    }
    if isField || pieces.isEmpty { return nil }
    return plain.isEmpty ? pieces : pieces + [.text(plain)]
  }

  private static func field(_ scalar: Unicode.Scalar) -> DatePiece? {
    switch scalar {
    case "Y": .year
    case "m": .month
    case "d": .day
    case "b": .monthName
    default: nil
    }
  }
}
