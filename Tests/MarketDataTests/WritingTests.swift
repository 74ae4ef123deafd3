import Diagnostics
import MarketData
import MarketModel
import Testing

@Suite struct WritingTests {
  private func check(_ tables: MarketTables) throws {
    let store = try tables.makeStore().store
    let folder = ScratchFolder([:])
    try store.write(to: folder.path)
    let loaded = try folder.load().store
    #expect(loaded.fingerprint == store.fingerprint)
    #expect(loaded.settings.name == store.settings.name)
  }

  @Test func writtenDataLoadWithTheSameFingerprint() throws {
    let day = Day(iso: "2020-01-02") ?? .earliest
    let settings = DataSettings(
      name: "a \"b\"\n", decisionTime: DecisionTime("16:00 UTC"), calendar: .ticker("B,C"),
      aliases: [Alias(name: "x y", ticker: "B,C")])
    var tables = MarketTables(settings: settings)
    tables.addPrice("B,C", day, open: 1e-7, close: 0.1 + 0.2, volume: 1e17, adjustedClose: 5)
    tables.addPrice("q\"r", day, close: 12_345_678.25)
    tables.addRelease(.macro, "S", day, release: KnowledgeTime(microseconds: 1_580_000_000_250_000), value: -37.63)
    tables.addRelease(.flow, "F", day, release: nil, revision: 2, value: nil)
    tables.addCurvePoint("C", day, tenorDays: 30, rate: -0.5, release: KnowledgeTime(endOf: day))
    tables.addMembership("U", "Z", start: nil, end: day)
    tables.addAction("B,C", exDate: day + 1, delistingPrice: 0)
    try check(tables)
  }

  @Test func adjustmentFromActionsIsKept() throws {
    let day = Day(iso: "2020-01-02") ?? .earliest
    var tables = MarketTables()
    tables.addPrice("A", day, close: 10)
    tables.addPrice("A", day + 1, close: 5)
    tables.addAction("A", exDate: day + 1, splitRatio: 2)
    try check(tables)
  }

  @Test func theSampleLoadsBackWithItsFingerprint() throws {
    let folder = ScratchFolder([:])
    try SampleMarket.store().write(to: folder.path + "/new/sample")
    let loaded = try DataFolder(folder.path + "/new/sample").load(.init(strict: true))
    #expect(loaded.store.fingerprint == SampleMarket.store().fingerprint)
  }

  @Test func neverWritesOverFiles() throws {
    let folder = ScratchFolder(["x.txt": "mine"])
    #expect { try SampleMarket.store().write(to: folder.path) } throws: { ($0 as? Diagnostic)?.code == "E0727" }
    #expect { try SampleMarket.store().write(to: folder.path + "/x.txt") } throws: {
      ($0 as? Diagnostic)?.code == "E0728"
    }
  }

  @Test func summaryCountsWhatIsThere() {
    let summary = SampleMarket.store().summary
    #expect(summary.flows.count == 48 && summary.curves.count == 1 && summary.universes[0].name == "SP500")
    #expect(summary.tickers.first { $0.name == "YHOO" }?.rows == 0)
    #expect(summary.tickers.first { $0.name == "SPY" }?.rows == summary.sessions)
    #expect(summary.curves[0].parts == 11 && summary.actions > 1_000)
  }
}
