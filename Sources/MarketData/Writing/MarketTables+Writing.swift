import MarketModel

extension MarketTables {
  /// The rows as data files, one for each kind that has any; the order of rows is kept, but that prices go by ticker.
  public func files() -> [(kind: FileKind, bytes: [UInt8])] {
    FileKind.allCases.compactMap { kind in file(kind).map { (kind, $0) } }
  }

  /// `dataset.yaml`; `nil` where the settings say nothing.
  public var settingsFile: [UInt8]? {
    let isPlain =
      settings.decisionTime == nil && settings.calendar == nil && settings.aliases.isEmpty
      && settings.releaseLags.isEmpty && settings.barDates == nil && settings.tenorUnit == nil
    return isPlain ? nil : settings.file
  }

  private func file(_ kind: FileKind) -> [UInt8]? {
    switch kind {
    // The header alone says that prices are adjusted from actions.
    case .actions: actions.rows.isEmpty && !startsAdjusting ? nil : actionsFile()
    case .prices: prices.count == 0 ? nil : pricesFile()
    case .series: series[0].rows.isEmpty ? nil : releasesFile(series[0])
    case .flows: series[1].rows.isEmpty ? nil : releasesFile(series[1])
    case .curves: curves.rows.isEmpty ? nil : curvesFile()
    case .universes: memberships.rows.isEmpty ? nil : universesFile()
    }
  }

  private func pricesFile() -> [UInt8] {
    let isAdjusted = prices.tickers.contains { $0.contains { !$0.adjustedClose.isNaN } }
    var text = CSVText("ticker,date,open,high,low,close,volume" + (isAdjusted ? ",adjusted_close" : ""))
    for (name, rows) in zip(prices.names.names, prices.tickers) {
      for row in rows {
        text.name(name)
        text.day(row.day)
        for value in [row.open, row.high, row.low, row.close, row.volume] { text.number(value) }
        if isAdjusted { text.number(row.adjustedClose) }
        text.end()
      }
    }
    return text.bytes
  }

  private func releasesFile(_ table: SeriesTable) -> [UInt8] {
    let hasRevisions = table.rows.contains { $0.revision != 0 }
    var text = CSVText("series,observation_date,release_time,value" + (hasRevisions ? ",revision" : ""))
    for row in table.rows {
      text.name(table.names.names[Int(row.code)])
      text.day(row.observation)
      text.release(row.release ?? 0, isGiven: row.release != nil)
      text.number(row.value)
      if hasRevisions { text.plain(String(row.revision)) }
      text.end()
    }
    return text.bytes
  }

  private func curvesFile() -> [UInt8] {
    let hasReleases = curves.rows.contains { $0.release != nil }
    var text = CSVText("curve,date,tenor_days,rate" + (hasReleases ? ",release_time" : ""))
    for row in curves.rows {
      text.name(curves.names.names[Int(row.curve)])
      text.day(row.date)
      text.plain(String(row.tenor))
      text.number(row.rate)
      if hasReleases { text.release(row.release ?? 0, isGiven: row.release != nil) }
      text.end()
    }
    return text.bytes
  }

  private func universesFile() -> [UInt8] {
    var text = CSVText("universe,ticker,start,end")
    for row in memberships.rows {
      text.name(row.universe)
      text.name(row.ticker)
      if row.start == .earliest { text.plain("") } else { text.day(row.start.rawValue) }
      if let end = row.end { text.day(end.rawValue) } else { text.plain("") }
      text.end()
    }
    return text.bytes
  }

  private func actionsFile() -> [UInt8] {
    let adjusts = settings.adjustFromActions
    var text = CSVText("ticker,ex_date" + (adjusts ? ",split_ratio,cash_dividend" : "") + ",delisting_price")
    for row in actions.rows {
      text.name(row.ticker)
      text.day(row.exDate.rawValue)
      if adjusts {
        text.number(row.splitRatio)
        text.number(row.cashDividend)
      }
      text.number(row.delistingPrice ?? .missing(.unspecified))
      text.end()
    }
    return text.bytes
  }
}
