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
    Diagnostic(.badTenor, "the tenor `\(text)` is not a whole number of days from 0", at: place)
  }
  static func priceNotPositive(_ column: String, _ name: String, _ value: Double, at place: Location?) -> Diagnostic {
    Diagnostic(.priceNotPositive, "the \(column) of `\(name)` is \(value), not positive", at: place)
  }
  static func releaseTooEarly(_ code: String, _ observation: Day, at place: Location?) -> Diagnostic {
    Diagnostic(
      .releaseTooEarly, "the release of `\(code)` lies more than 24 hours before its observation date \(observation)",
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
  static func strictDefect(_ defect: Defect) -> Diagnostic {
    Diagnostic(
      .strictDefect, "\(defect.kind.rawValue): \(defect.subject)",
      at: defect.file.map { .file($0, line: defect.line, column: 0) })
  }
}
