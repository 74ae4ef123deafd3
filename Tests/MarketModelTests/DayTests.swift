import MarketModel
import Testing

@Suite struct DayTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  @Test func countsFromTheEpoch() {
    #expect(day("1970-01-01").rawValue == 0 && day("2000-03-01").rawValue == 11_017)
    #expect(Day.earliest.description == "0001-01-01" && Day.latest.description == "9999-12-31")
    for raw in stride(from: Day.earliest.rawValue, through: Day.latest.rawValue, by: 9_973) {
      let (year, month, dayOfMonth) = Day(rawValue: raw).civil
      #expect(Day(year: year, month: month, day: dayOfMonth)?.rawValue == raw)
    }
  }

  @Test(arguments: ["2023-02-29", "2023-13-01", "2023-00-10", "2023-1-01", "20230101", "0000-01-01", "2023-01-01x", ""])
  func refuses(_ text: String) { #expect(Day(iso: text) == nil) }

  @Test func knowsWeekdays() {
    #expect(day("1970-01-01").weekday == 4 && day("2024-02-29").weekday == 4 && day("1969-12-28").weekday == 7)
    #expect(day("2024-03-01").isWeekday && !day("2024-03-02").isWeekday)
  }

  @Test(arguments: [
    ("2020-01-31", 1, "2020-02-29"), ("2020-02-29", 12, "2021-02-28"), ("2020-01-31", -2, "2019-11-30"),
    ("2020-12-15", 1, "2021-01-15"), ("2020-01-15", -1, "2019-12-15"),
  ])
  func addsMonths(_ from: String, _ months: Int, _ to: String) {
    #expect(day(from).addingMonths(months) == day(to))
  }

  @Test func monthsEndWithTheCalendar() {
    #expect(Day.latest.addingMonths(1) == nil && Day.earliest.addingMonths(-1) == nil)
    #expect(day("2024-02-01").monthEnd == day("2024-02-29"))
  }

  /// Against stepping day by day.
  @Test func addsWeekdays() {
    for offset in 0..<14 {
      for count in -12...12 where count != 0 {
        let start = day("2024-02-26") + offset
        var expected = start
        var left = abs(count)
        while left > 0 {
          expected = expected + count.signum()
          if expected.isWeekday { left -= 1 }
        }
        #expect(start.addingWeekdays(count) == expected, "\(start) \(count)")
      }
    }
  }
}

@Suite struct KnowledgeTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"), (86_399_000_000, "1970-01-01T23:59:59Z"),
    (1_500_000, "1970-01-01T00:00:01.5Z"), (-86_400_000_000, "1969-12-31T00:00:00Z"),
  ])
  func writes(_ microseconds: Int64, _ text: String) {
    #expect(KnowledgeTime(microseconds: microseconds).description == text)
  }

  @Test func daysEndASecondBeforeMidnight() {
    let day = Day(2)
    #expect(KnowledgeTime(endOf: day).description == "1970-01-03T23:59:59Z")
    #expect(KnowledgeTime(endOf: day).day == day && KnowledgeTime(endOf: Day(-1)).day == Day(-1))
  }
}

@Suite struct CalendarDurationTests {
  @Test(arguments: [("45d", "45d"), ("2w", "14d"), ("12mo", "1y"), ("-3mo", "-3mo"), ("21bd", "21bd"), ("0d", "0d")])
  func reads(_ text: String, _ shortest: String) { #expect(CalendarDuration(text)?.description == shortest) }

  @Test(arguments: ["", "d", "5", "5x", "1.5d", "5 d", "99999999999d", "--5d", "٣d"])
  func refuses(_ text: String) { #expect(CalendarDuration(text) == nil) }
}

@Suite struct MissingTests {
  @Test(arguments: MissingReason.allCases)
  func reasonsTravelThroughArithmetic(_ reason: MissingReason) {
    #expect(Double.missing(reason).missingReason == reason)
    #expect((Double.missing(reason) * 2 + 1).missingReason == reason)
  }

  @Test func otherNotANumbersAreDomainErrors() {
    #expect((0.0 / 0.0).missingReason == .domainError && Double.signalingNaN.missingReason == .domainError)
    #expect(1.0.missingReason == nil && Double.infinity.missingReason == nil)
  }
}
