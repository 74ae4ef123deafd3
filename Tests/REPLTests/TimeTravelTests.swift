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
}
