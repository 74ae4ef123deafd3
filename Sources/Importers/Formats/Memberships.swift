import MarketData
import MarketModel

extension Importer {
  /// The members of an index on each day on which they changed.
  static let memberLists = Importer(
    "member-lists", title: "Index members, the whole list on each date of a change",
    columns: FormatColumns([.date("date"), .text("tickers", "constituents")]),
    files:
      "The tickers of a date stand in one cell, separated by commas, or else by semicolons, or else by blanks. The universe is the file's "
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
    isSure: { $1.leftAside.isEmpty },
    read: { reader in
      var lists: [(day: Day, tickers: Set<String>)] = []
      guard let list = reader.column("tickers") else { return }
      let date = reader.column("date")
      reader.forEachRow { row in
        guard let day = row.day(date) else { return }
        lists.append((day, Set(names(row.text(list)))))
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

  /// The names of a list; what separates them is the first of comma, semicolon and blank that it has.
  private static func names(_ list: String) -> [String] {
    let signs: [Character] = [",", ";"]
    let separator = signs.first { list.contains($0) }
    let parts = list.split { character in separator.map { $0 == character } ?? character.isWhitespace }
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  private static func trimmed(_ name: Substring) -> String {
    String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// A row for each stretch of membership.
  static let memberSpans = Importer(
    "member-spans", title: "Index members, a row for each stretch of membership",
    columns: FormatColumns([.text("ticker", "symbol"), .date("start_date"), .date("end_date")]),
    files: "The universe is the file's name, or `--name`.",
    release: "A ticker is a member from its start date up to, but not on, its end date; without one it still is.",
    exampleName: "SP500.csv",
    example: """
      ticker,start_date,end_date
      AAL,2015-03-23,2024-09-23
      AAPL,1996-01-02,
      """,
    isSure: { $1.leftAside.isEmpty },
    read: { reader in
      guard let ticker = reader.column("ticker") else { return }
      let (first, last) = (reader.column("start_date"), reader.column("end_date"))
      reader.forEachRow { row in
        let (start, end) = (row.dayIfAny(first), row.dayIfAny(last))
        if row.text(ticker).isEmpty { return }
        row.tables.addMembership(row.name, row.text(ticker), start: start, end: end)
      }
    })
}
