import MarketData
import MarketModel
import Testing

@Suite struct DecisionTimeTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  /// Cuts around changes of the clock, recorded ones and ones that follow from the zone's rule.
  @Test(arguments: [
    ("16:00 America/New_York", "2020-01-02", "2020-01-02T21:00:00Z"),
    ("16:00 America/New_York", "2020-03-06", "2020-03-06T21:00:00Z"),
    ("16:00 America/New_York", "2020-03-09", "2020-03-09T20:00:00Z"),
    ("16:00 America/New_York", "2006-03-31", "2006-03-31T21:00:00Z"),
    ("16:00 America/New_York", "2006-04-03", "2006-04-03T20:00:00Z"),
    ("16:00 America/New_York", "2045-03-10", "2045-03-10T21:00:00Z"),
    ("16:00 America/New_York", "2045-03-13", "2045-03-13T20:00:00Z"),
    ("16:00 America/New_York", "2045-11-06", "2045-11-06T21:00:00Z"),
    ("02:30 America/New_York", "2020-03-08", "2020-03-08T07:30:00Z"),
    ("01:30 America/New_York", "2020-11-01", "2020-11-01T05:30:00Z"),
    ("09:00 Asia/Tokyo", "2020-01-02", "2020-01-02T00:00:00Z"),
    ("08:30 Asia/Tokyo", "2020-01-02", "2020-01-01T23:30:00Z"),
    ("17:00 America/Sao_Paulo", "2018-12-03", "2018-12-03T19:00:00Z"),
    ("17:00 America/Sao_Paulo", "2020-12-03", "2020-12-03T20:00:00Z"),
    ("16:00 Australia/Sydney", "2040-01-05", "2040-01-05T05:00:00Z"),
    ("16:00 Australia/Sydney", "2040-07-05", "2040-07-05T06:00:00Z"),
    ("12:00:30 UTC", "1969-07-20", "1969-07-20T12:00:30Z"),
  ])
  func cutsAtTheWallClock(_ time: String, _ date: String, _ instant: String) throws {
    let decision = try #require(DecisionTime(time))
    #expect(decision.instant(on: day(date)).description == instant)
    #expect(decision.description == time)
  }

  @Test(arguments: [
    "16:00", "4pm UTC", "16:0 UTC", "24:00 UTC", "16:60 UTC", "16:00 Mars/Base", "16:00 ../etc/passwd", "",
  ])
  func refuses(_ text: String) { #expect(DecisionTime(text) == nil) }

  @Test func releasesAfterTheDecisionTimeAreKnownTheNextDay() throws {
    var tables = MarketTables(settings: DataSettings(decisionTime: DecisionTime("16:00 America/New_York")))
    let release = KnowledgeTime(microseconds: (Int64(day("2020-06-05").rawValue) * 86_400 + 20 * 3600) * 1_000_000)
    tables.addRelease(.macro, "X", day("2020-05-01"), release: release, value: 1)
    let late = KnowledgeTime(microseconds: release.microseconds + 1)
    tables.addRelease(.macro, "Y", day("2020-05-01"), release: late, value: 1)
    tables.addRelease(.flow, "F", day("2020-06-05"), release: nil, value: 1)
    let view = try tables.makeStore().store.view(on: day("2020-06-05"))
    let next = try #require(view.series(.macro, named: "Y"))
    #expect(view.snapshot(try #require(view.series(.macro, named: "X"))).count == 1)
    #expect(view.snapshot(next).count == 0)
    #expect(view.snapshot(try #require(view.series(.flow, named: "F"))).count == 1)
    #expect(view.firstDay(knowing: late) == day("2020-06-06"))
  }

  @Test func withoutOneTheDayEndsInUTC() throws {
    var tables = MarketTables()
    let day = day("2020-06-05")
    tables.addRelease(.macro, "X", day, release: KnowledgeTime(endOf: day), value: 1)
    let store = try tables.makeStore().store
    let series = try #require(store.series(.macro, named: "X"))
    #expect(store.view(on: day - 1).snapshot(series).count == 0 && store.view(on: day).snapshot(series).count == 1)
  }
}
