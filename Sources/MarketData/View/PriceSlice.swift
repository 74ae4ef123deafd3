public import MarketModel

/// A field of a price row, as a view shows it.
@frozen public enum PriceField: UInt8, CaseIterable, Sendable {
  /// Adjusted as of the cut.
  case open, high, low, close
  /// Multiplied by the splits that followed, up to the cut, where the data set is adjusted from actions.
  case volume
  /// As traded.
  case rawClose
}

/// The rows of one listing that a cut shows: never rows after the cut, never rows of an earlier listing.
///
/// Every field is a run of numbers times one scale, so that cuts of one listing share the memory. The pointers are
/// valid as long as the view's data set lives.
public struct PriceSlice: Sendable {
  let history: PriceHistory
  /// Where the rows stand among all rows of the ticker; its start tells listings of one ticker apart.
  public let rows: Range<Int>
  private let levelScale: Double

  init(_ history: PriceHistory, rows: Range<Int>) {
    self.history = history
    self.rows = rows
    levelScale = history.scale(asOf: rows.upperBound - 1)
  }

  /// Whose prices these are.
  public var ticker: TickerID { history.ticker }
  /// How many rows are visible; at least one.
  public var count: Int { rows.count }
  /// How many rows the listing has in all, those after the cut included: the columns go on that far.
  public var listingCount: Int { history.listing(of: rows.lowerBound).rows.count }
  /// The dates, ascending; days since 1970.
  public var days: UnsafePointer<Int32> { history.days.start + rows.lowerBound }
  /// The date of the last visible row.
  public var lastDay: Day { Day(rawValue: history.days.start[rows.upperBound - 1]) }

  /// The numbers of a field before scaling.
  public func base(_ field: PriceField) -> UnsafePointer<Double> {
    let column =
      switch field {
      case .open: history.openLevel
      case .high: history.highLevel
      case .low: history.lowLevel
      case .close: history.level
      case .volume: history.volumeLevel
      case .rawClose: history.close
      }
    return column.start + rows.lowerBound
  }

  /// What each number of a field is multiplied by; missing numbers stay as they are.
  public func scale(_ field: PriceField) -> Double {
    switch field {
    case .open, .high, .low, .close: levelScale
    case .volume: history.splitFactor.start[rows.upperBound - 1]
    case .rawClose: 1
    }
  }

  /// One number of a field, scaled.
  ///
  /// - Precondition: `index` lies in `0..<count`.
  public func value(_ field: PriceField, at index: Int) -> Double {
    precondition(index >= 0 && index < count, "price row out of range")
    let value = base(field)[index]
    return value.isNaN ? value : value * scale(field)
  }
}
