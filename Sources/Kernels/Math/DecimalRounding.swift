import MarketModel

/// Rounding to decimal places: the double nearest to the exact decimal, halves to even (Python's `round`).
public enum DecimalRounding {
  /// `x` rounded to `digits` places after the point; before it, if negative. `round(2.675, 2)` is 2.67, since that
  /// double lies below the decimal.
  public static func round(_ x: Double, digits: Int = 0) -> Double {
    if !x.isFinite { return x.isNaN ? x : .missing(.overflow) }
    if digits == 0 { return x.rounded(.toNearestOrEven) }
    if digits > 400 || x == 0 { return x }
    if digits < -400 { return 0 * x }
    if let scaled = scaledWhole(x, digits: digits) { return scaled / powersOfTen[digits] }
    return roundExactly(x, digits: digits)
  }

  /// `x · 10^digits` rounded to a whole number below 2⁵², halves to even of the exact product; `nil` where doubles do
  /// not tell.
  ///
  /// The product's rounding error is itself a double, which decides the ties.
  static func scaledWhole(_ x: Double, digits: Int) -> Double? {
    guard digits >= 0 && digits <= 22 && x.magnitude > 1e-200 else { return nil }
    let product = x * powersOfTen[digits]
    guard product.magnitude < 4_503_599_627_370_496 else { return nil }
    let error = (-product).addingProduct(x, powersOfTen[digits])
    let whole = product.rounded(.toNearestOrEven)
    let rest = product - whole
    guard rest.magnitude == 0.5 && error != 0 else { return whole }
    let isUp = error > 0
    if (rest > 0) == isUp { return whole + (isUp ? 1 : -1) }
    return whole
  }

  private static func roundExactly(_ x: Double, digits: Int) -> Double {
    var decimal = ExactDecimal(x)
    decimal.round(places: digits)
    if decimal.isZero { return x < 0 ? -0.0 : 0.0 }
    var text = x < 0 ? "-0." : "0."
    for digit in decimal.digits { text.unicodeScalars.append(Unicode.Scalar(48 + digit)) }
    let value = Double(text + "e" + String(decimal.point)) ?? .missing(.overflow)
    return value.settled
  }

  /// 10^0 … 10^22, all exact.
  static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
