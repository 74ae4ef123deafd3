import Diagnostics
import MarketData
import MarketModel
import Testing

/// Bars longer than a day: recognised, and known when they are over.
@Suite struct BarPeriodTests {
  private func days(_ store: MarketStore, _ ticker: Int = 0) -> [String] {
    store.prices(TickerID(ticker)).days.buffer.map { Day(rawValue: $0).description }
  }

  private func folder(_ dates: [String], settings: String = "") -> ScratchFolder {
    let rows = dates.enumerated().map { "\($1),100,200,50,\(100 + $0)\n" }.joined()
    return ScratchFolder(["prices/IDX.csv": "Date,Open,High,Low,Close\n" + rows, "dataset.yaml": settings])
  }

  private let monthStarts = (1...12).map { "2020-\($0 < 10 ? "0" : "")\($0)-01" }
  private let monthEnds = [
    "2020-01-31", "2020-02-28", "2020-03-31", "2020-04-30", "2020-05-29", "2020-06-30", "2020-07-31", "2020-08-31",
    "2020-09-30", "2020-10-30", "2020-11-30", "2020-12-31",
  ]

  @Test func startDatedMonthsAreRefusedUntilTheOwnerSaysWhatTheirDatesMean() throws {
    #expect(folder(monthStarts).problems() == ["E0780 prices/IDX.csv:2:0"])
    do { _ = try folder(monthStarts).load() } catch {
      let text = error.diagnostics[0].message + error.diagnostics[0].notes.map(\.message).joined()
      #expect(text.contains("monthly") && text.contains("`IDX`") && text.contains("`bar_dates: start`"))
    }
  }

  @Test func startDatedMonthsAreKnownOnTheirLastWeekday() throws {
    let data = try folder(monthStarts, settings: "bar_dates: start").load()
    #expect(days(data.store) == monthEnds)
    #expect(data.store.prices(TickerID(0)).period == .month && data.report.total == 0)
    let may = Day(iso: "2020-04-01") ?? .earliest
    let bars = data.store.view(on: may).bars(TickerID(0))
    // That of March, whose bar is the third.
    #expect(bars?.value(.close, at: 2) == 102 && bars?.count == 3)
  }

  @Test func theOwnerMayTakeTheDatesAsTheyAre() throws {
    let data = try folder(monthStarts, settings: "bar_dates: end").load()
    #expect(days(data.store) == monthStarts)
    #expect(data.report.count(of: .weekend) == 4)
  }

  @Test func endDatedMonthsLoadAndTheirWeekendDatesCountAsTheFridayBefore() throws {
    let calendarEnds = [
      "2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30", "2020-05-31", "2020-06-30", "2020-07-31", "2020-08-31",
      "2020-09-30", "2020-10-31", "2020-11-30", "2020-12-31",
    ]
    let data = try folder(calendarEnds).load()
    #expect(days(data.store) == monthEnds && data.report.total == 0)
    #expect(days(try folder(calendarEnds, settings: "calendar: all").load().store) == calendarEnds)
  }

  @Test func underTheCalendarAllTheLastDayCounts() throws {
    let store = try folder(monthStarts, settings: "bar_dates: start\ncalendar: all").load().store
    #expect(days(store)[1] == "2020-02-29" && days(store)[4] == "2020-05-31")
  }

  @Test(arguments: [
    (["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"], "weekly", "2024-01-05"),
    (["2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01"], "quarterly", "2020-03-31"),
    (["2018-01-01", "2019-01-01", "2020-01-01", "2021-01-01"], "yearly", "2018-12-31"),
    // The first weekday of a month is its start as well.
    (["2020-02-03", "2020-03-02", "2020-04-01", "2020-05-01"], "monthly", "2020-02-28"),
  ])
  func everyPeriodIsRecognised(_ dates: [String], _ word: String, _ first: String) throws {
    do {
      _ = try folder(dates).load()
      Issue.record("the dates \(dates) were taken as they are")
    } catch {
      #expect(error.diagnostics[0].message.contains("the \(word) bars"))
    }
    #expect(days(try folder(dates, settings: "bar_dates: start").load().store)[0] == first)
  }

