import MarketData
import MarketModel
import Testing

/// Views against the naive reference on random data, and against data cut before loading.
@Suite struct PointInTimeTests {
  private let origin = Day(iso: "2010-01-04") ?? .earliest

  // MARK: - Prices

  private func randomRows(_ random: inout TestRandom, adjusted: Bool) -> [NaiveReference.Row] {
    var day = origin
    var rows: [NaiveReference.Row] = []
    var price = 50.0
    let firstAdjusted = Int.random(in: 0...4, using: &random)
    for place in 0..<40 {
      day = day + (Int.random(in: 0..<12, using: &random) == 0 ? 400 : Int.random(in: 1...4, using: &random))
      price = max(5, price + Double.random(in: -3...3, using: &random))
      let isAdjusted = adjusted && place >= firstAdjusted && Int.random(in: 0..<5, using: &random) > 0
      rows.append(
        NaiveReference.Row(
          day: day, open: price * 1.01, close: price, volume: Double(Int.random(in: 1...1000, using: &random)),
          adjusted: isAdjusted ? price * Double.random(in: 0.5...2, using: &random) : nil))
    }
    return rows
  }

  private func randomActions(_ random: inout TestRandom, _ rows: [NaiveReference.Row], adjusts: Bool)
    -> [CorporateAction]
  {
    var days = Set<Day>()
    var actions: [CorporateAction] = []
    for _ in 0..<8 {
      let day = origin + Int.random(in: 0...(rows[rows.count - 1].day - origin + 10), using: &random)
      guard days.insert(day).inserted else { continue }
      let delists = Int.random(in: 0..<6, using: &random) == 0
      actions.append(
        CorporateAction(
          ticker: "A", exDate: day, splitRatio: adjusts ? [1, 2, 0.5, 3][Int.random(in: 0..<4, using: &random)] : 1,
          cashDividend: adjusts && Bool.random(using: &random) ? 0.75 : 0, delistingPrice: delists ? 1 : nil))
    }
    return actions.sorted { $0.exDate < $1.exDate }
  }

  /// - Parameter periods: how long the bars of tickers are; without it the rows tell.
  private func store(
    _ rows: [NaiveReference.Row], _ actions: [CorporateAction], adjusts: Bool, periods: [String: BarPeriod]? = nil
  ) throws -> MarketStore {
    var tables = MarketTables()
    tables.barPeriods = periods
    for row in rows {
      tables.addPrice("A", row.day, open: row.open, close: row.close, volume: row.volume, adjustedClose: row.adjusted)
    }
    // What neither adjusts nor delists says nothing.
    for action in actions where adjusts || action.delistingPrice != nil {
      tables.addAction(
        "A", exDate: action.exDate, splitRatio: adjusts ? action.splitRatio : nil,
        cashDividend: adjusts ? action.cashDividend : nil, delistingPrice: action.delistingPrice)
    }
    tables.settings.adjustFromActions = adjusts
    return try tables.makeStore().store
  }

  @Test(arguments: 0..<24)
  func pricesAreThoseOfTheDefinition(_ seed: Int) throws {
    var random = TestRandom(state: UInt64(seed))
    let adjusts = seed % 2 == 0
    let rows = randomRows(&random, adjusted: !adjusts || seed % 4 == 0)
    let actions = randomActions(&random, rows, adjusts: adjusts)
    let full = try store(rows.shuffled(using: &random), actions, adjusts: adjusts)
    for asOf in rows.map(\.day) + [origin - 1, origin + 100] {
      let expected = NaiveReference.adjusted(rows, actions, fromActions: adjusts, asOf: asOf)
      check(full.view(on: asOf), expected)
      // What comes later must not matter: the same store without it shows the same. How long its bars are is a fact of
      // the ticker, which a few of its rows might not show.
      let cut = try store(
        rows.filter { $0.day <= asOf }, actions.filter { $0.exDate <= asOf }, adjusts: adjusts,
        periods: full.barPeriods)
      if cut.ticker(named: "A") != nil { checkSame(full.view(on: asOf), cut.view(on: asOf)) }
    }
  }

