import MarketData
import MarketModel

extension Importer {
  /// Daily prices as Stooq's site gives them for one ticker.
  static let stooq = Importer(
    "stooq", title: "Stooq, daily prices of one ticker",
    files: "Columns `Date,Open,High,Low,Close[,Volume]`; the name `aapl_us_d` is the ticker AAPL, any other name is "
      + "itself, and `--name` is another.",
    release:
      "A row is known at the cut of its date. Stooq's prices are adjusted already, as of the day of the download.",
    exampleName: "aapl_us_d.csv",
    example: """
      Date,Open,High,Low,Close,Volume
      2020-01-02,71.799866,72.8769,71.545387,72.8769,140292684
      2020-01-03,71.94139,72.8721,71.7837,72.1683,152852714
      """,
    recognizes: { start in
      let columns = ["date", "open", "high", "low", "close"]
      return start.plain == columns + ["volume"] || start.plain == columns
    },
    read: { reader in
      let ticker = reader.options.name ?? stooqTicker(ofFile: reader.start.baseName)
      reader.forEachRow { row in
        guard let day = row.day(0, .iso) else { return }
        row.tables.addPrice(
          ticker, day, open: row.number(1), high: row.number(2), low: row.number(3), close: row.number(4),
          volume: row.number(row.column("volume")))
      }
    })

  /// Daily prices as Stooq's archives hold them.
  static let stooqBulk = Importer(
    "stooq-bulk", title: "Stooq, daily archive",
    files: "Columns `<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>`; the ticker AAPL.US is "
      + "AAPL, those of other markets keep their ending.",
    release:
      "A row is known at the cut of its date. Stooq's prices are adjusted already, as of the day of the download.",
    exampleName: "aapl.us.txt",
    example: """
      <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
      AAPL.US,D,20200102,000000,71.799866,72.8769,71.545387,72.8769,140292684,0
      AAPL.US,D,20200103,000000,71.94139,72.8721,71.7837,72.1683,152852714,0
      """,
    recognizes: { $0.header.first == "<TICKER>" && $0.plain.contains("date") && $0.plain.contains("close") },
    read: { reader in
      let volume = reader.column("vol")
      reader.forEachRow { row in
        if let period = row.column("per"), row.text(period) != "D" {
          row.report(.notDaily(row.text(period), at: row.location(period)))
          return
        }
        guard let day = row.day(row.column("date"), .digits) else { return }
        row.tables.addPrice(
          stooqTicker(row.text(0)), day, open: row.number(row.column("open")), high: row.number(row.column("high")),
          low: row.number(row.column("low")), close: row.number(row.column("close")), volume: row.number(volume))
      }
    })

  /// `AAPL.US` is AAPL.
  private static func stooqTicker(_ text: String) -> String {
    let upper = text.uppercased()
    return upper.hasSuffix(".US") ? String(upper.dropLast(3)) : upper
  }

  /// `aapl_us_d` is AAPL, `cdr_d` is CDR.
  private static func stooqTicker(ofFile name: String) -> String {
    let lower = name.lowercased()
    for ending in ["_us_d", "_d", ".us"] where lower.hasSuffix(ending) {
      return lower.dropLast(ending.count).uppercased()
    }
    return name
  }
}
