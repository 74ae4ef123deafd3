public import MarketModel

/// What a data set holds, for people: one entry for each name, by kind.
public struct DataSummary: Sendable {
  /// One ticker, series, curve or universe.
  public struct Entry: Sendable {
    /// Its name.
    public let name: String
    /// How many rows were loaded.
    public let rows: Int
    /// The dates of its first and last row (price, observation, curve, membership); `nil` without rows.
    public let span: ClosedRange<Day>?
    /// What belongs to its kind: listings of a ticker, observations of a series, tenors of a curve, tickers of a
    /// universe.
    public let parts: Int
    /// When the first and last of its rows became known, where rows have release times.
    public let released: ClosedRange<KnowledgeTime>?
  }

  /// Tickers, ascending; those that only universes mention have no rows.
  public let tickers: [Entry]
  /// Macro series, ascending.
  public let series: [Entry]
  /// Flow series, ascending.
  public let flows: [Entry]
  /// Curves, ascending.
  public let curves: [Entry]
  /// Universes, ascending.
  public let universes: [Entry]
  /// How many corporate actions there are.
  public let actions: Int
  /// How many sessions the data set's calendar has.
  public let sessions: Int
}

extension MarketStore {
  /// What the data set holds.
  public var summary: DataSummary {
    DataSummary(
      tickers: instruments.map { summary(of: prices($0.id), $0.ticker) }, series: series(.macro).map(summary),
      flows: series(.flow).map(summary), curves: curves.map(summary), universes: universes.map(summary),
      actions: actions.count, sessions: calendar.count)
  }

  private func summary(of history: PriceHistory, _ name: String) -> DataSummary.Entry {
    DataSummary.Entry(
      name: name, rows: history.count, span: span(history.days.buffer), parts: history.listings.count, released: nil)
  }

  private func summary(of series: SeriesHistory) -> DataSummary.Entry {
    let releases = series.releases.buffer
    let released = releases.first.flatMap { first in
      releases.last.map { KnowledgeTime(microseconds: first)...KnowledgeTime(microseconds: $0) }
    }
    return DataSummary.Entry(
      name: series.code, rows: releases.count, span: span(series.observations.buffer),
      parts: Set(series.observations.buffer).count, released: released)
  }

  private func summary(of curve: CurveHistory) -> DataSummary.Entry {
    DataSummary.Entry(
      name: curve.name, rows: curve.rates.count, span: span(curve.dates.buffer),
      parts: Set(curve.tenors.buffer).count, released: nil)
  }

  private func summary(of universe: Universe) -> DataSummary.Entry {
    let starts = universe.memberships.map(\.start.rawValue)
    let ends = universe.memberships.compactMap { $0.end?.rawValue }
    return DataSummary.Entry(
      name: universe.name, rows: universe.memberships.count, span: (starts + ends).withUnsafeBufferPointer(span),
      parts: Set(universe.memberships.map(\.ticker)).count, released: nil)
  }

  private func span(_ days: UnsafeBufferPointer<Int32>) -> ClosedRange<Day>? {
    guard let first = days.min(), let last = days.max() else { return nil }
    return Day(rawValue: first)...Day(rawValue: last)
  }
}
