/// A ticker of one data set: its place among the known names in ascending order of their UTF-8 bytes.
///
/// Comparing two identifiers compares the names, so an array indexed by identifier is in the order that fills and
/// weights are taken in. An identifier means nothing in another data set.
@frozen public struct TickerID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The place, from 0.
  public var rawValue: Int32

  /// The ticker at a place.
  @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The ticker at a place.
  ///
  /// - Precondition: the place fits in 32 bits.
  @inlinable public init(_ index: Int) { rawValue = Int32(index) }

  /// The place as an array index.
  @inlinable public var index: Int { Int(rawValue) }

  /// Identifiers are in the order of the names.
  @inlinable public static func < (left: TickerID, right: TickerID) -> Bool { left.rawValue < right.rawValue }
}

/// A name known to a data set: one with prices, or one that only a universe mentions.
public struct Instrument: Hashable, Sendable {
  /// Its identifier.
  public let id: TickerID
  /// The ticker as the data write it.
  public let ticker: String
  /// Whether there is any price row of it.
  public let hasPrices: Bool

  /// Describes a ticker.
  public init(id: TickerID, ticker: String, hasPrices: Bool) {
    self.id = id
    self.ticker = ticker
    self.hasPrices = hasPrices
  }
}
