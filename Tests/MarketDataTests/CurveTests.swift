import MarketData
import MarketModel
import Testing

@Suite struct CurveTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  @Test(arguments: [
    (0.0, 1.0), (30.0, 1.0), (60.0, 1.5), (90.0, 2.0), (365.0, 2 + 275.0 / 640), (730.0, 3.0), (9999.0, 3.0),
  ])
  func interpolatesBetweenTenors(_ tenor: Double, _ rate: Double) {
    #expect(abs(YieldCurve.rate(tenor: tenor, tenors: [30, 90, 730], rates: [1, 2, 3]) - rate) < 1e-12)
  }

  @Test func emptyCurvesHaveNoRate() {
    #expect(YieldCurve.rate(tenor: 30, tenors: [], rates: []).isNaN)
  }

  @Test func theLatestCurveHasItsOwnTenorsAlone() throws {
    var tables = MarketTables()
    for tenor in [30, 90, 365] { tables.addCurvePoint("C", day("2020-01-02"), tenorDays: tenor, rate: 1) }
    tables.addCurvePoint("C", day("2020-01-03"), tenorDays: 90, rate: 2)
    let store = try tables.makeStore().store
    func curve(_ text: String) -> YieldCurve? { store.view(on: day(text)).curve(CurveID(0)) }
    #expect(curve("2020-01-01") == nil)
    #expect(curve("2020-01-02")?.tenors == [30, 90, 365])
    #expect(curve("2020-01-09")?.tenors == [90] && curve("2020-01-09")?.date == day("2020-01-03"))
    #expect(store.curve(named: "C") == CurveID(0) && store.curve(named: "D") == nil)
  }

  @Test func lateAndRevisedPointsAreSeenFromTheirRelease() throws {
    var tables = MarketTables()
    let date = day("2020-01-02")
    tables.addCurvePoint("C", date, tenorDays: 30, rate: 1, release: KnowledgeTime(endOf: date))
    tables.addCurvePoint("C", date, tenorDays: 30, rate: 1.5, release: KnowledgeTime(endOf: date + 2))
    tables.addCurvePoint("C", date, tenorDays: 90, rate: 3, release: KnowledgeTime(endOf: date + 3))
    tables.addCurvePoint("C", date + 1, tenorDays: 60, rate: 9, release: KnowledgeTime(endOf: date + 5))
    let store = try tables.makeStore().store
    func rates(_ offset: Int) -> [Double]? { store.view(on: date + offset).curve(CurveID(0))?.rates }
    #expect(rates(-1) == nil && rates(0) == [1] && rates(1) == [1] && rates(2) == [1.5])
    #expect(rates(3) == [1.5, 3] && rates(4) == [1.5, 3] && rates(5) == [9])
    func history(_ offset: Int) -> [Double] {
      let snapshot = store.view(on: date + offset).snapshot(.curve(CurveID(0), tenor: 60))
      return (0..<snapshot.count).map { snapshot.values[$0] }
    }
    #expect(history(-1) == [] && history(0) == [1] && history(2) == [1.5] && history(3) == [2.25])
    #expect(history(5) == [2.25, 9])
  }
}
