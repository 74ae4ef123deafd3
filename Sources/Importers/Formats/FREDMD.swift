import MarketData
import MarketModel

extension Importer {
  /// McCracken and Ng's monthly (and quarterly) database: all series in one file, one file a vintage.
  static let fredMD = Importer(
    "fred-md", title: "FRED-MD and FRED-QD, one vintage a file",
    columns: FormatColumns(
      [.date("sasdate")], others: FormatColumns.Others(shown: "series") { !$0.isEmpty }),
    files: "A row `Transform:` (and `factors`) stands before the figures. The name `2020-01.csv` is the vintage.",
    release:
      "A vintage is known from 23:59:59 UTC of the last day of its month. `current.csv` does not say its vintage: "
      + "it needs `--release-lag`. What a vintage no longer has is withdrawn.",
    exampleName: "2020-01.csv",
    example: """
      sasdate,RPI,UNRATE
      Transform:,5,2
      11/1/2019,16955.001,3.5
      12/1/2019,16978.117,3.5
      """,
    dateOrder: .mdy,
    read: { reader in
      let codes = reader.start.header
      let release = vintageOfMonth(reader.start.baseName).map { KnowledgeTime(endOf: $0) }
      if release == nil, reader.options.releaseLag == nil {
        reader.report(.needsReleaseLag("FRED-MD file whose name is no vintage", at: reader.location(nil)))
        return
      }
      let date = reader.column("sasdate") ?? 0
      var values: [[(observation: Day, value: Double)]] = Array(repeating: [], count: codes.count)
      reader.forEachRow { row in
        // The rows before the figures say how to transform them.
        if ["transform", "factors"].contains(FileStart.plain(row.text(date))) || row.text(date).isEmpty { return }
        guard let day = row.day(date) else { return }
        for column in row.match.others {
          if let value = row.number(column) { values[column].append((day, value)) }
        }
      }
      for column in reader.match.others where !values[column].isEmpty {
        if let release {
          reader.tables.addVintage(VintageSnapshot(code: codes[column], release: release, values: values[column]))
        } else {
          for (day, value) in values[column] {
            reader.tables.addRelease(.macro, codes[column], day, release: reader.lagged(day), value: value)
          }
        }
      }
    })

  /// The last day of the month that a name such as `2020-01` or `2020-01-md` begins with.
  private static func vintageOfMonth(_ name: String) -> Day? {
    guard name.utf8.count >= 7 else { return nil }
    return Day(iso: name.prefix(7) + "-01")?.monthEnd
  }
}
