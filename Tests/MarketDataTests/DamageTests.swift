import MarketData
import MarketModel
import Testing

/// Damaged and hostile input: loading says what is wrong or loads, and never stops the process.
@Suite struct DamageTests {
  private let files: [(name: String, text: String)] = [
    (
      "dataset.yaml", "name: x\ndecision_time: 16:00 America/New_York\ncalendar: A\naliases: {b: A}\nrelease_lag: 45d\n"
    ),
    ("prices/p.csv", "ticker,date,open,close,volume\nA,2020-01-02,1.5,1e0,10\n\"B\"\"\",2020-01-03,.5,2,-1\n"),
    ("prices/w.csv", "date,C,D\n2020-01-02,1,\n2020-01-03,2,NA\n"),
    ("series/s.csv", "series,date,release_time,value\nX,2020-01-01,2020-02-07T08:30:00.5-05:00,1\nX,2020-02-01,,\n"),
    ("flows/f.csv", "code,date,value,revision\nF,2020-01-03,5,1\n"),
    ("curves/c.csv", "curve,date,tenor_days,rate\nC,2020-01-02,30,1.5\n"),
    ("universes/u.csv", "universe,ticker,start,end\nU,A,,2020-01-05\n"),
    (
      "actions/a.csv",
      "ticker,ex_date,split_ratio,cash_dividend,delisting_price\nA,2020-01-03,2,.1,\nB,2020-02-01,,,0\n"
    ),
  ]

  @Test(arguments: 0..<8)
  func mutatedFilesNeverTrap(_ target: Int) {
    var random = TestRandom(state: UInt64(target))
    let folder = ScratchFolder([:])
    for file in files { folder.write(file.name, Array(file.text.utf8)) }
    let original = Array(files[target].text.utf8)
    var loaded = 0
    for _ in 0..<120 {
      folder.write(files[target].name, mutated(original, &random))
      guard let store = try? folder.load().store else { continue }
      loaded += 1
      #expect(store.fingerprint.count == 64)
      let view = store.view(on: store.priceSpan?.upperBound ?? .latest)
      for ticker in view.tickers() { #expect((view.bars(ticker)?.count ?? 0) > 0) }
      for code in view.codes(.macro) {
        guard let series = view.series(.macro, named: code) else { continue }
        #expect(view.snapshot(.firstRelease(series)).count >= 0)
      }
    }
    #expect(loaded < 120)
  }

  private func mutated(_ bytes: [UInt8], _ random: inout TestRandom) -> [UInt8] {
    var bytes = bytes
    let alphabet = Array(",\n\"-.:0129eEaN \r\u{0}\u{FF}[{&*#".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      case 1: bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
      default: if bytes.count > 1 { bytes.remove(at: place) }
      }
    }
    return bytes
  }

  @Test func damagedZoneFilesAreNoZones() throws {
    guard let zone = zoneBytes() else { return }
    #expect(ZoneRules(name: "Z", bytes: zone) != nil)
    var random = TestRandom(state: 7)
    for _ in 0..<400 {
      var bytes = zone
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      guard let rules = ZoneRules(name: "Z", bytes: bytes) else { continue }
      for instant in stride(from: Int64(-5_000_000_000), to: 9_000_000_000, by: 700_000_000) {
        #expect(abs(rules.utc(local: instant) - instant) < 1 << 33)
      }
    }
  }

  /// A zone file of two transitions and a rule, put together from its format's description.
  private func zoneBytes() -> [UInt8]? {
    func header(_ transitions: UInt8) -> [UInt8] {
      Array("TZif2".utf8) + Array(repeating: 0, count: 15)
        + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, transitions, 0, 0, 0, 2, 0, 0, 0, 8]
    }
    let types: [UInt8] = [0xFF, 0xFF, 0xB9, 0xB0, 0, 0, 0xFF, 0xFF, 0xC7, 0xC0, 1, 4]
    let names = Array("EST\0EDT\0".utf8)
    let instants: [UInt8] = [0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0x50, 0, 0, 0]
    return header(0) + types + names + header(2) + instants + [1, 0] + types + names
      + Array("\nEST5EDT,M3.2.0,M11.1.0\n".utf8)
  }
}
