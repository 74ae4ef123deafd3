import Analytics
import Backtest
import Codecs
import Databases
import MarketModel
import Reporting
import Testing

@testable import Persistence

@Suite struct RunStoreTests {
  @Test(arguments: Backend.available) func aRunComesBackByteByByte(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let sample = try Sample(Rotation(holdsOnDay: 6), params: [("fast", .number(20)), ("mode", .text("a'b"))])
    let receipt = try store.save(sample.result, sample.identity)
    #expect(receipt.isNew)
    let run = try #require(try store.run(receipt.id))
    #expect(try store.document(run) == RunDocument.json(sample.result, identity: sample.identity))
    #expect(run.start == sample.result.days.first)
    #expect(run.end == sample.result.days.last)
    #expect(sample.result.decisions.contains { $0.status == .hold })
  }

  @Test(arguments: Backend.available) func theColumnsAreTheMetrics(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let sample = try Sample()
    try store.save(sample.result, sample.identity)
    for name in RunColumns.metrics {
      let rows = try store.database.rows("select \(name), metrics_json ->> '\(name)' from backtest_results")
      #expect(try rows.next())
      let wanted = sample.result.metric(name).number
      #expect(try rows.real(0)?.bitPattern == wanted?.bitPattern, "\(name)")
      #expect(try rows.real(1)?.bitPattern == wanted?.bitPattern, "\(name)")
    }
    let equity = try #require(try store.database.text("select equity_curve from backtest_results"))
    let points = try #require(JSONValue(equity)).items
    #expect(points.compactMap { $0.items.last?.number } == sample.result.equity)
    #expect(points.count == sample.result.days.count)
  }

  @Test(arguments: Backend.available) func theSameRunIsOneRow(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let sample = try Sample()
    let first = try store.save(sample.result, sample.identity)
    let second = try store.save(sample.result, sample.identity)
    #expect(second == RunStore.Receipt(id: first.id, isNew: false))
    #expect(try store.database.integer("select count(*) from backtest_results") == 1)
    let signals = sample.result.decisions.reduce(0) { $0 + ($1.weights?.entries.count ?? 0) }
    #expect(try store.database.integer("select count(*) from strategy_signals") == signals)
    #expect(try store.trialCount(of: "rotation") == 1)
    let other = try Sample(costs: 0.001)
    #expect(try store.save(other.result, other.identity, origin: .sweep).isNew)
    #expect(try store.trialCount(of: "rotation") == 2)
    #expect(try SchemaCheck(store.database).problems() == [])
  }

  @Test(arguments: Backend.available) func signalsAreReadByStrategyAndDate(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let sample = try Sample()
    try store.save(sample.result, sample.identity)
    let decision = try #require(sample.result.decisions.first { $0.weights != nil })
    let rows = try store.database.rows(
      """
      select ticker, weight from strategy_signals where strategy_id = $1 and signal_date = $2 order by ordinal
      """, [.text("rotation"), .day(decision.asOf)])
    for entry in decision.weights?.entries ?? [] {
      #expect(try rows.next())
      #expect(try rows.text(0) == entry.ticker)
      #expect(try rows.real(1) == entry.weight)
    }
    #expect(try !rows.next())
  }

  @Test(arguments: Backend.available) func aSignalAloneIsKeptOnce(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let sample = try Sample()
    let day = try #require(Day(iso: "2009-03-31"))
    let signal = Signal(
      .targets(TargetWeights([.init(ticker: "A", weight: 0.3)])), watermark: KnowledgeTime(endOf: day))
    let first = try store.save(signal, asOf: day, sample.identity)
    #expect(first.isNew)
    #expect(try !store.save(signal, asOf: day, sample.identity).isNew)
    #expect(try store.save(Signal(.hold), asOf: day + 1, sample.identity).isNew)
    #expect(try store.database.integer("select count(*) from saved_signals") == 2)
    #expect(try store.database.integer("select run_id from strategy_signals") == -first.id)
    #expect(try store.database.text("select status from saved_signals order by signal_date desc") == "hold")
    #expect(try SchemaCheck(store.database).problems() == [])
  }

  @Test(arguments: Backend.available) func namesWithEveryLetterAreKept(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let name = "x'); drop table backtest_results; -- \"é%_\\"
    let sample = try Sample(Rotation(strategyID: name))
    let id = try store.save(sample.result, sample.identity).id
    #expect(try store.run(id)?.parts.strategyID == name)
    var query = RunQuery()
    query.strategies = [name]
    #expect(try store.list(query, metrics: []).map(\.strategyID) == [name])
    #expect(try store.trialCount(of: name) == 1)
    #expect(try store.trialCount(of: "x") == 0)
  }

  @Test(arguments: Backend.available) func runsAreNamedByNumberOrKey(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let sample = try Sample()
    let id = try store.save(sample.result, sample.identity).id
    let key = sample.identity.runKey
    #expect(try store.runs(named: String(id)) == [id])
    #expect(try store.runs(named: key) == [id])
    #expect(try store.runs(named: String(key.prefix(12))) == [id])
    #expect(try store.runs(named: "999") == [])
    #expect(try store.runs(named: "abc") == [])
    #expect(try store.runs(named: "' or 1=1 --") == [])
    #expect(try store.run(999) == nil)
  }

  @Test(arguments: Backend.available) func deletedRunsLeaveNothingButTheirTrials(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let samples = [try Sample(), try Sample(costs: 0.002)]
    let ids = try samples.map { try store.save($0.result, $0.identity).id }
    try store.delete([ids[0]])
    #expect(try store.run(ids[0]) == nil)
    #expect(try store.run(ids[1]) != nil)
    #expect(
      try store.database.integer("select count(*) from strategy_signals where run_id = $1", [.integer(ids[0])]) == 0)
    #expect(try store.trialCount(of: "rotation") == 2)
    #expect(try store.trialSharpeRatios(of: "rotation").count == 2)
    #expect(try SchemaCheck(store.database).problems() == [])
  }

  @Test(arguments: Backend.available) func trialsAreCountedOnce(_ backend: Backend) throws {
    let store = try RunStore(backend.make())
    let trials = (0..<100).map {
      Trial(strategyID: "s", runKey: "k\($0)", origin: .sweep, sharpeRatio: $0 == 0 ? nil : Double($0), sessions: 10)
    }
    #expect(try store.count(Array(trials.prefix(10))) == 10)
    #expect(try store.count(trials) == 90)
    #expect(try store.count(trials) == 0)
    #expect(try store.trialCount(of: "s") == 100)
    #expect(try store.trialSharpeRatios(of: "s").count == 99)
  }
}
