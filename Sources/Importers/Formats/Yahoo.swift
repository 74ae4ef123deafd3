import MarketData
import MarketModel

extension Importer {
  /// Daily prices as Yahoo Finance exported them, and as programs that fetch from it write them.
  static let yahoo = Importer(
    "yahoo", title: "Yahoo Finance, daily prices of one ticker",
    columns: .prices(own: yahooNames),
    files: "The file's name is the ticker, or `--name`, where no column says it.",
    release: yahooRelease,
    exampleName: "SPY.csv",
    example: """
      Date,Open,High,Low,Close,Adj Close,Volume
      2020-01-02,323.540009,324.890015,322.529999,324.869995,302.208862,59151200
      2020-01-03,321.160004,323.640015,321.100006,322.410004,299.920197,77709700
      2020-01-06,null,null,null,null,null,null
      """,
    datesBarsAtStart: true,
    isSure: { start, match in
      let adjusted = match["Adj Close"].map { FileStart.plain(start.header[$0]) }
      // Beside the prices of yfinance's `history`, which are adjusted for them.
      let aside = match.leftAside.map { FileStart.plain(start.header[$0]) }
      return adjusted == "adjclose" || ["dividends", "stocksplits"].allSatisfy { aside.contains($0) }
    },
    read: { reader in
      let ticker = reader.name
      PriceRows(reader, own: yahooNames).read(&reader, ticker: ticker)
    })

  /// What yfinance's `actions` gives.
  static let yahooActions = Importer(
    "yahoo-actions", title: "Yahoo Finance, dividends and splits of one ticker (yfinance's `actions`)",
    columns: FormatColumns([
      .date("Date"), .number("Dividends", need: .oneOf), .number("Stock Splits", "Splits", need: .oneOf),
    ]),
    files: "The file's name is the ticker, or `--name`. A 0 is no dividend, and no split.",
    release:
      "Known at the cut of its date, the ex-date. Yahoo's closes are adjusted for splits already, and its dividends "
      + "are those per share of today: beside Yahoo's own closes the splits would count twice.",
    exampleName: "AAPL.csv",
    example: """
      Date,Dividends,Stock Splits
      2020-08-07 00:00:00-04:00,0.205,0.0
      2020-08-31 00:00:00-04:00,0.0,4.0
      """,
    kin: "yahoo",
    isSure: { $1.leftAside.isEmpty },
    read: { reader in
      let (date, dividends, splits) = (
        reader.column("Date"), reader.column("Dividends"), reader.column("Stock Splits")
      )
      var hasSplits = false
      reader.forEachRow { row in
        guard let day = row.day(date) else { return }
        func given(_ column: Int?) -> Double? { row.number(column).flatMap { $0 == 0 ? nil : $0 } }
        let (dividend, split) = (given(dividends), given(splits))
        if dividend == nil, split == nil { return }
        hasSplits = hasSplits || split != nil
        row.tables.addAction(row.name, exDate: day, splitRatio: split, cashDividend: dividend)
      }
      if hasSplits {
        reader.remarks.append(
          "splits taken as they are: beside Yahoo's own closes, which are adjusted for them, they would count twice")
      }
    })

  static let yahooRelease =
    "A row is known at the cut of its date; weekly and monthly bars, which Yahoo dates at their start, at the last "
    + "weekday of their period. The adjusted close is a level: only ratios within it count."

  /// Yahoo's names.
  static let yahooNames: [Field: [String]] = [
    .date: ["Date"], .open: ["Open"], .high: ["High"], .low: ["Low"], .close: ["Close"],
    .adjustedClose: ["Adj Close", "AdjClose"], .volume: ["Volume"],
  ]
}
