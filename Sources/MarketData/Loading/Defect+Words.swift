extension Defect {
  /// How large it is, in words with the unit, as in `11 sessions without a row`; `nil` where the kind says it all.
  public var sizeInWords: String? {
    guard let size else { return nil }
    let number = DefectSize.number(size.value)
    switch kind {
    case .badValue, .badPrice: return "the \(size.unit) is \(number)"
    case .jump: return DefectSize.step(size.value)
    case .gap: return "\(number) \(size.unit) without a row"
    case .commonGap: return "\(number) \(size.unit) without a row of any ticker"
    case .earlyRelease: return "released \(DefectSize.tenths(size.value)) \(size.unit) before its date"
    case .ohlc, .zeroVolume, .noClose, .noRate, .noAdjustedClose, .weekend, .duplicateRow, .unordered:
      return "\(number) \(size.unit)"
    }
  }

  /// Subject and size: `EEM 2001-11-16: 11 sessions without a row`.
  public var text: String { subject + (sizeInWords.map { ": " + $0 } ?? "") }
}

extension DefectSize {
  /// The shortest text of a number, without a decimal point where it is whole.
  fileprivate static func number(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// `the close fell by 51.6 %`.
  fileprivate static func step(_ ratio: Double) -> String {
    let percent = abs(ratio - 1) * 100
    if !percent.isFinite { return "the close rose by more than a number holds" }
    return "the close \(ratio < 1 ? "fell" : "rose") by \(tenths(percent)) %"
  }

  /// A number with one decimal.
  fileprivate static func tenths(_ value: Double) -> String {
    guard let tenths = Int64(exactly: (value * 10).rounded()) else { return number(value) }
    return "\(tenths / 10).\(abs(tenths) % 10)"
  }
}
