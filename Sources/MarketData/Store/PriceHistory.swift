import Locks
public import MarketModel

/// All price rows of one ticker, in order of date, with their levels and listings.
///
/// Prices are as loaded. A missing field says why: *bad value* for one that cannot be, *missing bar* for one that is
/// not in the source. The level is a total-return price of which only ratios within one listing mean anything; the
/// `…Level` columns of open, high and low are those times level/close of their row.
public final class PriceHistory: Sendable {
  /// Whose prices these are.
  public let ticker: TickerID
  /// The dates, strictly ascending; days since 1970.
  public let days: Column<Int32>
  /// Opens as loaded.
  public let open: Column<Double>
  /// Highs as loaded.
  public let high: Column<Double>
  /// Lows as loaded.
  public let low: Column<Double>
  /// Closes as loaded; never missing.
  public let close: Column<Double>
  /// Volumes as loaded.
  public let volume: Column<Double>
  /// Adjusted closes as loaded; missing where the source has none or the data set is adjusted from actions.
  public let adjustedClose: Column<Double>
  /// The level of each row; positive.
  public let level: Column<Double>
  /// The product of the splits that entered at or before each row, from 1.
  public let splitFactor: Column<Double>
  /// For each row, the first row of its listing.
  public let listingStart: Column<Int32>
  /// The listings, in order of date.
  public let listings: [Listing]

  /// How long the bars are, where they are longer than a day.
  public let period: BarPeriod?

  /// Whether any split factor is not 1.
  let hasSplits: Bool
  // What follows from the columns above, made when it is first asked for.
  let openLevels = LazyReference<Column<Double>>()
  let highLevels = LazyReference<Column<Double>>()
  let lowLevels = LazyReference<Column<Double>>()
  let volumeLevels = LazyReference<Column<Double>>()

  init(
    ticker: TickerID, raw: PriceColumns, adjusted: AdjustedColumns, listings: [Listing], period: BarPeriod? = nil
  ) {
    self.period = period
    self.ticker = ticker
    days = raw.days
    open = raw.open
    high = raw.high
    low = raw.low
    close = raw.close
    volume = raw.volume
    adjustedClose = raw.adjustedClose
    level = adjusted.level
    splitFactor = adjusted.splitFactor
    listingStart = adjusted.listingStart
    hasSplits = adjusted.hasSplits
    self.listings = listings
  }

  /// The history of a ticker without prices.
  convenience init(without ticker: TickerID) {
    let (days, numbers) = (PriceHistory.noDays, PriceHistory.noNumbers)
    self.init(
      ticker: ticker,
      raw: PriceColumns(
        days: days, open: numbers, high: numbers, low: numbers, close: numbers, volume: numbers,
        adjustedClose: numbers),
      adjusted: AdjustedColumns(level: numbers, splitFactor: numbers, listingStart: days, hasSplits: false),
      listings: [])
  }

  private static let noDays = Column<Int32>([])
  private static let noNumbers = Column<Double>([])

  /// How many rows there are; 0 for a ticker that only a universe mentions.
  public var count: Int { days.count }

  /// The index of the last row on or before a day.
  public func row(onOrBefore day: Day) -> Int? {
    let through = days.countThrough(day.rawValue)
    return through == 0 ? nil : through - 1
  }

  /// The index of the row of a day.
  public func row(on day: Day) -> Int? {
    guard let row = row(onOrBefore: day), days.start[row] == day.rawValue else { return nil }
    return row
  }

  /// The listing that holds a row.
  ///
  /// - Precondition: `row` lies in `0..<count`.
  public func listing(of row: Int) -> Listing {
    let start = Int(listingStart[row])
    // Every row belongs to one of the listings, which start at the values of `listingStart`.
    return listings.first { $0.rows.lowerBound == start } ?? Listing(rows: start..<count, delisting: nil)
  }

  /// What a listing's levels are multiplied by to be adjusted as of one of its rows: close/level of that row.
  ///
  /// Chosen among neighbouring doubles so that the last adjusted close is the raw close where one of them makes it so.
  public func scale(asOf row: Int) -> Double {
    let (close, level) = (close[row], level[row])
    let scale = close / level
    if scale * level == close { return scale }
    if scale.nextUp * level == close { return scale.nextUp }
    return scale.nextDown * level == close ? scale.nextDown : scale
  }
}

/// A stretch of a ticker's rows that belong to one security.
public struct Listing: Sendable {
  /// The rows of the listing.
  public let rows: Range<Int>
  /// How it ended, where the actions say so.
  public let delisting: Delisting?

  /// Describes a listing.
  public init(rows: Range<Int>, delisting: Delisting?) {
    self.rows = rows
    self.delisting = delisting
  }
}

/// What holders of a delisted security got.
public struct Delisting: Hashable, Sendable {
  /// The day on which the price is valued.
  public let exDate: Day
  /// Per share, not negative.
  public let price: Double

  /// Describes the end of a listing.
  public init(exDate: Day, price: Double) {
    self.exDate = exDate
    self.price = price
  }
}

/// The columns of a ticker as loaded.
struct PriceColumns {
  var days: Column<Int32>
  var open: Column<Double>
  var high: Column<Double>
  var low: Column<Double>
  var close: Column<Double>
  var volume: Column<Double>
  var adjustedClose: Column<Double>
}

/// The columns of a ticker that follow from what was loaded.
struct AdjustedColumns {
  /// The closes themselves where nothing adjusts them.
  var level: Column<Double>
  var splitFactor: Column<Double>
  var listingStart: Column<Int32>
  /// Whether any split factor is not 1.
  var hasSplits: Bool
}