  @Test(arguments: [
    ["2024-01-05", "2024-01-12", "2024-01-19", "2024-01-26"], ["2024-01-02", "2024-01-03", "2024-01-04", "2024-02-01"],
    ["2020-01-15", "2020-02-14", "2020-03-16", "2020-04-15"], ["2024-01-01"],
  ])
  func otherDatesAreTakenAsTheyAre(_ dates: [String]) throws {
    #expect(days(try folder(dates).load().store) == dates)
  }

  @Test func aQuoteOfTheDayBesideTheBarOfItsPeriodIsLeftOut() throws {
    let data = try folder(monthStarts + ["2020-12-14"], settings: "bar_dates: start").load()
    #expect(days(data.store) == monthEnds && data.report.count(of: .duplicateRow) == 1)
    let running = try folder(Array(monthStarts.dropLast()) + ["2020-12-14"], settings: "bar_dates: start").load()
    #expect(days(running.store) == monthEnds)
  }

  @Test func weeklyQuotesOfOneTradingDayAreNoBars() throws {
    let mondays = "date,A\n2021-01-04,1\n2021-01-11,2\n2021-01-18,3\n2021-01-25,4\n2021-02-01,5\n"
    #expect(ScratchFolder(["prices/w.csv": mondays]).problems() == ["E0780 prices/w.csv:2:0"])
    // The Monday without trading is shunned, which bars of a week do not.
    let moved = mondays.split(separator: "\n").map { $0 == "2021-01-18,3" ? "2021-01-19,3" : String($0) }
    let data = try ScratchFolder(["prices/w.csv": moved.joined(separator: "\n") + "\n"]).load()
    #expect(days(data.store)[2] == "2021-01-19")
  }

  @Test func yearlyBarsAreOneListing() throws {
    let store = try folder(["2020-12-31", "2021-12-31", "2022-12-30", "2023-12-29", "2024-12-31"]).load().store
    #expect(store.prices(TickerID(0)).listings.count == 1)
    let daily = try folder(["2019-12-30", "2019-12-31", "2020-01-02", "2021-01-04", "2021-01-05"]).load().store
    #expect(daily.prices(TickerID(0)).listings.count == 2)
  }

  @Test func importersDateBarsAtTheirEndsAndSayWhose() throws {
    var tables = MarketTables()
    for text in monthStarts { tables.addPrice("IDX", Day(iso: text) ?? .earliest, close: 1) }
    tables.addPrice("DAY", Day(iso: "2020-01-01") ?? .earliest, close: 1)
    let redated = tables.redateStartDatedBars()
    #expect(redated.map(\.ticker) == ["IDX"] && redated.map(\.period) == [.month] && redated.map(\.rows) == [12])
    #expect(days(try tables.makeStore().store, 1) == monthEnds)
    #expect(tables.redateStartDatedBars().isEmpty)
  }

  @Test func aPartOfTheRowsIsDatedAsAllOfThem() throws {
    let store = try folder(["2020-01-01", "2020-02-03", "2020-02-04", "2020-02-05", "2020-02-06"]).load().store
    let part = try store.tables(knownAt: store.cut(on: Day(iso: "2020-02-03") ?? .earliest)).makeStore().store
    #expect(days(part) == ["2020-01-01", "2020-02-03"])
  }

  @Test func theCacheKeepsThePeriod() throws {
    let folder = folder(monthEnds)
    let cache = ScratchFolder([:])
    for _ in 0..<2 {
      let data = try DataFolder(folder.path).load(.init(), cache: CacheFolder(cache.path))
      #expect(data.store.prices(TickerID(0)).period == .month)
    }
  }
}
