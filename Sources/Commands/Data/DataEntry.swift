import MarketData
import MarketModel

/// One thing that has a name in a data set: how many rows it has and which days they span.
struct DataEntry {
  /// `ticker`, `series`, `flow`, `curve` or `universe`.
  let kind: String
  /// Its name.
  let name: String
  /// Price rows, releases, curve days or memberships.
  let rows: Int
  /// The first and last day, where it has any.
  let first: Day?
  let last: Day?

  /// Everything in a data set, by kind, then name.
  static func all(of store: MarketStore) -> [DataEntry] {
    let tickers = store.instruments.map { prices($0, store) }
    let series = store.series(.macro).map { DataEntry.series("series", $0) }
    let flows = store.series(.flow).map { DataEntry.series("flow", $0) }
    return tickers + series + flows + store.curves.map(curve) + store.universes.map(universe)
  }

  private static func prices(_ instrument: Instrument, _ store: MarketStore) -> DataEntry {
    let days = store.prices(instrument.id).days.buffer
    return DataEntry(
      kind: "ticker", name: instrument.ticker, rows: days.count, first: days.first.map { Day(rawValue: $0) },
      last: days.last.map { Day(rawValue: $0) })
  }

  private static func series(_ kind: String, _ history: SeriesHistory) -> DataEntry {
    let days = history.observations.buffer
    return DataEntry(
      kind: kind, name: history.code, rows: days.count, first: days.min().map { Day(rawValue: $0) },
      last: days.max().map { Day(rawValue: $0) })
  }

  private static func curve(_ curve: CurveHistory) -> DataEntry {
    DataEntry(
      kind: "curve", name: curve.name, rows: curve.dayCount, first: curve.daySpan?.lowerBound,
      last: curve.daySpan?.upperBound)
  }

  private static func universe(_ universe: Universe) -> DataEntry {
    DataEntry(
      kind: "universe", name: universe.name, rows: universe.memberships.count,
      first: universe.memberships.compactMap(\.start).min(), last: universe.memberships.compactMap(\.end).max())
  }
}
