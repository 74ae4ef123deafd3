/// Numbers with a scale behind them, as scripts and flags write them: `5bps`, `7pct`.
public enum NumberLiteral {
  /// The scales, with the power of ten that each stands for.
  public static let scales: [(suffix: String, power: Int)] = [("bps", -4), ("pct", -2)]

  /// A numeral times a power of ten, as a numeral: dividing would round once more, the exponent in the text gives the
  /// nearest double.
  public static func shifted(_ numeral: String, by power: Int) -> String {
    let parts = numeral.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard let digits = parts.first else { return numeral }
    guard parts.count > 1 else { return "\(digits)e\(power)" }
    // An exponent beyond these bounds gives infinity or zero with or without the shift.
    guard let exponent = Int(parts[1]), exponent.magnitude < 1_000_000_000 else { return numeral }
    return "\(digits)e\(exponent + power)"
  }

  /// The number that a text stands for, digits grouped by `_` and a scale included; `nil` for anything else.
  public static func value(_ text: String) -> Double? { parts(text)?.value }

  /// The number, and whether a scale stands behind it.
  public static func parts(_ text: String) -> (value: Double, hasScale: Bool)? {
    let scale = scales.first { text.hasSuffix($0.suffix) }
    let numeral = text.dropLast(scale?.suffix.utf8.count ?? 0)
    guard !numeral.isEmpty, numeral.utf8.allSatisfy({ "0123456789+-.eE_".utf8.contains($0) }) else { return nil }
    let plain = String(numeral.filter { $0 != "_" })
    guard let value = Double(scale.map { shifted(plain, by: $0.power) } ?? plain), value.isFinite else { return nil }
    return (value, scale != nil)
  }
}
