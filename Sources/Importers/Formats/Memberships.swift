import MarketData
import MarketModel

extension Importer {
  /// The members of an index on each day on which they changed.
  static let memberLists = Importer(
    "member-lists", title: "Index members, the whole list on each date of a change",
    files: "Columns `date,tickers`, the tickers of a date in one cell, separated by commas. The universe is the file's "
      + "name, or `--name`.",
    release:
      "A ticker is a member from the date of the first list that has it up to, but not on, that of the first list "
      + "that has it no more.",
    exampleName: "SP500.csv",
    example: """
      date,tickers
      2019-01-02,"A,AAL,AAPL"
      2019-01-18,"A,AAPL,TFX"
      """,
    recognizes: { $0.plain == ["date", "tickers"] || $0.plain == ["date", "constituents"] },
    read: { reader in
      var lists: [(day: Day, tickers: Set<String>)] = []
      reader.forEachRow { row in
        guard let day = row.day(0, .iso) else { return }
        let names = row.text(1).split { ",; \t".contains($0) }.map(String.init)
        lists.append((day, Set(names)))
      }
      lists.sort { $0.day < $1.day }
      for (before, after) in zip(lists, lists.dropFirst())
      where before.day == after.day && before.tickers != after.tickers {
        reader.report(.twoLists(before.day))
      }
      var since: [String: Day] = [:]
      for (day, tickers) in lists {
        for ticker in since.keys.sorted() where !tickers.contains(ticker) {
          reader.tables.addMembership(reader.name, ticker, start: since.removeValue(forKey: ticker), end: day)
        }
        for ticker in tickers where since[ticker] == nil { since[ticker] = day }
      }
      for ticker in since.keys.sorted() {
        reader.tables.addMembership(reader.name, ticker, start: since[ticker], end: nil)
      }
    })

  /// A row for each stretch of membership.
  static let memberSpans = Importer(
    "member-spans", title: "Index members, a row for each stretch of membership",
    files: "Columns `ticker,start_date,end_date`. The universe is the file's name, or `--name`.",
    release: "A ticker is a member from its start date up to, but not on, its end date; without one it still is.",
    exampleName: "SP500.csv",
    example: """
      ticker,start_date,end_date
      AAL,2015-03-23,2024-09-23
      AAPL,1996-01-02,
      """,
    recognizes: { $0.plain == ["ticker", "startdate", "enddate"] || $0.plain == ["symbol", "startdate", "enddate"] },
    read: { reader in
      reader.forEachRow { row in
        let start = row.text(1).isEmpty ? nil : row.day(1, .iso)
        let end = row.text(2).isEmpty ? nil : row.day(2, .iso)
        if row.text(0).isEmpty { return }
        row.tables.addMembership(row.name, row.text(0), start: start, end: end)
      }
    })
}
