public import MarketModel

extension MarketStore {
  /// The rows of the data set, or those that are known at a cut: what a check for look-ahead loads again, as it is or
  /// changed.
  ///
  /// At a cut, a membership that ends later has no end, and aliases and lags of names not yet known are left out.
  public func tables(knownAt cut: KnowledgeCut? = nil) -> MarketTables {
    let cut = cut ?? KnowledgeCut(day: .latest, instant: KnowledgeTime(microseconds: .max))
    var tables = MarketTables(settings: settings)
    addPrices(cut, &tables)
    for kind in SeriesKind.allCases { addReleases(kind, cut, &tables) }
    addCurves(cut, &tables)
    for universe in universes {
      for member in universe.memberships where member.start <= cut.day {
        let end = member.end.flatMap { $0 <= cut.day ? $0 : nil }
        tables.addMembership(universe.name, name(of: member.ticker), start: member.start, end: end)
      }
    }
    for action in actions where action.exDate <= cut.day {
      tables.addAction(
        action.ticker, exDate: action.exDate, splitRatio: settings.adjustFromActions ? action.splitRatio : nil,
        cashDividend: settings.adjustFromActions ? action.cashDividend : nil, delistingPrice: action.delistingPrice)
    }
    // A rest of the rows might look like longer bars, or shorter ones.
    tables.barPeriods = barPeriods
    dropUnknownNames(&tables)
    return tables
  }

  /// How long the bars of each ticker are, where they are longer than a day.
  public var barPeriods: [String: BarPeriod] {
    Dictionary(
      uniqueKeysWithValues: histories.compactMap { history in history.period.map { (name(of: history.ticker), $0) } })
  }

  private func addPrices(_ cut: KnowledgeCut, _ tables: inout MarketTables) {
    for history in histories {
      let end = history.days.countThrough(cut.day.rawValue)
      if end == 0 { continue }
      let number = tables.prices.names.intern(name(of: history.ticker))
      for row in 0..<end {
        tables.prices.append(
          PriceRow(
            day: history.days.start[row], place: .nowhere, open: history.open.start[row],
            high: history.high.start[row], low: history.low.start[row], close: history.close.start[row],
            volume: history.volume.start[row], adjustedClose: history.adjustedClose.start[row]), of: number)
      }
    }
  }

  private func addReleases(_ kind: SeriesKind, _ cut: KnowledgeCut, _ tables: inout MarketTables) {
    for history in series(kind) {
      for place in 0..<history.count(through: cut.instant) {
        let value = history.values.start[place]
        tables.addRelease(
          kind, history.code, Day(rawValue: history.observations.start[place]),
          release: history.isGiven.start[place] == 1
            ? KnowledgeTime(microseconds: history.releases.start[place]) : nil,
          revision: Int(history.revisionNumbers.start[place]), value: value.isNaN ? nil : value)
      }
    }
  }

  private func addCurves(_ cut: KnowledgeCut, _ tables: inout MarketTables) {
    for curve in curves {
      for date in 0..<curve.dates.count {
        for place in Int(curve.starts.start[date])..<Int(curve.starts.start[date + 1])
        where curve.releases.start[place] <= cut.instant.microseconds {
          tables.addCurvePoint(
            curve.name, Day(rawValue: curve.dates.start[date]), tenorDays: Int(curve.tenors.start[place]),
            rate: curve.rates.start[place],
            release: curve.isGiven.start[place] == 1
              ? KnowledgeTime(microseconds: curve.releases.start[place]) : nil)
        }
      }
    }
  }

  private func dropUnknownNames(_ tables: inout MarketTables) {
    let names = Set(tables.prices.names.names).union(tables.memberships.rows.map(\.ticker))
    tables.settings.aliases.removeAll { !names.contains($0.ticker) }
    let codes = Set(tables.series[0].names.names).union(tables.series[1].names.names)
    tables.settings.releaseLags.removeAll { $0.series != "*" && !codes.contains($0.series) }
    if case .ticker(let name)? = tables.settings.calendar,
      ticker(named: name).map({ !names.contains(self.name(of: $0)) }) ?? true
    {
      tables.settings.calendar = nil
    }
  }
}
