import MarketData
import MarketModel

extension Importer {
  /// Daily prices as Stooq's site gives them for one ticker.
  static let stooq = Importer(
    "stooq", title: "Stooq, daily prices of one ticker",
    columns: .prices(own: stooqNames),
    files: "Also with the Polish names of stooq.pl (`Data`, `Otwarcie`, `Najwyzszy`, `Najnizszy`, `Zamkniecie`, "
      + "`Wolumen`). The name `aapl_us_d` is the ticker AAPL, any other name is itself, and `--name` is another.",
    release: stooqRelease,
    exampleName: "aapl_us_d.csv",
    example: """
      Date,Open,High,Low,Close,Volume
      2020-01-02,71.799866,72.8769,71.545387,72.8769,140292684
      2020-01-03,71.94139,72.8721,71.7837,72.1683,152852714
      """,
    isSure: { start, match in
      // Many others have the same columns: the names of files or of columns are Stooq's own.
      let isPolish = match["Date"].map { FileStart.plain(start.header[$0]) == "data" } ?? false
      let isNamed = stooqEndings.contains { start.baseName.lowercased().hasSuffix($0) }
      let isBare = match.leftAside.isEmpty && match["ticker"] == nil && match["adjusted_close"] == nil
      return isPolish || (isNamed && isBare)
    },
    read: { reader in
      let ticker = reader.options.name ?? stooqTicker(ofFile: reader.start.baseName)
      PriceRows(reader, own: stooqNames).read(&reader, ticker: ticker)
    })

  /// Daily prices as Stooq's archives hold them.
  static let stooqBulk = Importer(
    "stooq-bulk", title: "Stooq, daily archive",
    columns: .prices(
      [.ticker, .open, .high, .low, .close],
      own: bracketed.merging([.ticker: ["<TICKER>"], .volume: ["<VOL>"]]) { $1 },
      more: [.text("<PER>", need: .optional), .text("<TIME>", need: .optional)]),
    files: "The ticker AAPL.US is AAPL, those of other markets keep their ending.",
    release: stooqRelease,
    exampleName: "aapl.us.txt",
    example: """
      <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
      AAPL.US,D,20200102,000000,71.799866,72.8769,71.545387,72.8769,140292684,0
      AAPL.US,D,20200103,000000,71.94139,72.8721,71.7837,72.1683,152852714,0
      """,
    kin: "stooq",
    isSure: { start, _ in start.header.first == "<TICKER>" },
    read: { reader in
      let period = reader.column("<PER>")
      PriceRows(reader, own: bracketed.merging([.ticker: ["<TICKER>"], .volume: ["<VOL>"]]) { $1 }).read(
        &reader, ticker: reader.name,
        isBar: { row in
          guard let period, row.text(period).uppercased() != "D" else { return true }
          row.report(.notDaily(row.text(period), at: row.location(period)))
          return false
        }, spelled: { stooqTicker($0) })
    })

  private static let stooqRelease =
    "A row is known at the cut of its date. Stooq's prices are adjusted already, as of the day of the download."

  /// The endings of its files' names.
  private static let stooqEndings = ["_us_d", "_d", "_us_w", "_w", "_us_m", "_m", ".us"]

  /// Stooq's names, English and Polish.
  private static let stooqNames: [Field: [String]] = [
    .date: ["Date", "Data"], .open: ["Open", "Otwarcie"], .high: ["High", "Najwyzszy", "Najwyższy"],
    .low: ["Low", "Najnizszy", "Najniższy"], .close: ["Close", "Zamkniecie", "Zamknięcie"],
    .volume: ["Volume", "Wolumen"],
  ]

  /// The names of programs that write them in brackets.
  static let bracketed: [Field: [String]] = [
    .date: ["<DATE>", "<DTYYYYMMDD>"], .open: ["<OPEN>"], .high: ["<HIGH>"], .low: ["<LOW>"], .close: ["<CLOSE>"],
  ]

  /// `AAPL.US` is AAPL.
  private static func stooqTicker(_ text: String) -> String {
    let upper = text.uppercased()
    return upper.hasSuffix(".US") ? String(upper.dropLast(3)) : upper
  }

  /// `aapl_us_d` is AAPL, `cdr_d` is CDR.
  private static func stooqTicker(ofFile name: String) -> String {
    let lower = name.lowercased()
    for ending in stooqEndings where lower.hasSuffix(ending) {
      return lower.dropLast(ending.count).uppercased()
    }
    return name
  }
}
