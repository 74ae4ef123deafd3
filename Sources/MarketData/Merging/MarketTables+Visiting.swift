package import MarketModel

// What the tables hold, row by row, for whoever keeps rows elsewhere.
extension MarketTables {
  /// A price row; missing numbers are NaN.
  package struct Price {
    package let ticker: String
    package let day: Day
    /// Open, high, low, close, volume, adjusted close.
    package let numbers: [Double]
  }

  /// A release of a series; without a release time where the source has none.
  package struct Release {
    package let code: String
    package let observation: Day
    package let release: KnowledgeTime?
    package let revision: Int
    /// NaN where it withdraws the observation.
    package let value: Double
  }

  /// A point of a curve.
  package struct Point {
    package let curve: String
    package let date: Day
    package let tenorDays: Int
    package let rate: Double
    package let release: KnowledgeTime?
  }

  /// All price rows.
  package var priceRows: some Sequence<Price> {
    zip(prices.names.names, prices.tickers).lazy.flatMap { name, rows in
      rows.lazy.map { row in
        Price(
          ticker: name, day: Day(rawValue: row.day),
          numbers: [row.open, row.high, row.low, row.close, row.volume, row.adjustedClose])
      }
    }
  }

  /// All releases of a kind.
  package func releaseRows(_ kind: SeriesKind) -> some Sequence<Release> {
    let table = series[Int(kind.rawValue)]
    return table.rows.lazy.map { row in
      Release(
        code: table.names.names[Int(row.code)], observation: Day(rawValue: row.observation),
        release: row.release.map { KnowledgeTime(microseconds: $0) }, revision: Int(row.revision), value: row.value)
    }
  }

  /// All points of curves.
  package var pointRows: some Sequence<Point> {
    curves.rows.lazy.map { row in
      Point(
        curve: curves.names.names[Int(row.curve)], date: Day(rawValue: row.date), tenorDays: Int(row.tenor),
        rate: row.rate, release: row.release.map { KnowledgeTime(microseconds: $0) })
    }
  }

  /// All memberships: universe, ticker, first day and the first day after.
  package var membershipRows: some Sequence<(universe: String, ticker: String, start: Day, end: Day?)> {
    memberships.rows.lazy.map { ($0.universe, $0.ticker, $0.start, $0.end) }
  }

  /// All corporate actions.
  package var actionRows: some Sequence<CorporateAction> {
    actions.rows.lazy.map { row in
      CorporateAction(
        ticker: row.ticker, exDate: row.exDate, splitRatio: row.splitRatio, cashDividend: row.cashDividend,
        delistingPrice: row.delistingPrice)
    }
  }

  /// All names with prices or memberships, ascending by their bytes.
  package var instrumentNames: [String] {
    Set(prices.names.names).union(memberships.rows.map(\.ticker)).sorted { $0.precedesInBytes($1) }
  }
}
