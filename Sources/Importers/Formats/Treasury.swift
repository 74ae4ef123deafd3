import MarketData
import MarketModel

extension Importer {
  /// Par yields as the US Treasury publishes them.
  static let treasury = Importer(
    "treasury", title: "US Treasury, daily par yield curve rates",
    columns: FormatColumns(
      [.date("Date")],
      others: FormatColumns.Others(shown: "tenor, such as `1 Mo`, `1.5 Month`, `10 Yr`") {
        tenor(FileStart.plain($0)) != nil
      }),
    files: "The curve is UST_PAR, or `--name`. Tenors in days: months 30, 46, 61, 91, 122 and 182, years of 365.",
    release: "Published in the evening: known from 18:00 in New York on the curve's date.",
    exampleName: "daily-treasury-rates.csv",
    example: """
      Date,"1 Mo","1.5 Month","2 Mo","3 Mo","6 Mo","1 Yr","10 Yr","30 Yr"
      02/18/2025,4.37,4.38,4.36,4.35,4.33,4.23,4.55,4.77
      02/14/2025,4.37,,4.36,4.34,4.30,4.23,4.47,4.69
      """,
    dateOrder: .mdy,
    read: { reader in
      let curve = reader.options.name ?? "UST_PAR"
      let date = reader.column("Date")
      let tenors = reader.match.others.compactMap { column in
        tenor(FileStart.plain(reader.start.header[column])).map { (column, $0) }
      }
      guard let evening = DecisionTime("18:00 America/New_York") else {
        reader.report(.noZone())
        return
      }
      reader.forEachRow { row in
        guard let day = row.day(date) else { return }
        let release = evening.instant(on: day)
        for (column, tenor) in tenors {
          guard let rate = row.number(column) else { continue }
          row.tables.addCurvePoint(curve, day, tenorDays: tenor, rate: rate, release: release)
        }
      }
    })

  /// `1mo`, `15month` (one and a half), `10yr`: a tenor in days.
  private static func tenor(_ plain: String) -> Int? {
    let digits = plain.prefix { $0.isNumber }
    let unit = plain.dropFirst(digits.count)
    guard let count = Int(digits), digits.count <= 2 else { return nil }
    if ["yr", "year", "years"].contains(unit) { return count * 365 }
    guard ["mo", "month", "months"].contains(unit) else { return nil }
    // The point of `1.5 Month` is gone; there is no tenor of fifteen months.
    return [1: 30, 15: 46, 2: 61, 3: 91, 4: 122, 6: 182][count]
  }
}
