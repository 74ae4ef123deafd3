public import MarketModel

/// One value of the language in eight bytes, trivially copyable.
///
/// The bits are those of a double. A number is every pattern up to `0xFFF8_0000_0000_0000`, missing numbers with their
/// reason included; all other values are negative quiet NaNs above it, with a tag in the top sixteen bits:
///
/// | tag | value | payload |
/// | --- | --- | --- |
/// | `FFF9` | none | 0 |
/// | `FFFA` | bool | 0 or 1 |
/// | `FFFB` | date | days since 1970 in the low 32 bits |
/// | `FFFC` | duration | count in the low 32 bits, unit above |
/// | `FFFD` | object | 48-bit address of an `ObjectHeader` |
///
/// Because every tag is a NaN, arithmetic needs no tag test: it computes on the raw doubles, and only a result that is
/// not finite looks at what the operands were. A missing bool is a missing number.
@frozen public struct Value: BitwiseCopyable, Sendable {
  /// The value as a double: itself for a number, a NaN for anything else.
  public let raw: Double

  /// A number. The double must come from arithmetic or a data column, so that its NaN carries a reason.
  @inlinable public init(_ number: Double) { raw = number }

  @inlinable init(bits: UInt64) { raw = Double(bitPattern: bits) }

  /// A bool.
  @inlinable public init(_ bool: Bool) { self.init(bits: bool ? Value.trueBits : Value.falseBits) }

  /// A date.
  @inlinable public init(_ day: Day) {
    self.init(bits: Tag.date | UInt64(UInt32(bitPattern: day.rawValue)))
  }

  /// A duration.
  @inlinable public init(_ duration: CalendarDuration) {
    self.init(bits: Tag.duration | UInt64(duration.unit.rawValue) << 32 | UInt64(UInt32(bitPattern: duration.count)))
  }

  @inlinable init(object: UnsafeMutableRawPointer) {
    self.init(bits: Tag.object | UInt64(UInt(bitPattern: object)))
  }

  /// The absence of a value.
  public static var none: Value { Value(bits: Tag.none) }

  /// The missing number with a reason.
  @inlinable public static func missing(_ reason: MissingReason) -> Value { Value(.missing(reason)) }

  @inlinable var bits: UInt64 { raw.bitPattern }

  @usableFromInline enum Tag {
    @usableFromInline static let none: UInt64 = 0xFFF9_0000_0000_0000
    @usableFromInline static let bool: UInt64 = 0xFFFA_0000_0000_0000
    @usableFromInline static let date: UInt64 = 0xFFFB_0000_0000_0000
    @usableFromInline static let duration: UInt64 = 0xFFFC_0000_0000_0000
    @usableFromInline static let object: UInt64 = 0xFFFD_0000_0000_0000
    @usableFromInline static let mask: UInt64 = 0xFFFF_0000_0000_0000
    @usableFromInline static let lastNumber: UInt64 = 0xFFF8_0000_0000_0000
  }

  @usableFromInline static let trueBits: UInt64 = Tag.bool | 1
  @usableFromInline static let falseBits: UInt64 = Tag.bool
}

/// What kind of value a `Value` is.
public enum ValueKind: UInt8, Sendable, CaseIterable {
  case number, bool, string, date, duration, list, map, series, function, none

  /// The word that messages use.
  public var text: String {
    switch self {
    case .number: "number"
    case .bool: "bool"
    case .string: "string"
    case .date: "date"
    case .duration: "duration"
    case .list: "list"
    case .map: "map"
    case .series: "series"
    case .function: "function"
    case .none: "none"
    }
  }

  /// The word with its article: `a number`, `none`.
  public var described: String { self == .none ? "none" : "a \(text)" }
}

extension Value {
  /// Whether it is a number, missing or not.
  @inlinable public var isNumber: Bool { bits <= Tag.lastNumber }
  /// Whether it is a missing number (or missing bool).
  @inlinable public var isMissing: Bool { isNumber && raw.isNaN }
  /// Whether it is the absence of a value.
  @inlinable public var isNone: Bool { bits == Tag.none }
  @inlinable var isObject: Bool { bits & Tag.mask == Tag.object }
  @inlinable var isBool: Bool { bits & Tag.mask == Tag.bool }

  /// The bool, or `nil` if it is none.
  @inlinable public var bool: Bool? { isBool ? bits == Value.trueBits : nil }

  /// The date, or `nil` if it is none.
  @inlinable public var day: Day? {
    bits & Tag.mask == Tag.date ? Day(rawValue: Int32(bitPattern: UInt32(truncatingIfNeeded: bits))) : nil
  }

  /// The duration, or `nil` if it is none.
  public var duration: CalendarDuration? {
    guard bits & Tag.mask == Tag.duration,
      let unit = CalendarDuration.Unit(rawValue: UInt8(truncatingIfNeeded: bits >> 32))
    else { return nil }
    return CalendarDuration(Int(Int32(bitPattern: UInt32(truncatingIfNeeded: bits))), unit)
  }

  @inlinable var object: UnsafeMutableRawPointer? {
    isObject ? UnsafeMutableRawPointer(bitPattern: UInt(bits & ~Tag.mask)) : nil
  }

  /// Which kind of value it is.
  public var kind: ValueKind {
    if isNumber { return .number }
    switch bits & Tag.mask {
    case Tag.bool: return .bool
    case Tag.date: return .date
    case Tag.duration: return .duration
    case Tag.object: return ObjectHeader.at(object).pointee.kind.valueKind
    default: return .none
    }
  }

  /// The string object, or `nil` if it is none.
  public var string: StringRef? { object(.string).map(StringRef.init(pointer:)) }
  /// The list object, or `nil` if it is none.
  public var list: ListRef? { object(.list).map(ListRef.init(pointer:)) }
  /// The map object, or `nil` if it is none.
  public var map: MapRef? { object(.map).map(MapRef.init(pointer:)) }
  /// The series object, or `nil` if it is none.
  public var series: SeriesRef? { object(.series).map(SeriesRef.init(pointer:)) }
  /// The function object, or `nil` if it is none.
  public var function: FunctionRef? { object(.function).map(FunctionRef.init(pointer:)) }

  private func object(_ kind: ObjectKind) -> UnsafeMutableRawPointer? {
    guard let object, ObjectHeader.at(object).pointee.kind == kind else { return nil }
    return object
  }
}
