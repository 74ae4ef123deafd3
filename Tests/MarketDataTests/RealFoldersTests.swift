import MarketData
import MarketModel
import Testing

/// Facts about the real folders, from their own description.
@Suite(.enabled(if: SharedFolders.exist, "the shared data folders are not there"))
struct RealFoldersTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  @Test func usHasTheRowsOfItsManifest() throws {
    let store = try SharedFolders.us.get().store
    let rows = store.instruments.reduce(0) { $0 + store.prices($1.id).count }
    #expect(rows == 115_866 + 143_981 + 7_556)
    #expect(store.series(.macro).reduce(0) { $0 + $1.releases.count } == 7_100 + 11_866 + 1_360 + 10_230)
    #expect(store.series(.flow).reduce(0) { $0 + $1.releases.count } == 49_906)
    #expect(store.universes.map(\.name) == ["SP500"])
    #expect(store.universes[0].memberships.count == 1_230)
  }

  @Test func usDefectsAreThoseDescribed() throws {
    let report = try SharedFolders.us.get().report
    #expect(report.defects.count { $0.kind == .ohlc && $0.name == "VIX" } == 47)
    let bad = report.defects.filter { $0.kind == .badValue }
    #expect(bad.map(\.name) == Array(repeating: "RWX", count: 4))
    #expect(report.count(of: .duplicateRow) == 0 && report.count(of: .noClose) == 0)
    let noVolume = report.defects.filter { $0.kind == .zeroVolume && $0.day == day("2010-04-26") }
    #expect(noVolume.count >= 36)
  }

  @Test(arguments: [("brazil", 15_308 + 11_863), ("fx", 7_476), ("euro_area", 0)])
  func loadsWithoutErrors(_ name: String, _ rows: Int) throws {
    let store = try SharedFolders.load(name).store
    #expect(store.instruments.reduce(0) { $0 + store.prices($1.id).count } == rows)
  }

  @Test func otherKindsHaveTheRowsOfTheManifest() throws {
    func rows(_ entries: [DataSummary.Entry]) -> Int { entries.reduce(0) { $0 + $1.rows } }
    let us = try SharedFolders.us.get().store.summary
    #expect(rows(us.curves) == 86_534 && us.curves[0].name == "UST_PAR")
    let brazil = try SharedFolders.load("brazil").store.summary
    #expect(rows(brazil.curves) == 1_917 + 2_057 && brazil.curves.count == 4 && rows(brazil.series) == 14_091)
    #expect(rows(try SharedFolders.load("fx").store.summary.series) == 33_882)
    #expect(rows(try SharedFolders.load("euro_area").store.summary.series) == 11_343)
  }

  @Test func fxHasSundaySessions() throws {
    let loaded = try SharedFolders.load("fx")
    #expect(loaded.report.count(of: .weekend) == 1_240)
    #expect(loaded.store.hasWeekendRows)
    #expect(loaded.store.calendar.sessions.buffer.allSatisfy { Day(rawValue: $0).isWeekday })
  }

  @Test func reusedTickersAreSeveralListings() throws {
    let store = try SharedFolders.usRaw.get().store
    func starts(_ name: String) throws -> [String] {
      let history = store.prices(try #require(store.ticker(named: name)))
      return history.listings.map { Day(rawValue: history.days[$0.rows.lowerBound]).description }
    }
    #expect(try starts("FB").last == "2012-05-18" && starts("FB").count == 2)
    #expect(try starts("WM").last == "2009-08-05" && starts("WM").count == 2)
    #expect(try starts("EEM").last == "2003-04-11" && starts("EEM").count == 2)
    #expect(try starts("USO").last == "2006-04-10" && starts("USO").count == 2)
    #expect(try starts("QQQ").last == "2011-03-23" && starts("QQQ").count == 2)
    #expect(try starts("SPY").count == 1)
  }

  @Test func splitsAreInvisibleBeforeTheirExDate() throws {
    let store = try SharedFolders.usRaw.get().store
    let apple = try #require(store.ticker(named: "AAPL"))
    let before = try #require(store.view(on: day("2014-06-06")).bars(apple))
    let after = try #require(store.view(on: day("2014-06-09")).bars(apple))
    let last = before.count - 1
    #expect(before.value(.close, at: last) == before.value(.rawClose, at: last))
    #expect(before.value(.close, at: last) > 600)
    #expect(abs(after.value(.close, at: last) / before.value(.close, at: last) * 7 - 1) < 1e-4)
    #expect(after.value(.close, at: last + 1) == after.value(.rawClose, at: last + 1))
  }

  @Test func payrollVintagesAreThoseOfTheFile() throws {
    let store = try SharedFolders.us.get().store
    let payrolls = try #require(store.series(.macro, named: "US_RT_PAYROLLS"))
    let history = store.history(payrolls)
    for date in ["2008-10-15", "2009-02-27", "2009-02-28", "2016-07-31"] {
      let view = store.view(on: day(date))
      var expected: [Int32: (Int64, Double)] = [:]
      for place in 0..<history.releases.count where history.releases[place] <= view.cut.instant.microseconds {
        let known = expected[history.observations[place]]
        if known == nil || (known?.0 ?? 0) <= history.releases[place] {
          expected[history.observations[place]] = (history.releases[place], history.values[place])
        }
      }
      let snapshot = view.snapshot(payrolls)
      #expect(snapshot.count == expected.count)
      for place in 0..<snapshot.count { #expect(expected[snapshot.days[place]]?.1 == snapshot.values[place]) }
    }
  }

  @Test func membersAreThoseOfTheDay() throws {
    let view = try SharedFolders.us.get().store.view(on: day("2017-03-01"))
    let members = try #require(view.members("SP500"))
    #expect(members.count > 490 && members.count < 515)
    #expect(members == members.sorted())
    #expect(members.contains(try #require(view.ticker(named: "AAPL"))))
  }
}
