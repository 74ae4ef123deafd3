import MarketData
import MarketModel
import Testing

/// Actions files, and adjusted closes beside them.
@Suite struct AdjustmentTests {
  private let prices =
    "ticker,date,close\nAAPL,2020-08-06,455.61\nAAPL,2020-08-07,444.45\nAAPL,2020-08-28,499.23\n"
    + "AAPL,2020-08-31,129.04\n"

  @Test func aSplitOfZeroIsNone() throws {
    let folder = ScratchFolder([
      "prices/p.csv": prices,
      "actions/a.csv": "Ticker,Date,Dividends,Stock Splits\nAAPL,2020-08-07,0.82,0.0\nAAPL,2020-08-31,0.0,4.0\n",
    ])
    let store = try folder.load().store
    let bars = try #require(store.view(on: Day(iso: "2020-08-31") ?? .latest).bars(TickerID(0)))
    let expected = [113.6975, 111.1125, 124.8075, 129.04]
    for (place, value) in expected.enumerated() { #expect(abs(bars.value(.close, at: place) - value) < 1e-9) }
    #expect(store.actions.map(\.splitRatio) == [1, 4])
  }

  @Test(arguments: ["A,2020-01-02,,,", "A,2020-01-02,0,,", "A,2020-01-02,null,NA,"])
  func anActionThatSaysNothingIsRefused(_ row: String) {
    let folder = ScratchFolder([
      "actions/a.csv": "ticker,ex_date,split_ratio,cash_dividend,delisting_price\n" + row + "\n"
    ])
    #expect(folder.problems() == ["E0782 actions/a.csv:2:1"])
  }

  private func folder(_ dividends: String) -> ScratchFolder {
    ScratchFolder([
      "prices/p.csv": "ticker,date,close,adjusted_close\nAAPL,2024-01-02,100,50\nAAPL,2024-01-03,50,50\n"
        + "AAPL,2024-01-04,51,51\nMSFT,2024-01-02,100,99\nMSFT,2024-01-03,99,99\nMSFT,2024-01-04,100,100\n",
      "actions/a.csv": "ticker,date,split,dividend\n" + dividends,
    ])
  }

  @Test func anAdjustedCloseThatNoActionExplainsIsNamedAndNotRead() throws {
    let folder = folder("MSFT,2024-01-03,,1\n")
    let cache = ScratchFolder([:])
    for _ in 0..<2 {
      let data = try DataFolder(folder.path).load(.init(), cache: CacheFolder(cache.path))
      #expect(data.store.unexplainedAdjustments == ["AAPL"])
      #expect(data.report.notes.map(\.kind) == [.adjustedCloseUnread] && data.report.notes[0].names == ["AAPL"])
      #expect(Array(data.store.prices(TickerID(0)).level.buffer) == [100, 50, 51])
      #expect(data.store.prices(TickerID(0)).adjustedClose.buffer.allSatisfy { $0.isNaN })
    }
  }

  @Test func anAdjustedCloseThatTheActionsExplainIsNoMatter() throws {
    let data = try folder("AAPL,2024-01-03,2,\nMSFT,2024-01-03,,1\n").load()
    #expect(data.store.unexplainedAdjustments.isEmpty && data.report.notes.isEmpty)
    // What is not read may be anything.
    let odd = ScratchFolder([
      "prices/p.csv": "ticker,date,close,adjusted_close\nA,2024-01-02,1,x\nA,2024-01-03,1,-1\n",
      "actions/a.csv": "ticker,date,dividend\nA,2024-01-03,0.1\n",
    ])
    #expect(odd.problems() == [])
  }
}
