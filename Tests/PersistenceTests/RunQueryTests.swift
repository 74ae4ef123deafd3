import Analytics
import Backtest
import Codecs
import Databases
import MarketData
import MarketModel
import Testing

@testable import Persistence

@Suite struct RunQueryTests {
  private static let steps = [0.0, 0.05, 0.1, 0.15]

  private func filled(_ backend: Backend) throws -> RunStore {
    let store = try RunStore(backend.make())
    for step in Self.steps {
      let sample = try Sample(
        Rotation(strategyID: step < 0.1 ? "low" : "high_\(Int(step * 100))", step: step),
        params: [("step", .number(step)), ("mode", .text("x"))])
      try store.save(sample.result, sample.identity)
    }
    return store
  }

  private func steps(_ list: [RunSummary]) -> [Double] { list.compactMap { $0.params["step"]?.number } }

  @Test(arguments: Backend.available) func runsAreSortedByAnyMetric(_ backend: Backend) throws {
    let store = try filled(backend)
    for metric in MetricCatalog.all {
      var query = RunQuery()
      query.sort = metric.id
      for ascending in [true, false] {
        query.isAscending = ascending
        let list = try store.list(query, metrics: [metric])
        #expect(list.count == Self.steps.count)
        let values = list.compactMap { $0.metrics[0].number }
        #expect(values == (ascending ? values.sorted() : values.sorted(by: >)), "\(metric.id)")
        // Runs without the metric come last.
        #expect(list.prefix(values.count).allSatisfy { $0.metrics[0].number != nil } || metric.unit == .date)
      }
    }
  }

  @Test(arguments: Backend.available) func runsAreFiltered(_ backend: Backend) throws {
    let store = try filled(backend)
    var query = RunQuery()
    query.strategies = ["high*"]
    query.sort = "total_costs"
    query.isAscending = true
    #expect(steps(try store.list(query, metrics: [])) == [0.1, 0.15])
    query.params = [("step", "0.15"), ("mode", "x")]
    #expect(steps(try store.list(query, metrics: [])) == [0.15])
    query.params = [("step", "0.15"), ("mode", "y")]
    #expect(try store.list(query, metrics: []).isEmpty)
    query = RunQuery()
    query.limit = 2
    #expect(steps(try store.list(query, metrics: [])) == [0.15, 0.1])
    query.limit = nil
    query.dataFingerprint = String(Sample.store.fingerprint.prefix(8))
    #expect(try store.list(query, metrics: []).count == 4)
    query.dataFingerprint = "no such"
    #expect(try store.list(query, metrics: []).isEmpty)
    query = RunQuery()
    query.until = Day(iso: "2000-01-01")
    #expect(try store.list(query, metrics: []).isEmpty)
    query.until = nil
    query.since = Day(iso: "2000-01-01")
    #expect(try store.list(query, metrics: []).count == 4)
  }

  @Test(arguments: Backend.available) func metricsAreConditions(_ backend: Backend) throws {
    let store = try filled(backend)
    let gross = try #require(MetricCatalog.metric("average_gross"))
    let all = try store.list(RunQuery(), metrics: [gross]).compactMap { $0.metrics[0].number }.sorted()
    for comparison in RunQuery.Comparison.allCases {
      var query = RunQuery()
      query.conditions = [.init(metric: "average_gross", comparison: comparison, value: all[1])]
      let expected =
        switch comparison {
        case .above: 2
        case .atLeast: 3
        case .below: 1
        case .atMost: 2
        case .equal: 1
        }
      #expect(try store.list(query, metrics: []).count == expected, "\(comparison.rawValue)")
    }
  }

