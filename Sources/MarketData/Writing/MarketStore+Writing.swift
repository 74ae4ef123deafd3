import Diagnostics
import MarketModel

extension MarketStore {
  /// Writes the data set as a data folder that loads with the same fingerprint.
  ///
  /// The folder must not exist, or be empty; it appears whole or not at all. Throws a `Diagnostic` otherwise.
  public func write(to path: String) throws {
    let folder = try OutputFolder(path)
    do {
      for (name, bytes) in files() { try folder.write(name, bytes) }
      try folder.finish()
    } catch {
      folder.discard()
      throw error
    }
  }

  /// The files of the folder with their contents.
  private func files() -> [(String, [UInt8])] {
    var files: [(String, [UInt8])] = [("dataset.yaml", settings.file)]
    if priceSpan != nil { files.append(("prices/prices.csv", pricesFile())) }
    if !series(.macro).isEmpty { files.append(("series/series.csv", releasesFile(.macro))) }
    if !series(.flow).isEmpty { files.append(("flows/flows.csv", releasesFile(.flow))) }
    if !curves.isEmpty { files.append(("curves/curves.csv", curvesFile())) }
    if !universes.isEmpty { files.append(("universes/universes.csv", universesFile())) }
    if !actions.isEmpty || settings.adjustFromActions { files.append(("actions/actions.csv", actionsFile())) }
    return files
  }

  private func pricesFile() -> [UInt8] {
    let isAdjusted = histories.contains { $0.adjustedClose.buffer.contains { !$0.isNaN } }
    var text = CSVText("ticker,date,open,high,low,close,volume" + (isAdjusted ? ",adjusted_close" : ""))
    for history in histories {
      var columns = [history.open, history.high, history.low, history.close, history.volume]
      if isAdjusted { columns.append(history.adjustedClose) }
      let name = name(of: history.ticker)
      for row in 0..<history.count {
        text.name(name)
        text.day(history.days.start[row])
        for column in columns { text.number(column.start[row]) }
        text.end()
      }
    }
    return text.bytes
  }

  private func releasesFile(_ kind: SeriesKind) -> [UInt8] {
    let list = series(kind)
    let hasRevisions = list.contains { $0.revisionNumbers.buffer.contains { $0 != 0 } }
    var text = CSVText("series,observation_date,release_time,value" + (hasRevisions ? ",revision" : ""))
    for series in list {
      for place in 0..<series.releases.count {
        text.name(series.code)
        text.day(series.observations.start[place])
        text.release(series.releases.start[place], isGiven: series.isGiven.start[place] == 1)
        text.number(series.values.start[place])
        if hasRevisions { text.plain(String(series.revisionNumbers.start[place])) }
        text.end()
      }
    }
    return text.bytes
  }

  private func curvesFile() -> [UInt8] {
    let hasReleases = curves.contains { $0.isGiven.buffer.contains(1) }
    var text = CSVText("curve,date,tenor_days,rate" + (hasReleases ? ",release_time" : ""))
    for curve in curves {
      for date in 0..<curve.dates.count {
        for place in Int(curve.starts.start[date])..<Int(curve.starts.start[date + 1]) {
          text.name(curve.name)
          text.day(curve.dates.start[date])
          text.plain(String(curve.tenors.start[place]))
          text.number(curve.rates.start[place])
          if hasReleases { text.release(curve.releases.start[place], isGiven: curve.isGiven.start[place] == 1) }
          text.end()
        }
      }
    }
    return text.bytes
  }

  private func universesFile() -> [UInt8] {
    var text = CSVText("universe,ticker,start,end")
    for universe in universes {
      for membership in universe.memberships {
        text.name(universe.name)
        text.name(name(of: membership.ticker))
        if membership.start == .earliest { text.plain("") } else { text.day(membership.start.rawValue) }
        if let end = membership.end { text.day(end.rawValue) } else { text.plain("") }
        text.end()
      }
    }
    return text.bytes
  }

  private func actionsFile() -> [UInt8] {
    let adjusts = settings.adjustFromActions
    var text = CSVText("ticker,ex_date" + (adjusts ? ",split_ratio,cash_dividend" : "") + ",delisting_price")
    for action in actions {
      text.name(action.ticker)
      text.day(action.exDate.rawValue)
      if adjusts {
        text.number(action.splitRatio)
        text.number(action.cashDividend)
      }
      text.number(action.delistingPrice ?? .missing(.unspecified))
      text.end()
    }
    return text.bytes
  }
}
