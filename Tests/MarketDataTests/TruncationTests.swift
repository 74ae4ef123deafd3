import MarketData
import MarketModel
import Testing

/// What a view shows is what the data known by then show: nothing that comes later leaves a trace.
@Suite struct TruncationTests {
  private func check(_ store: MarketStore, _ days: [String]) throws {
    for text in days {
      let day = try #require(Day(iso: text))
      let cut = try store.tables(knownAt: store.cut(on: day)).makeStore().store
      checkSame(store.view(on: day), cut.view(on: day))
      // An earlier view of the shortened data is the same too.
      checkSame(store.view(on: day - 300), cut.view(on: day - 300))
    }
  }

  private func checkSame(_ full: MarketView, _ cut: MarketView) {
    let tickers = full.tickers().map { full.name(of: $0) }
    #expect(tickers == cut.tickers().map { cut.name(of: $0) })
    for name in tickers { checkBars(name, full, cut) }
    for kind in SeriesKind.allCases {
      for code in cut.codes(kind) {
        guard let left = full.series(kind, named: code), let right = cut.series(kind, named: code) else { continue }
        #expect(same(full.snapshot(left), cut.snapshot(right)), "\(code) \(full.asOf)")
        #expect(same(full.snapshot(.firstRelease(left)), cut.snapshot(.firstRelease(right))), "\(code) \(full.asOf)")
        #expect(full.latestRelease(left) == cut.latestRelease(right))
      }
    }
    for name in cut.curveNames {
      guard let left = full.curve(named: name), let right = cut.curve(named: name) else { continue }
      #expect(full.curve(left)?.rates == cut.curve(right)?.rates)
      #expect(same(full.snapshot(.curve(left, tenor: 1000)), cut.snapshot(.curve(right, tenor: 1000))))
    }
    for universe in cut.universeNames {
      #expect(full.members(universe)?.map { full.name(of: $0) } == cut.members(universe)?.map { cut.name(of: $0) })
    }
    #expect(full.sessions(from: .earliest, through: .latest) == cut.sessions(from: .earliest, through: full.asOf))
  }

  private func checkBars(_ name: String, _ full: MarketView, _ cut: MarketView) {
    guard let left = full.ticker(named: name).flatMap({ full.bars($0) }),
      let right = cut.ticker(named: name).flatMap({ cut.bars($0) }), left.count == right.count
    else { return #expect(Bool(false), "\(name) \(full.asOf)") }
    for field in PriceField.allCases {
      for place in stride(from: 0, to: left.count, by: 97) {
        #expect(left.value(field, at: place).bitPattern == right.value(field, at: place).bitPattern)
      }
    }
  }

  private func same(_ left: SeriesSnapshot, _ right: SeriesSnapshot) -> Bool {
    guard left.count == right.count else { return false }
    return (0..<left.count).allSatisfy {
      left.days[$0] == right.days[$0] && left.values[$0] == right.values[$0]
        && left.knownDays[$0] == right.knownDays[$0]
    }
  }

  @Test func theSampleLeavesNoTraceOfTheFuture() throws {
    try check(SampleMarket.store(), ["2008-09-19"])
  }

  @Test func allRowsMakeTheSameDataSet() throws {
    let store = SampleMarket.store()
    #expect(try store.tables().makeStore().store.fingerprint == store.fingerprint)
  }

  @Test(.enabled(if: SharedFolders.exist, "the shared data folders are not there"))
  func realDataLeaveNoTraceOfTheFuture() throws {
    try check(SharedFolders.usRaw.get().store, ["2012-06-06"])
  }
}