  private func check(
    _ view: MarketView, _ expected: [(day: Day, close: Double, open: Double, volume: Double)]
  ) {
    guard let slice = view.bars(TickerID(0)) else { return #expect(expected.isEmpty) }
    guard slice.count == expected.count else { return #expect(slice.count == expected.count, "\(view.asOf)") }
    func close(_ left: Double, _ right: Double) -> Bool { abs(left - right) <= 1e-9 * abs(right) }
    for (place, row) in expected.enumerated() {
      let same =
        slice.days[place] == row.day.rawValue && close(slice.value(.close, at: place), row.close)
        && close(slice.value(.open, at: place), row.open) && close(slice.value(.volume, at: place), row.volume)
      #expect(same, "\(view.asOf) row \(row.day)")
    }
    #expect(close(slice.value(.close, at: slice.count - 1), slice.value(.rawClose, at: slice.count - 1)))
  }

  private func checkSame(_ full: MarketView, _ cut: MarketView) {
    let (left, right) = (full.bars(TickerID(0)), cut.bars(TickerID(0)))
    #expect(left?.count == right?.count)
    guard let left, let right, left.count == right.count else { return }
    for field in PriceField.allCases {
      for place in 0..<left.count {
        #expect(left.value(field, at: place).bitPattern == right.value(field, at: place).bitPattern)
      }
    }
  }

  // MARK: - Series

  private func randomReleases(_ random: inout TestRandom) -> [NaiveReference.Release] {
    var releases: [NaiveReference.Release] = []
    var keys = Set<[Int64]>()
    for _ in 0..<120 {
      let observation = origin + 30 * Int.random(in: 0..<24, using: &random)
      let release = observation + Int.random(in: 0...200, using: &random)
      let revision = Int.random(in: 0...2, using: &random)
      let instant = KnowledgeTime(microseconds: Int64(release.rawValue) * 86_400_000_000 + 50_000_000_000)
      guard keys.insert([Int64(observation.rawValue), instant.microseconds, Int64(revision)]).inserted else { continue }
      let value = Int.random(in: 0..<8, using: &random) == 0 ? nil : Double.random(in: -5...5, using: &random)
      releases.append(.init(observation: observation, release: instant, revision: revision, value: value))
    }
    return releases
  }

  @Test(arguments: 0..<16)
  func seriesAreThoseOfTheDefinition(_ seed: Int) throws {
    var random = TestRandom(state: UInt64(1000 + seed))
    let releases = randomReleases(&random)
    var tables = MarketTables()
    for release in releases.shuffled(using: &random) {
      tables.addRelease(
        .macro, "X", release.observation, release: release.release, revision: release.revision, value: release.value)
    }
    let store = try tables.makeStore().store
    let series = try #require(store.series(.macro, named: "X"))
    let days = (0..<32).map { origin + 29 * $0 }
    for asOf in days.shuffled(using: &random) {
      let view = store.view(on: asOf)
      check(view.snapshot(series), NaiveReference.known(releases, at: view.cut.instant))
      check(view.snapshot(.firstRelease(series)), NaiveReference.first(releases, at: view.cut.instant))
    }
    checkJoin(store.view(on: days[31]), series, releases, days)
  }

  private func check(_ snapshot: SeriesSnapshot, _ expected: [(day: Day, value: Double)]) {
    let found = (0..<snapshot.count).map { (Day(rawValue: snapshot.days[$0]), snapshot.values[$0]) }
    #expect(found.map(\.0) == expected.map(\.day))
    #expect(found.map(\.1) == expected.map(\.value))
  }

  /// An as-of join gives each date the latest observation's value as known then.
  private func checkJoin(_ view: MarketView, _ series: SeriesID, _ releases: [NaiveReference.Release], _ days: [Day]) {
    var values = [Double](repeating: 0, count: days.count)
    days.map(\.rawValue).withUnsafeBufferPointer { dates in
      values.withUnsafeMutableBufferPointer { target in
        guard let start = target.baseAddress else { return }
        view.valuesKnown(.latest(series), on: dates, maxAge: nil, into: start)
      }
    }
    for (place, day) in days.enumerated() {
      let expected = NaiveReference.known(releases, at: KnowledgeTime(endOf: day)).last?.value
      #expect(expected == nil ? values[place].missingReason == .notReleased : values[place] == expected)
    }
  }

  @Test func knownDaysAreThoseOfTheFirstRelease() throws {
    var tables = MarketTables()
    func instant(_ text: String) -> KnowledgeTime { KnowledgeTime(endOf: Day(iso: text) ?? .earliest) }
    let observation = origin
    tables.addRelease(.flow, "F", observation, release: instant("2010-02-01"), value: 1)
    tables.addRelease(.flow, "F", observation, release: instant("2010-03-01"), value: nil)
    tables.addRelease(.flow, "F", observation, release: instant("2010-04-01"), value: 2)
    tables.addRelease(.flow, "F", observation + 1, release: nil, value: 3)
    let store = try tables.makeStore().store
    let series = try #require(store.series(.flow, named: "F"))
    let snapshot = store.view(on: Day(iso: "2010-05-01") ?? .latest).snapshot(series)
    #expect(snapshot.count == 2 && snapshot.values[0] == 2)
    #expect(Day(rawValue: snapshot.knownDays[0]).description == "2010-02-01")
    #expect(snapshot.knownDays[1] == (origin + 1).rawValue)
    let view = store.view(on: Day(iso: "2010-03-15") ?? .latest)
    #expect(view.snapshot(series).count == 1 && view.snapshot(.firstRelease(series)).count == 2)
    #expect(view.revisions(series, of: observation).map(\.value) == [1, nil])
    #expect(view.latestRelease(series)?.day.description == "2010-03-01")
  }

  @Test func staleValuesAreMissingInAJoin() throws {
    var tables = MarketTables()
    for offset in 0..<60 { tables.addPrice("A", origin + offset, close: 1) }
    tables.addRelease(.flow, "F", origin, release: nil, value: 1)
    let view = try tables.makeStore().store.view(on: origin + 59)
    let series = try #require(view.series(.flow, named: "F"))
    var values = [0.0, 0, 0]
    [origin.rawValue - 1, origin.rawValue + 4, origin.rawValue + 20].withUnsafeBufferPointer { dates in
      values.withUnsafeMutableBufferPointer { target in
        guard let start = target.baseAddress else { return }
        view.valuesKnown(.latest(series), on: dates, maxAge: CalendarDuration(5, .sessions), into: start)
      }
    }
    #expect(values[0].missingReason == .notReleased && values[1] == 1 && values[2].missingReason == .stale)
  }

  // MARK: - The gate

  @Test func viewsMoveBackOnly() throws {
    let view = SampleMarket.store().view(on: Day(iso: "2010-06-30") ?? .earliest)
    #expect(view.moved(to: view.asOf + 1) == nil)
    #expect(view.moved(to: view.asOf)?.asOf == view.asOf)
    let earlier = try #require(view.moved(to: view.asOf - 400))
    #expect(try #require(earlier.sessions(from: .earliest, through: .latest).last) <= earlier.asOf)
    #expect(view.sessions(from: view.asOf - 7, through: .latest).last == view.asOf)
    #expect(view.sessionOffset(view.asOf, by: 3).description == "2010-07-05")
  }
}
