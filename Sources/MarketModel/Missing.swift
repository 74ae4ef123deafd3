/// Why a number is missing. The reason travels in the payload of a quiet NaN, so arithmetic carries it for free.
///
/// The representation is shared by data columns, kernels and the evaluator: bits `0x7FF8_0000_0000_00RR`, RR the
/// reason. Any other NaN counts as a domain error.
public enum MissingReason: UInt8, CaseIterable, Sendable {
  case domainError = 0
  case insufficientHistory = 1
  case notReleased = 2
  case noPrices = 3
  case notListed = 4
  case stale = 5
  case missingBar = 6
  case badValue = 7
  case divisionByZero = 8
  case overflow = 9
  /// The literal `na`, or a missing value that came without a reason.
  case unspecified = 10

  /// The words that `reason(x)` and messages use.
  public var text: String {
    switch self {
    case .domainError: "domain error"
    case .insufficientHistory: "insufficient history"
    case .notReleased: "not released yet"
    case .noPrices: "no prices"
    case .notListed: "not listed"
    case .stale: "stale"
    case .missingBar: "missing bar"
    case .badValue: "bad value"
    case .divisionByZero: "division by zero"
    case .overflow: "overflow"
    case .unspecified: "missing"
    }
  }

  /// Whether waiting cures it: the run counts as not warm, not as wrong, before its first decision.
  public var isCuredByTime: Bool {
    switch self {
    case .insufficientHistory, .notReleased, .noPrices, .notListed: true
    case .domainError, .stale, .missingBar, .badValue, .divisionByZero, .overflow, .unspecified: false
    }
  }
}

extension Double {
  /// The missing number with a reason.
  @inlinable public static func missing(_ reason: MissingReason) -> Double {
    Double(bitPattern: 0x7FF8_0000_0000_0000 | UInt64(reason.rawValue))
  }

  /// Why this number is missing, or `nil` if it is not.
  public var missingReason: MissingReason? {
    guard isNaN else { return nil }
    guard bitPattern & 0xFFFF_FFFF_FFFF_FF00 == 0x7FF8_0000_0000_0000 else { return .domainError }
    return MissingReason(rawValue: UInt8(truncatingIfNeeded: bitPattern)) ?? .domainError
  }
}
