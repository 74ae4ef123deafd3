/// The one way from a number that a script, a file or a flag gives to an `Int`.
///
/// Doubles tell whole numbers apart up to 2^53, and no list, window, date or count comes near that. A larger one is cut
/// to it: it stays outside of every range, and what is then negated, added or taken the magnitude of cannot overflow.
extension Int {
  /// The largest magnitude that `init(whole:)` gives: 2^53.
  public static let wholeBound = 1 << 53

  /// The whole number that a double is, cut to ±2^53; `nil` if it has a fraction or is missing.
  @inlinable public init?(whole number: Double) {
    guard number == number.rounded(.towardZero) else { return nil }
    self.init(cut: number)
  }

  /// The whole number that a double is, if it lies in a range; `nil` for any other, and for a fraction or a missing one.
  @inlinable public init?(whole number: Double, in range: ClosedRange<Int>) {
    self.init(whole: number)
    guard range.contains(self) else { return nil }
  }

  /// A double without its fraction, cut to ±2^53; 0 for a missing one.
  @inlinable public init(cut number: Double) {
    // A comparison with a NaN is false, so one gives 0 here.
    if number >= 0x1p53 {
      self = Int.wholeBound
    } else if number <= -0x1p53 {
      self = -Int.wholeBound
    } else {
      self = number.isNaN ? 0 : Int(number)
    }
  }
}
