import Kernels

/// Numbers as people read them: fixed decimals, thousands separators, percent and basis points.
///
/// Absent and non-finite numbers are shown as the terminal's mark for them; machines get `JSONWriter` and `CSVWriter`.
public struct DisplayNumber: Sendable {
  private let absent: String

  /// Numbers for a terminal.
  public init(_ terminal: Terminal) { absent = terminal.absent }

  /// A fixed number of decimals with thousands separators: `1,234.50`; from 1e18 on, where nobody counts digits, three
  /// of them and a power of ten.
  public func fixed(_ value: Double?, _ digits: Int = 2) -> String {
    guard let value, value.isFinite else { return absent }
    var format = NumberFormat()
    if value.magnitude >= 1e18 {
      format.digits = 2
      format.notation = .scientific
      return format.text(value) ?? absent
    }
    format.isGrouped = true
    format.digits = digits
    format.notation = .fixed
    let text = format.text(value) ?? absent
    // A loss that rounds to nothing is not shown as minus nothing.
    return text.hasPrefix("-") && !text.contains(where: { $0 >= "1" && $0 <= "9" }) ? String(text.dropFirst()) : text
  }

  /// A whole number with thousands separators.
  public func count(_ value: Int) -> String { fixed(Double(value), 0) }

  /// A fraction as percent: 0.1234 is `12.34%`.
  public func percent(_ fraction: Double?, _ digits: Int = 2) -> String {
    guard let fraction, (fraction * 100).isFinite else { return absent }
    return fixed(fraction * 100, digits) + "%"
  }

  /// A fraction as basis points: 0.0005 is `5 bps`.
  public func basisPoints(_ fraction: Double?) -> String {
    guard let fraction, fraction.isFinite else { return absent }
    let points = fraction * 10_000
    let whole = (points - points.rounded()).magnitude < 1e-9
    // What two decimals would show as nothing is shown as it is.
    if !whole, points.magnitude < 0.01 { return NumberText.shortest((points * 1e12).rounded() / 1e12) + " bps" }
    return fixed(points, whole ? 0 : 2) + " bps"
  }

  /// At most four significant digits and a unit: `1.25M`, `980k`; for the axis of a chart.
  public func compact(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e18 else { return fixed(value) }
    let units: [(size: Double, name: String)] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
    for unit in units where value.magnitude >= unit.size {
      let scaled = value / unit.size
      return fixed(scaled, scaled.magnitude >= 100 ? 0 : scaled.magnitude >= 10 ? 1 : 2) + unit.name
    }
    return fixed(value, value.magnitude >= 100 ? 0 : 2)
  }
}