  @Test func bothDatabasesListTheSame() throws {
    var lists: [[String]] = []
    for backend in Backend.available {
      let store = try filled(backend)
      var query = RunQuery()
      query.sort = "sharpe_ratio"
      lists.append(try store.list(query, metrics: MetricCatalog.all).map { "\($0.id) \($0.runKey) \($0.metrics)" })
    }
    for list in lists { #expect(list == lists[0]) }
  }

  @Test(
    arguments: [
      ("sharpe_ratio>=1", "sharpe_ratio", ">=", 1), ("total_return<-0.5", "total_return", "<", -0.5),
      ("x=2e3", "x", "=", 2_000), ("x<=0", "x", "<=", 0), ("x>1", "x", ">", 1),
      ("sharpe_ratio > 1", "sharpe_ratio", ">", 1), ("max_drawdown>-30%", "max_drawdown", ">", -0.3),
      (" max_drawdown  >=  -30 % ", "max_drawdown", ">=", -0.3), ("total_return == 5pct", "total_return", "=", 0.05),
      ("total_costs<1_000", "total_costs", "<", 1_000),
    ] as [(String, String, String, Double)])
  func conditionsAreRead(text: String, metric: String, comparison: String, value: Double) throws {
    let condition = try #require(RunQuery.Condition(text))
    #expect(condition.metric == metric)
    #expect(condition.comparison.rawValue == comparison)
    #expect(condition.value == value)
  }

  @Test(arguments: ["sharpe", "sharpe>", "sharpe>x", "a>1>2", "a>nan", "", "a > ", "a > %", "a > 1 2", "a > -"])
  func otherTextsAreNoConditions(text: String) {
    #expect(RunQuery.Condition(text) == nil)
  }

  @Test(
    arguments: [
      ("momentum", "momentum", true), ("momentum", "mom*", true), ("momentum", "*tum", true), ("momentum", "m*m", true),
      ("momentum", "*", true), ("momentum", "mom", false), ("momentum", "m*x*m", false), ("", "*", true),
    ] as [(String, String, Bool)])
  func namesFitPatterns(name: String, pattern: String, fits: Bool) {
    #expect(RunQuery.fits(name[...], pattern[...]) == fits)
  }
}

@Suite struct RunComparisonTests {
  private func compared(_ backend: Backend, _ left: Sample, _ right: Sample) throws -> RunComparison {
    let store = try RunStore(backend.make())
    let runs = try [left, right].map { try store.run(store.save($0.result, $0.identity).id) }.compactMap(\.self)
    return try store.compare(runs[0], runs[1])
  }

  @Test(arguments: Backend.available) func whatDiffersIsFound(_ backend: Backend) throws {
    let comparison = try compared(
      backend, Sample(params: [("fast", .number(20)), ("slow", .number(50))]),
      Sample(costs: 0.001, params: [("fast", .number(30)), ("extra", .bool(true))], script: "s2"))
    #expect(comparison.identity == [.init(name: "script_sha256", left: .text("s1"), right: .text("s2"))])
    #expect(comparison.config == [.init(name: "transaction_cost", left: .number(0.0005), right: .number(0.001))])
    #expect(
      comparison.params == [
        .init(name: "fast", left: .number(20), right: .number(30)), .init(name: "slow", left: .number(50), right: nil),
        .init(name: "extra", left: nil, right: .bool(true)),
      ])
    #expect(comparison.metrics.contains { $0.name == "total_costs" })
    // Costs change no decision of this strategy.
    #expect(comparison.parting == nil)
  }

  @Test(arguments: Backend.available) func theFirstDifferentWeightIsFound(_ backend: Backend) throws {
    let same = try Sample()
    let different = try Sample(Rotation(step: 0.1), script: "s2")
    let parting = try #require(try compared(backend, same, different).parting)
    #expect(parting.date == same.result.decisions[0].asOf)
    #expect(parting.weights.count == 1)
    #expect(parting.weights[0].left == 0.5)
    #expect(parting.weights[0].right == 0.6)
    let holding = try Sample(Rotation(holdsOnDay: 22), script: "s3")
    let later = try #require(try compared(backend, same, holding).parting)
    #expect(later.left == "targets")
    #expect(later.right == "hold")
    #expect(later.date.civil.day == 22)
  }
}
