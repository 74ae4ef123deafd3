import Testing

@testable import REPL

/// The sample market's GDP is revised, its prices split, and Lehman is delisted: sessions that move between dates see it.
@Suite struct TimeTravelTests {
  @Test func everythingIsSeenAsOfTheDate() {
    let done = Transcript.of(lines: [
      ":as_of 2008-09-12", "as_of", "has_price(\"LEH\")", "let then = macro(\"US_RT_PAYROLLS\")",
      "let seen = then.last_date()",
      ":as_of 2009-09-15", "has_price(\"LEH\")", "macro(\"US_RT_PAYROLLS\").last_date() > seen",
      "then.last_date() == seen",
      "then.on(seen) == macro(\"US_RT_PAYROLLS\").on(seen)",
    ])
    #expect(done.messages == "as of 2008-09-12\nas of 2009-09-15\n")
    #expect(done.status == 0)
    #expect(done.answers == "2008-09-12\ntrue\nfalse\ntrue\ntrue\nfalse\n")
  }

  @Test func oneGoesOnAndBack() {
    let done = Transcript.of(lines: [
      ":as_of 2010-01-04", ":next", ":prev", ":next month", ":prev 1y", ":next 10bd", ":as_of last",
      ":as_of 2011-01-01",
      ":next soon",
    ])
    #expect(
      done.messages.hasPrefix(
        """
        as of 2010-01-04
        as of 2010-01-05
        as of 2010-01-04
        as of 2010-02-04
        as of 2009-02-04
        as of 2009-02-19
        as of 2019-12-31
        as of 2011-01-01, which is no session

        """))
    #expect(done.messages.contains("`soon` is no distance in time"))
    #expect(done.status == 2)
  }

  @Test func theLookAheadIsRefusedButAtTheOutermost() {
    let done = Transcript.of(lines: [
      ":as_of 2010-01-04", "at 2009-01-02 { as_of }", "at 2012-01-03 { as_of }",
      "fn later() = at 2012-01-03 { as_of }", "later()",
    ])
    #expect(done.answers == "2009-01-02\n2012-01-03\n")
    #expect(done.messages.contains("error[E0601]"))
  }

  @Test func distancesAreCountedInWords() {
    let done = Transcript.of(lines: [
      ":as_of 2010-01-04", ":next 2", ":next 2 months", ":prev 1 quarter", ":next 3 weeks", ":prev 2 years", ":next 0",
      ":next 5 days", ":prev 1 session", ":next 2mo",
    ])
    #expect(
      done.messages
        == [
          "2010-01-04", "2010-01-06", "2010-03-05", "2009-12-04", "2009-12-24", "2007-12-24", "2007-12-24",
          "2007-12-28",
          "2007-12-27", "2008-02-27",
        ].map { "as of \($0)\n" }.joined())
    #expect(done.status == 0)
  }

  @Test func aPeriodStandsForItsLastSession() {
    let done = Transcript.of(lines: [
      ":as_of 2008-06", ":as_of 2008-5", ":as_of 2009-Q1", ":as_of 2009q2", ":as_of 2011", ":as_of 1999-02",
      ":as_of 2050-01",
    ])
    #expect(
      done.messages.hasPrefix(
        """
        as of 2008-06-30, the last session of 2008-06
        as of 2008-05-30, the last session of 2008-5
        as of 2009-03-31, the last session of 2009-Q1

        """))
    #expect(done.messages.contains("`2009q2` is no date"))
    #expect(done.status == 2)
  }

  @Test func theEndsOfTheDataAreSaid() {
    let done = Transcript.of(lines: [
      ":as_of 2050-01-01", ":as_of 1999-02", ":as_of last", ":next 5", ":prev 9999999", ":next 999999999mo",
      ":prev 999999999d", ":next 178956970y",
    ])
    #expect(done.status == 0)
    #expect(
      done.messages.split(separator: "\n").map(String.init) == [
        "as of 2050-01-01, which is after the last session of the data, 2019-12-31",
        "as of 1999-02-28, the last day of 1999-02, which is before the first session of the data, 2005-01-03",
        "as of 2019-12-31", "as of 2019-12-31, the last session of the data",
        "as of 2005-01-03, the first session of the data", "as of 2019-12-31, the last session of the data",
        "as of 2005-01-03, the first session of the data", "as of 2019-12-31, the last session of the data",
      ])
  }

  @Test(arguments: [
    ":next -2", ":next 2 fortnights", ":next 2 2", ":next 99999999999999999999", ":prev 1.5", ":next \"",
  ])
  func whatIsNoDistanceIsSaid(_ line: String) {
    let done = Transcript.of(lines: [line])
    #expect(done.status == 2)
    #expect(done.messages.contains("is no distance in time"))
  }
}
