import Diagnostics
import MarketModel

// What is said about rows and cells.
extension Diagnostic {
  static func malformedRow(_ found: Int, expected: Int, at place: Location) -> Diagnostic {
    Diagnostic(.malformedRow, "the row has \(found) fields, the header \(expected)", at: place)
  }
  static func openQuote(at place: Location) -> Diagnostic {
    Diagnostic(.malformedRow, "a double quote is not closed on its line", at: place)
  }
  static func malformedNumber(_ text: String, _ column: String, at place: Location) -> Diagnostic {
    Diagnostic(.malformedNumber, "`\(text)` in column `\(column)` is not a number", at: place)
  }
  static func infiniteNumber(_ value: Double, _ column: String, _ key: String, at place: Location?) -> Diagnostic {
    Diagnostic(.malformedNumber, "the \(column) of \(key) is `\(value)`, not a finite number", at: place)
  }
  static func malformedDate(_ text: String, _ column: String, at place: Location) -> Diagnostic {
    Diagnostic(.malformedDate, "`\(text)` in column `\(column)` is not a date: expected YYYY-MM-DD", at: place)
  }
  static func timeOfDay(_ text: String, _ column: String, at place: Location) -> Diagnostic {
    Diagnostic(.timeOfDay, "`\(text)` in column `\(column)` has a time of day, but bars are daily", at: place)
  }
  static func missingKey(_ column: String, at place: Location?) -> Diagnostic {
    Diagnostic(.missingKey, "the field `\(column)` is empty", at: place)
  }
  static func malformedReleaseTime(_ text: String, at place: Location) -> Diagnostic {
    Diagnostic(
      .malformedReleaseTime, "`\(text)` is not a release time: expected YYYY-MM-DDThh:mm:ss with Z or an offset",
      at: place)
  }
  static func malformedRevision(_ text: String, at place: Location) -> Diagnostic {
    Diagnostic(.malformedNumber, "`\(text)` in column `revision` is not a whole number", at: place)
  }
  static func badTenor(_ text: String, at place: Location?) -> Diagnostic {
    Diagnostic(
      .badTenor,
      "the tenor `\(text)` is no whole number of days from 0, and no number with a unit such as `6mo` or `10y`",
      at: place)
  }
  static func membershipEndsEarly(_ ticker: String, _ start: Day, _ end: Day, at place: Location?) -> Diagnostic {
    Diagnostic(
      .membershipEndsEarly, "the membership of `\(ticker)` ends on \(end), before it starts on \(start)", at: place)
  }
  static func badAction(_ what: String, _ ticker: String, _ value: Double, at place: Location?) -> Diagnostic {
    Diagnostic(.badAction, "the \(what) of `\(ticker)` is \(value)", at: place)
  }
  static func dividendTooLarge(
    _ ticker: String, _ exDate: Day, dividend: Double, price: Double, at place: Location?
  ) -> Diagnostic {
    Diagnostic(
      .dividendTooLarge,
      "the dividend of `\(ticker)` on \(exDate) is \(dividend), not below the close \(price) before it", at: place)
  }
  static func conflictingRows(_ key: String, at place: Location?, first: Location?) -> Diagnostic {
    Diagnostic(
      .conflictingRows, "two rows for \(key) differ", at: place,
      notes: [Note("the other row is here", at: first)])
  }
  static func startDatedBars(_ name: String, _ period: BarPeriod, at place: Location?) -> Diagnostic {
    Diagnostic(
      .startDatedBars,
      "the \(period.adjective) bars of `\(name)` are dated at the start of their \(period.noun): as dated they would be "
        + "known before they were over", at: place,
      notes: [
        Note(
          "say `bar_dates: start` in dataset.yaml to date them at the end of their \(period.noun), or `bar_dates: end` if "
            + "they were known on their dates")
      ])
  }
  static func noAction(_ ticker: String, _ exDate: Day, at place: Location?) -> Diagnostic {
    Diagnostic(
      .noAction, "the action of `\(ticker)` on \(exDate) has no split, no dividend and no delisting price", at: place)
  }
  static func unknownTenorUnit(_ text: String, _ column: String, at place: Location) -> Diagnostic {
    Diagnostic(
      .unknownTenorUnit, "the unit of the tenor `\(text)` in column `\(column)` is not known", at: place,
      notes: [
        Note(
          "say `tenor_unit: years` (or months, weeks, days) in dataset.yaml, call the column tenor_days, or write the "
            + "unit into the cells, as in `10y` or `6mo`")
      ])
  }
  static func noTickerColumn(
    _ day: Day, leftAside columns: [String], at place: Location?, first: Location?
  ) -> Diagnostic {
    let names = ([Field.ticker.name] + Field.ticker.synonyms.prefix(9)).joined(separator: ", ")
    let list = columns.isEmpty ? "" : "; not understood: " + LoadingNote.list(columns)
    return Diagnostic(
      .noTickerColumn, "two rows of \(day) differ, and no column tells their tickers apart", at: place,
      notes: [
        Note("the other row is here", at: first), Note("call the column of tickers one of \(names)\(list)"),
      ])
  }
  static func strictDefect(_ defect: Defect) -> Diagnostic {
    Diagnostic(
      .strictDefect, "\(defect.kind.rawValue): \(defect.text)",
      at: defect.file.map { .file($0, line: defect.line, column: 0) })
  }
}
