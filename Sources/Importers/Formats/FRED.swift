import MarketData
import MarketModel

extension Importer {
  /// The latest figures of series, without their history.
  static let fred = Importer(
    "fred", title: "FRED, the latest figures of one or more series",
    columns: FormatColumns(
      [.date("observation_date", "DATE")], others: FormatColumns.Others(shown: "series") { !$0.isEmpty }),
    files: "The dates stand first, in a column `observation_date` or `DATE`.",
    release: "The file does not say when its figures became known, and shows them as revised since: `--release-lag` is "
      + "required. ALFRED has the same series as they were.",
    exampleName: "UNRATE.csv",
    example: """
      observation_date,UNRATE
      2019-12-01,3.6
      2020-01-01,.
      2020-02-01,3.5
      """,
    needsLag: true,
    isGeneral: true,
    isSure: { start, _ in isFREDDate(start.header[0]) && !FileKind.prices.fits(start.header) },
    read: { reader in
      let codes = reader.start.header
      let date = reader.column("observation_date")
      if reader.options.releaseLag == nil {
        reader.remarks.append("if the columns are tickers and the figures their closes: `--format prices`")
      }
      reader.forEachRow { row in
        guard let day = row.day(date) else { return }
        for column in row.match.others {
          guard let value = row.number(column) else { continue }
          row.tables.addRelease(.macro, codes[column], day, release: row.lagged(day), value: value)
        }
      }
    })

  /// Series as they stood in vintages, a column each.
  static let alfredVintages = Importer(
    "alfred", title: "ALFRED, one or more vintages, a column each (output types 2 and 3)",
    columns: FormatColumns(
      [.date("observation_date", "DATE")],
      others: FormatColumns.Others(shown: "vintage, `SERIES_YYYYMMDD`") { vintage($0) != nil }),
    files: "",
    release: "A vintage is known from 23:59:59 UTC of its date. What a vintage repeats is not stored again; what it no "
      + "longer has, between its first and last observation, is withdrawn.",
    exampleName: "GDPC1_2_Vintages.csv",
    example: """
      observation_date,GDPC1_20200130,GDPC1_20200227
      2019-07-01,19121.112,19121.112
      2019-10-01,19219.767,19221.970
      2020-01-01,.,.
      """,
    isSure: { start, match in isFREDDate(start.header[0]) && match.leftAside.isEmpty },
    read: { reader in
      let date = reader.column("observation_date")
      let columns = reader.match.others
      let vintages = columns.map { vintage(reader.start.header[$0]) }
      var values: [[(observation: Day, value: Double)]] = Array(repeating: [], count: vintages.count)
      reader.forEachRow { row in
        guard let day = row.day(date) else { return }
        for (place, column) in columns.enumerated() {
          if let value = row.number(column) { values[place].append((day, value)) }
        }
      }
      for (found, values) in zip(vintages, values) {
        guard let found, !values.isEmpty else { continue }
        reader.tables.addVintage(
          VintageSnapshot(code: found.code, release: KnowledgeTime(endOf: found.day), values: values))
      }
    })

  /// Every figure with the period in which it was the latest.
  static let alfredPeriods = Importer(
    "alfred-periods", title: "ALFRED, observations by real-time period (output type 1)",
    columns: FormatColumns(
      [
        .date("period_start_date", "observation_date", "date"), .date("realtime_start_date", "realtime_start"),
        .date("realtime_end_date", "realtime_end", need: .optional),
      ], others: FormatColumns.Others(shown: "series") { !$0.isEmpty }),
    files: "There is one series in a file. A column `value` is the series of the file's name, or `--name`.",
    release:
      "A figure is known from 23:59:59 UTC of its real-time start. One whose period ends with no other after it is "
      + "withdrawn, unless its end is the last of the file.",
    exampleName: "PAYEMS.csv",
    example: """
      period_start_date,PAYEMS,realtime_start_date,realtime_end_date
      2019-12-01,152383,2020-01-10,2020-02-06
      2019-12-01,152234,2020-02-07,9999-12-31
      """,
    read: { reader in RealtimePeriods.read(&reader) })

  /// How FRED has named its dates; a small `date` is another's.
  private static func isFREDDate(_ name: String) -> Bool { name == "observation_date" || name == "DATE" }

  /// `GDPC1_20200130`: series and vintage.
  private static func vintage(_ name: String) -> (code: String, day: Day)? {
    guard let mark = name.lastIndex(of: "_") else { return nil }
    let digits = name[name.index(after: mark)...]
    guard digits.utf8.count == 8, digits.allSatisfy(\.isNumber), case .day(let day) = WrittenDate.read(String(digits))
    else { return nil }
    let code = String(name[..<mark])
    return code.isEmpty ? nil : (code, day)
  }
}

/// Reads real-time periods, and finds what was withdrawn.
private enum RealtimePeriods {
  struct Period {
    var start: Day
    var end: Day?
  }

  static func read(_ reader: inout ImportReader) {
    let (date, start, end) = (
      reader.column("period_start_date"), reader.column("realtime_start_date"), reader.column("realtime_end_date")
    )
    let others = reader.match.others
    guard others.count == 1, let column = others.first else {
      reader.report(.oneValueColumn(others.map { reader.start.header[$0] }))
      return
    }
    let isNamed =
      FileStart.plain(reader.start.header[column]) != "value"
      || reader.options.name == nil && reader.start.baseName.isEmpty
    let code = isNamed ? reader.start.header[column] : reader.name
    var periods: [Day: [Period]] = [:]
    reader.forEachRow { row in
      guard let observation = row.day(date), let from = row.day(start) else { return }
      let value = row.number(column)
      row.tables.addRelease(.macro, code, observation, release: KnowledgeTime(endOf: from), value: value)
      periods[observation, default: []].append(Period(start: from, end: row.dayIfAny(end)))
    }
    let last = periods.values.joined().compactMap(\.end).max()
    for observation in periods.keys.sorted() {
      let known = (periods[observation] ?? []).sorted { $0.start < $1.start }
      for (place, period) in known.enumerated() {
        guard let end = period.end, let last, end < last else { continue }
        let next = place + 1 < known.count ? known[place + 1].start : nil
        if let next, next <= end + 1 { continue }
        reader.tables.addRelease(.macro, code, observation, release: KnowledgeTime(endOf: end + 1), value: nil)
      }
    }
  }
}
