package import Diagnostics
import MarketModel

// What is said about files, headers and settings.
extension Diagnostic {
  static func dataNotFound(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.dataNotFound, "the data folder `\(path)` cannot be read: \(reason)")
  }
  static func noDataFiles(_ path: String) -> Diagnostic {
    Diagnostic(
      .noDataFiles, "the data folder `\(path)` holds no data file",
      notes: [Note("expected CSV files (or .csv.gz) in prices, series, curves, flows, universes or actions")])
  }
  package static func unreadableDataFile(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.unreadableDataFile, "cannot be read: \(reason)", at: .file(path, line: 0, column: 0))
  }
  static func damagedGzip(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic(.damagedGzip, "the gzip file \(what)", at: .file(path, line: 0, column: 0))
  }
  static func notText(at place: Location) -> Diagnostic {
    Diagnostic(.notText, "the file is not text in UTF-8, nor in UTF-16 with its mark", at: place)
  }
  static func lineTooLong(at place: Location) -> Diagnostic {
    Diagnostic(
      .lineTooLong, "the line has more than \(LineBlocks.longestLine >> 20) MiB: this is no table of rows", at: place)
  }
  static func missingColumn(_ name: String, has found: [String], at place: Location) -> Diagnostic {
    Diagnostic(.missingColumn, "there is no `\(name)` column; the header has \(columns(found))", at: place)
  }
  /// - Parameter names: the columns one of which is needed.
  static func missingColumns(_ names: [String], has found: [String], at place: Location) -> Diagnostic {
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .missingColumn, "there is none of the columns \(list); the header has \(columns(found))", at: place)
  }
  private static func columns(_ found: [String]) -> String {
    found.isEmpty ? "no columns" : found.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
  }
  static func columnTwice(_ name: String, at place: Location) -> Diagnostic {
    Diagnostic(.columnTwice, "a second column stands for `\(name)`", at: place)
  }
  static func malformedSettings(_ what: String, at place: Location) -> Diagnostic {
    Diagnostic(.malformedSettings, what, at: place)
  }
  static func unknownZone(_ text: String, at place: Location) -> Diagnostic {
    Diagnostic(
      .unknownZone,
      "`\(text)` is no decision time: expected `hh:mm Zone` with a known zone, as in `16:00 America/New_York`",
      at: place)
  }
  static func aliasIsTicker(_ name: String) -> Diagnostic {
    Diagnostic(.badAlias, "the alias `\(name)` is itself a ticker of the data set")
  }
  static func aliasWithoutTicker(_ alias: Alias) -> Diagnostic {
    Diagnostic(.badAlias, "the alias `\(alias.name)` stands for `\(alias.ticker)`, which the data set does not have")
  }
  static func unknownCalendarTicker(_ name: String) -> Diagnostic {
    Diagnostic(
      .unknownCalendarTicker,
      "`\(name)` is no calendar: expected sessions, all, weekdays or a ticker with prices")
  }
  static func unknownLagSeries(_ name: String) -> Diagnostic {
    Diagnostic(.unknownLagSeries, "`release_lag` names the series `\(name)`, which the data set does not have")
  }
  static func noReleaseTime(_ code: String, at place: Location?) -> Diagnostic {
    Diagnostic(
      .noReleaseTime, "the macro series `\(code)` has values without a release time", at: place,
      notes: [Note("give --release-lag 45d (calendar days) or 12bd (weekdays), or data with vintages")])
  }
}

// What is said about writing.
extension Diagnostic {
  static func outputNotEmpty(_ path: String) -> Diagnostic {
    Diagnostic(.outputNotEmpty, "the folder `\(path)` is not empty; name a new or an empty folder")
  }
  static func outputFailed(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.outputFailed, "`\(path)` cannot be written: \(reason)")
  }
  static func damagedCache(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .damagedCache, "the kept copy `\(path)` is not used: \(reason); the data set is read from its files")
  }
  static func cacheChanged(_ path: String) -> Diagnostic {
    Diagnostic(
      .cacheChanged,
      "another program wrote into the kept copy `\(path)` while it was used; it was removed: run the command again")
  }
  static func cacheNotWritten(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .cacheNotWritten, "the data set cannot be kept in `\(path)`: \(reason)",
      notes: [Note("`STRAT_CACHE` names another folder; `--no-cache` keeps nothing")])
  }
  static func differsFromStored(_ rows: NameDifferences, at place: Location?, saysRemedy: Bool) -> Diagnostic {
    let count =
      rows.count == 1 ? "1 row differs from the stored one" : "\(rows.count) rows differ from stored ones, the first"
    let first = rows.examples.first.map { ": \($0.key), \($0.values("stored, but"))" } ?? ""
    let file = place.map { " in \($0.name):\($0.start.line)" } ?? " in the import"
    return Diagnostic(
      .differsFromStored, "\(rows.name): \(count)\(first)\(file)",
      notes: saysRemedy ? [Note("nothing was written; `--replace` takes the values of the import")] : [])
  }
  static func fileChanged(_ path: String, line: Int) -> Diagnostic {
    Diagnostic(
      .fileChanged, "the row that was read here is no longer here", at: .file(path, line: line, column: 0),
      notes: [Note("somebody else writes the file; make the import again")])
  }
  static func vintageTooOld(
    _ code: String, _ release: KnowledgeTime, latest: KnowledgeTime, at place: Location?
  ) -> Diagnostic {
    Diagnostic(
      .vintageTooOld,
      "the vintage of `\(code)` known from \(release) is not what was known then, and one of \(latest) "
        + "is there already", at: place, notes: [Note("import all vintages at once, into a new folder or database")])
  }
  static func settingDiffers(_ name: String, before: String?, after: String) -> Diagnostic {
    Diagnostic(
      .settingDiffers,
      "the setting `\(name)` is `\(before ?? "")` where the rows would go, and `\(after)` where they "
        + "come from", notes: [Note("import into a new folder or database")])
  }
}
