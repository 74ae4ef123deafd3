/// The one factor by which a vendor's newer adjusted closes of a ticker differ from the stored ones.
///
/// A vendor multiplies all adjusted closes before an ex-date when it is past. Both sides are rounded as they were printed,
/// so every pair gives an interval for the factor: its ratio, to 1e-6 or to half a unit of the last printed digits,
/// whichever is wider. There is a factor if one lies in all intervals.
struct AdjustedScale {
  /// The factor; 1 where the numbers differ by their rounding alone.
  let factor: Double
  private let range: ClosedRange<Double>

  /// Finds the factor; `nil` if there is none.
  ///
  /// - Parameter pairs: adjusted closes of the same days.
  init?(_ pairs: [(stored: Double, given: Double)]) {
    let roundings = (AdjustedScale.rounding(pairs.map(\.stored)), AdjustedScale.rounding(pairs.map(\.given)))
    var (low, high) = (0.0, Double.infinity)
    var sums = (stored: 0.0, given: 0.0)
    for (stored, given) in pairs {
      guard stored > 0, given > 0, stored.isFinite, given.isFinite else { return nil }
      let ratio = given / stored
      guard ratio.isNormal else { return nil }
      // A little more, because half a unit is no binary fraction.
      let halves = (roundings.0.share(of: stored) + roundings.1.share(of: given)) * (1 + 1e-9) + 1e-12
      let slack = max(AdjustedScale.tolerance, halves)
      low = max(low, ratio * (1 - slack))
      high = min(high, ratio * (1 + slack))
      sums.stored += stored
      sums.given += given
    }
    let mean = sums.given / sums.stored
    guard !pairs.isEmpty, low <= high, mean.isFinite, mean > 0 else { return nil }
    range = low...high
    factor = range.contains(1) ? 1 : min(max(mean, low), high)
  }

  /// How far a ratio may be off in any case.
  private static let tolerance = 1e-6

  /// The factor with as few digits as tell it from others, at most six; `nil` where it is 1.
  var shown: String? {
    if factor == 1 { return nil }
    let candidates = (1...6).map { AdjustedScale.rounded(factor, digits: $0) }
    return CSVText.text(candidates.first { range.contains($0) } ?? candidates[5])
  }

  /// A positive number to some significant digits.
  private static func rounded(_ value: Double, digits: Int) -> Double {
    var (unit, scaled) = (0, value)
    while scaled >= 10, unit < 400 { (unit, scaled) = (unit + 1, scaled / 10) }
    while scaled < 1, unit > -400 { (unit, scaled) = (unit - 1, scaled * 10) }
    let exponent = unit - digits + 1
    let mantissa = (scaled * power(digits - 1)).rounded()
    return exponent >= 0 ? mantissa * power(exponent) : mantissa / power(-exponent)
  }

  private static func power(_ exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1.0) { result, _ in result * 10 }
  }

  /// Half a unit of the last digit that numbers were printed with.
  private struct Rounding {
    let half: Double
    let largestShare: Double

    /// What part of a number that is.
    func share(of value: Double) -> Double { min(half / value, largestShare) }
  }

  private static func rounding(_ values: [Double]) -> Rounding {
    let places = values.reduce(0) { max($0, decimals($1)) }
    // Whole numbers may be no rounded ones: they are given a thousandth at most.
    return Rounding(half: 0.5 / power(min(places, 300)), largestShare: places == 0 ? 0.001 : 1)
  }

  /// How many digits stand behind the point of a number's shortest text.
  private static func decimals(_ value: Double) -> Int {
    let parts = value.description.split(separator: "e")
    guard let mantissa = parts.first else { return 0 }
    let fraction = mantissa.split(separator: ".").dropFirst().first ?? "0"
    let digits = fraction == "0" ? 0 : fraction.utf8.count
    return max(0, digits - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0))
  }
}
