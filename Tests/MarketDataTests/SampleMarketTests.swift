import MarketModel
import Testing

@testable import MarketData

@Suite struct SampleMarketTests {
  static let store = SampleMarket.store()
  private var store: MarketStore { Self.store }
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  @Test func spansFifteenYearsOfSessions() {
    #expect(store.priceSpan == day("2005-01-03")...day("2019-12-31"))
    #expect(store.calendar.count == 3_779)
    #expect(!store.calendar.contains(day("2010-04-02")) && !store.calendar.contains(day("2012-12-25")))
    #expect(store.hasOpens && !store.hasWeekendRows)
  }

  @Test func pricesStayWithinReason() {
    for instrument in store.instruments where instrument.hasPrices {
      let history = store.prices(instrument.id)
      let (low, high) = (history.close.buffer.min() ?? 0, history.close.buffer.max() ?? 0)
      #expect(low > 0.2 && high < 5_000, "\(instrument.ticker): \(low) to \(high)")
      let ratio = history.level[history.count - 1] / history.level[0]
      #expect(ratio < 100, "\(instrument.ticker): \(ratio)")
    }
  }

  @Test func hasEveryKind() throws {
    let view = store.view(on: day("2010-06-30"))
    for ticker in ["SPY", "TLT", "HYG", "AAPL", "VIX"] {
      #expect(view.bars(try #require(view.ticker(named: ticker))) != nil)
    }
    let codes = view.codes(.macro)
    #expect(
      codes == [
        "US_POLICY_RATE", "US_RT_CPI", "US_RT_CPI_CORE", "US_RT_GDP_REAL", "US_RT_PAYROLLS", "US_RT_UNEMPLOYMENT",
      ])
    #expect(view.codes(.flow).count == 48)
    for code in codes { #expect(view.snapshot(try #require(view.series(.macro, named: code))).count > 40) }
    #expect(view.curve(try #require(view.curve(named: "UST_PAR")))?.tenors.count == 11)
    let members = try #require(view.members("SP500")).map { view.name(of: $0) }
    #expect(members.contains("AMD") && members.contains("YHOO") && !members.contains("LEH"))
  }

  @Test func bankruptcyEndsAListing() throws {
    let history = store.prices(try #require(store.ticker(named: "LEH")))
    #expect(history.listings.count == 1)
    #expect(history.listings[0].delisting == Delisting(exDate: day("2008-09-18"), price: 0))
    #expect(history.days[history.count - 1] == day("2008-09-17").rawValue)
  }

  @Test func payrollsAreRevised() throws {
    let payrolls = try #require(store.series(.macro, named: "US_RT_PAYROLLS"))
    let revisions = store.view(on: day("2012-12-31")).revisions(payrolls, of: day("2011-11-01"))
    #expect(revisions.count >= 3)
    #expect(Set(revisions.map(\.value)).count >= 3)
  }

  @Test func hasNoDefectAndTheFingerprintThatIsKept() throws {
    let loaded = try SampleMarket.load()
    #expect(loaded.report.defects.isEmpty)
    #expect(loaded.store.fingerprint == SampleMarket.fingerprint)
  }
}
