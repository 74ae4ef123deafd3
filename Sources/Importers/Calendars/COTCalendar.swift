import MarketData
import MarketModel

/// When the CFTC published each report of the commitments of traders; in doubt later, never earlier.
struct COTCalendar {
  /// The rule in words.
  static let rule =
    "Known from 15:30 in New York on the third federal business day after the report's date: a Friday, or later by the "
    + "holidays between. Weeks that came out late (the shutdowns of 2013, 2018-19 and 2025, the outage of February 2023) "
    + "are known from a day by which all of them were out; reports before October 2000 from a week later, before October "
    + "1992 from the eleventh business day."

  /// The day on which traders in financial futures were first reported on.
  static let financialReportsBegin = Day(iso: "2010-07-22")

  private let clock: DecisionTime

  /// `nil` if the system does not know New York's time.
  init?() {
    guard let clock = DecisionTime("15:30 America/New_York") else { return nil }
    self.clock = clock
  }

  /// When the report on a day's positions became known.
  func release(ofReport day: Day, notBefore: Day?) -> KnowledgeTime {
    var release = FederalCalendar.businessDay(3, after: day)
    if day < COTCalendar.weekly {
      // Every other week: the report of a week between came with the next.
      release = FederalCalendar.businessDay(3, after: day + 7)
    }
    if day < COTCalendar.fortnightly { release = FederalCalendar.businessDay(11, after: day) }
    for late in COTCalendar.lateReports where late.from <= day && day <= late.through {
      release = max(release, late.out)
    }
    return clock.instant(on: max(release, notBefore ?? release))
  }

  private static let weekly = Day(2000, 10, 3)
  private static let fortnightly = Day(1992, 10, 6)

  /// Reports that came out late, and a day by which they all were.
  private static let lateReports: [(from: Day, through: Day, out: Day)] = [
    (Day(2013, 10, 1), Day(2013, 10, 22), Day(2013, 11, 8)),
    (Day(2018, 12, 24), Day(2019, 3, 5), Day(2019, 3, 8)),
    (Day(2023, 1, 31), Day(2023, 3, 14), Day(2023, 3, 24)),
    (Day(2025, 9, 30), Day(2026, 1, 20), Day(2026, 1, 30)),
  ]
}

extension Day {
  /// A day of the list above, all of which exist.
  fileprivate init(_ year: Int, _ month: Int, _ day: Int) {
    self = Day(year: year, month: month, day: day) ?? .latest
  }
}
