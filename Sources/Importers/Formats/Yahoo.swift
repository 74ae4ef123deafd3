import MarketData
import MarketModel

extension Importer {
  /// Daily prices as Yahoo Finance exported them.
  static let yahoo = Importer(
    "yahoo", title: "Yahoo Finance, daily prices of one ticker",
    files: "Columns `Date,Open,High,Low,Close,Adj Close,Volume`; the file's name is the ticker, or `--name`.",
    release: "A row is known at the cut of its date. The adjusted close is a level: only ratios within it count.",
    exampleName: "SPY.csv",
    example: """
      Date,Open,High,Low,Close,Adj Close,Volume
      2020-01-02,323.540009,324.890015,322.529999,324.869995,302.208862,59151200
      2020-01-03,321.160004,323.640015,321.100006,322.410004,299.920197,77709700
      2020-01-06,null,null,null,null,null,null
      """,
    recognizes: { $0.plain == ["date", "open", "high", "low", "close", "adjclose", "volume"] },
    read: { reader in
      let ticker = reader.name
      reader.forEachRow { row in
        guard let day = row.day(0, .iso) else { return }
        row.tables.addPrice(
          ticker, day, open: row.number(1), high: row.number(2), low: row.number(3), close: row.number(4),
          volume: row.number(6), adjustedClose: row.number(5))
      }
    })
}
