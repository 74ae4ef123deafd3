/// A number's format as Python writes it: `[[fill]align][sign][0][width][,][.digits][f e g % d]`.
public struct NumberFormat: Hashable, Sendable {
  /// Where the text stands in its width.
  public enum Alignment: Character, Sendable {
    /// Text first, fill after it.
    case left = "<"
    /// Fill first; what numbers do by default.
    case right = ">"
    /// Fill on both sides, the odd one after.
    case center = "^"
    /// Fill between sign and digits.
    case afterSign = "="
  }

  /// What stands before a number that is not negative.
  public enum Sign: Character, Sendable {
    /// Nothing.
    case negativeOnly = "-"
    /// A plus.
    case always = "+"
    /// A space.
    case space = " "
  }

  /// The notation.
  public enum Notation: Character, Sendable {
    /// Plain, six digits after the point unless said.
    case fixed = "f"
    /// With an exponent.
    case scientific = "e"
    /// So many significant digits (six unless said), without trailing zeros, plain or with an exponent.
    case general = "g"
    /// Times 100, plain, with a percent sign.
    case percent = "%"
    /// A whole number.
    case whole = "d"
  }

  /// Why a format cannot be read.
  public enum Failure: Error, Hashable, Sendable {
    /// The text does not follow the pattern; the rest from where it leaves it.
    case unreadable(rest: String)
    /// A whole number has no digits after the point.
    case digitsOfWhole
    /// The width lies above the limit.
    case width(limit: Int)
    /// The digits lie above the limit.
    case digits(limit: Int)
  }

  /// The largest width.
  public static let widthLimit = 1_000
  /// The most digits after the point.
  public static let digitsLimit = 400

  /// What fills the width.
  public var fill: Character = " "
  /// Where the text stands.
  public var alignment: Alignment = .right
  /// What stands before a number that is not negative.
  public var sign: Sign = .negativeOnly
  /// The least number of characters.
  public var width = 0
  /// Whether commas group the digits before the point by three.
  public var isGrouped = false
  /// Digits after the point (significant ones for `general`), the notation's own unless said.
  public var digits: Int?
  /// The notation; the shortest text unless said.
  public var notation: Notation?

  /// The format that shows the shortest text.
  public init() {}
}
