import MarketModel
import Testing

@Suite struct TradingCalendarTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }
  /// January 2020 without New Year and Martin Luther King's day.
  private var calendar: TradingCalendar {
    let days = (0..<31).map { day("2020-01-01") + $0 }
    let holidays = [day("2020-01-01"), day("2020-01-20")]
    return TradingCalendar(
      rule: .sessions, sessions: days.filter { $0.isWeekday && !holidays.contains($0) }.map(\.rawValue))
  }

  @Test func findsSessions() {
    #expect(calendar.count == 21)
    #expect(calendar.index(onOrBefore: day("2020-01-01")) == nil)
    #expect(calendar.index(onOrBefore: day("2020-01-05")) == 1)
    #expect(calendar.index(onOrAfter: day("2020-01-05")) == 2)
    #expect(calendar.index(onOrAfter: day("2020-02-01")) == nil)
    #expect(calendar.index(of: day("2020-01-20")) == nil)
    #expect(calendar.contains(day("2020-01-21")))
  }

  @Test func afterTheLastSessionWeekdaysCount() {
    // The last session is Friday 2020-01-31.
    let last = day("2020-01-31")
    #expect(calendar.age(of: last, at: day("2020-02-02")) == 0)
    #expect(calendar.age(of: last, at: day("2020-02-14")) == 10 && calendar.age(of: last, at: day("2020-02-17")) == 11)
    #expect(calendar.age(of: day("2020-01-17"), at: day("2020-02-03")) == 10)
    #expect(calendar.age(of: day("2020-02-05"), at: day("2020-02-07")) == 2)
    let all = TradingCalendar(rule: .all, sessions: [last.rawValue])
    #expect(all.age(of: last, at: day("2020-02-10")) == 10)
    #expect(TradingCalendar(rule: .sessions, sessions: []).age(of: last, at: day("2020-02-10")) == 6)
  }

  @Test func freshnessAndStepsAgreeWithAgesAfterTheLastSession() {
    for calendar in [calendar, TradingCalendar(rule: .sessions, sessions: [])] {
      for now in (0..<40).map({ day("2020-01-25") + $0 }) {
        for count in 0...30 {
          let oldest = calendar.oldestFreshDay(CalendarDuration(count, .sessions), asOf: now)
          for observed in (0..<60).map({ now - $0 }) where observed >= day("2020-01-02") {
            #expect(
              (observed >= oldest) == (calendar.age(of: observed, at: now) <= count), "\(observed) \(now) \(count)")
          }
          let back = calendar.offset(now, by: -count, knownThrough: now)
          if now.isWeekday, back >= day("2020-01-02") { #expect(calendar.age(of: back, at: now) == count) }
        }
      }
    }
  }

  @Test func countsAgesInSessions() {
    #expect(calendar.age(of: day("2020-01-17"), at: day("2020-01-17")) == 0)
    #expect(calendar.age(of: day("2020-01-17"), at: day("2020-01-20")) == 0)
    #expect(calendar.age(of: day("2020-01-17"), at: day("2020-01-22")) == 2)
  }

  @Test(arguments: [
    ("2020-01-17", 1, "2020-01-21"), ("2020-01-18", 1, "2020-01-21"), ("2020-01-17", 0, "2020-01-17"),
    ("2020-01-21", -1, "2020-01-17"), ("2020-01-20", -1, "2020-01-17"), ("2020-01-31", 1, "2020-02-03"),
    ("2020-01-30", 3, "2020-02-04"), ("2020-01-02", -1, "2020-01-01"), ("2020-01-03", -3, "2019-12-31"),
  ])
  func offsets(_ from: String, _ steps: Int, _ to: String) {
    #expect(calendar.offset(day(from), by: steps) == day(to))
  }

  @Test func afterTheCutWeekdaysCount() {
    let known = day("2020-01-17")
    #expect(calendar.offset(known, by: 1, knownThrough: known) == day("2020-01-20"))
    #expect(calendar.offset(day("2020-01-16"), by: 3, knownThrough: known) == day("2020-01-21"))
    #expect(calendar.offset(day("2020-01-15"), by: 1, knownThrough: known) == day("2020-01-16"))
  }

  /// A day beyond the cut goes back over weekdays, as many as lead there, and then over sessions.
  @Test func backFromBeyondTheCutWeekdaysCount() {
    let known = day("2020-01-17")
    #expect(calendar.offset(day("2020-01-21"), by: -1, knownThrough: known) == day("2020-01-20"))
    for beyond in 1...9 {
      let later = calendar.offset(known, by: beyond, knownThrough: known)
      for steps in 1...12 {
        let back = calendar.offset(later, by: -steps, knownThrough: known)
        let expected = calendar.offset(known, by: beyond - steps, knownThrough: known)
        #expect(back == expected)
      }
    }
  }

  @Test func freshnessIsTheOtherSideOfAge() {
    for asOf in 0..<40 {
      for count in 0..<25 {
        let now = day("2020-01-01") + asOf
        let oldest = calendar.oldestFreshDay(CalendarDuration(count, .sessions), asOf: now)
        for offset in 0...asOf {
          let observed = day("2020-01-01") + offset
          #expect((observed >= oldest) == (calendar.age(of: observed, at: now) <= count))
        }
      }
    }
  }
}
