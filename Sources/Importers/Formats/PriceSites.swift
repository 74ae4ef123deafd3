import MarketData
import MarketModel

extension Importer {
  /// Daily prices as Nasdaq's site gives them.
  static let nasdaq = Importer(
    "nasdaq", title: "Nasdaq.com, historical quotes of one ticker",
    columns: .prices(own: nasdaqNames),
    files: "Prices with a `$`, dates with the month first. The file's name is the ticker, or `--name`.",
    release: "A row is known at the cut of its date. Prices are adjusted for splits.",
    exampleName: "AAPL.csv",
    example: """
      Date,Close/Last,Volume,Open,High,Low
      10/16/2020,$119.02,115393800,$121.28,$121.548,$118.81
      10/15/2020,$120.71,112559200,$118.72,$121.20,$118.15
      """,
    dateOrder: .mdy,
    isSure: { start, match in
      match["ticker"] == nil && match["Close/Last"].map { FileStart.plain(start.header[$0]) == "closelast" } ?? false
    },
    read: { reader in
      let ticker = reader.name
      PriceRows(reader, own: nasdaqNames).read(&reader, ticker: ticker)
    })

  private static let nasdaqNames: [Field: [String]] = [
    .date: ["Date"], .close: ["Close/Last"], .volume: ["Volume"], .open: ["Open"], .high: ["High"], .low: ["Low"],
  ]

  /// Daily prices as Investing.com gives them.
  static let investing = Importer(
    "investing", title: "Investing.com, historical data of one instrument",
    columns: .prices(own: investingNames),
    files: "Dates as the site's language writes them, volumes with K, M or B. The file's name is the ticker, or "
      + "`--name`.",
    release: "A row is known at the cut of its date.",
    exampleName: "S&P 500.csv",
    example: """
      "Date","Price","Open","High","Low","Vol.","Change %"
      "10/16/2020","3,483.81","3,493.50","3,515.76","3,480.45","-","0.01%"
      "10/15/2020","3,483.34","3,453.72","3,489.08","3,440.89","2.02M","-0.15%"
      """,
    isSure: { start, match in
      match["ticker"] == nil && match["Price"].map { FileStart.plain(start.header[$0]) == "price" } ?? false
    },
    read: { reader in
      let ticker = reader.name
      PriceRows(reader, own: investingNames).read(&reader, ticker: ticker)
    })

  private static let investingNames: [Field: [String]] = [
    .date: ["Date"], .close: ["Price"], .open: ["Open"], .high: ["High"], .low: ["Low"], .volume: ["Vol."],
  ]

  /// Daily prices of a pair as CryptoDataDownload gives them.
  static let cryptoDataDownload = Importer(
    "cryptodatadownload", title: "CryptoDataDownload, daily prices of pairs",
    columns: FormatColumns(
      FormatColumns.prices([.ticker, .open, .high, .low, .close], own: cryptoNames).columns,
      others: FormatColumns.Others(shown: "volume: `Volume BTC`, `Volume USD`") {
        FileStart.plain($0).hasPrefix("volume") && FileStart.plain($0) != "volume"
      }),
    files: "The site's address may stand before the header. The volume is that in units of what the pair prices.",
    release: "A row is known at the cut of its date, a day in UTC.",
    exampleName: "Bitstamp_BTCUSD_d.csv",
    example: """
      https://www.CryptoDataDownload.com
      unix,date,symbol,open,high,low,close,Volume BTC,Volume USD
      1602806400,2020-10-16 00:00:00,BTC/USD,11497.59,11537.98,11202.00,11330.01,5241.02,59387221.5
      1602720000,2020-10-15 00:00:00,BTC/USD,11419.35,11619.12,11268.69,11497.59,5066.93,57974205.1
      """,
    read: { reader in
      let symbol = reader.match["symbol"].flatMap { reader.start.rows.first?[checked: $0] }.map(FileStart.plain) ?? ""
      // Of the volumes in two units, that of the first in the pair's name.
      let volume = reader.match.others.first {
        symbol.hasPrefix(FileStart.plain(reader.start.header[$0]).dropFirst("volume".count))
      }
      reader.leaveAside(reader.match.others.filter { $0 != volume })
      let ticker = reader.name
      PriceRows(reader, own: cryptoNames).read(&reader, ticker: ticker, volume: volume)
    })

  private static let cryptoNames: [Field: [String]] = [.date: ["date"], .ticker: ["symbol"]]
}

extension Array {
  /// An element, or `nil` outside the array.
  fileprivate subscript(checked place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
