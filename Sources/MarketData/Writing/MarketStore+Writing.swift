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
    var files: [(String, [UInt8])] = [("dataset.yaml", settingsFile())]
    if priceSpan != nil { files.append(("prices/prices.csv", pricesFile())) }
    if !series(.macro).isEmpty { files.append(("series/series.csv", releasesFile(.macro))) }
    if !series(.flow).isEmpty { files.append(("flows/flows.csv", releasesFile(.flow))) }
    if !curves.isEmpty { files.append(("curves/curves.csv", curvesFile())) }
    if !universes.isEmpty { files.append(("universes/universes.csv", universesFile())) }
    if !actions.isEmpty || settings.adjustFromActions { files.append(("actions/actions.csv", actionsFile())) }
    return files
  }

  private func settingsFile() -> [UInt8] {
    var text = "name: \(quoted(settings.name))\n"
    if let time = settings.decisionTime { text += "decision_time: \(quoted(time.description))\n" }
    if let calendar = settings.calendar { text += "calendar: \(quoted(calendar.description))\n" }
    if !settings.aliases.isEmpty { text += "aliases:\n" }
    for alias in settings.aliases { text += "  \(quoted(alias.name)): \(quoted(alias.ticker))\n" }
    if !settings.releaseLags.isEmpty { text += "release_lag:\n" }
    for lag in settings.releaseLags { text += "  \(quoted(lag.series)): \(lag.lag)\n" }
    return Array(text.utf8)
  }

  /// A double-quoted YAML scalar.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      if scalar.value < 0x20 {
        result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
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

/// Writes CSV rows into memory.
private struct CSVText {
  private(set) var bytes: [UInt8]
  private var isRowEmpty = true

  init(_ header: String) {
    bytes = Array(header.utf8)
    bytes.append(0x0A)
  }

  mutating func plain(_ text: String) {
    if !isRowEmpty { bytes.append(0x2C) }
    isRowEmpty = false
    bytes.append(contentsOf: text.utf8)
  }

  /// A name, in quotes where it needs them.
  mutating func name(_ text: String) {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x2C }
    plain(
      isPlain
        ? text : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"")
  }

  mutating func day(_ day: Int32) { plain(Day(rawValue: day).description) }

  /// The shortest text that reads back to the same number; nothing for a missing one.
  mutating func number(_ value: Double) {
    if value.isNaN { return plain("") }
    let text = value.description
    plain(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  mutating func release(_ microseconds: Int64, isGiven: Bool) {
    plain(isGiven ? KnowledgeTime(microseconds: microseconds).description : "")
  }

  mutating func end() {
    bytes.append(0x0A)
    isRowEmpty = true
  }
}
