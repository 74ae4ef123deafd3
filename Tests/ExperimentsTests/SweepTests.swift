import Analytics
import Backtest
import Diagnostics
import Interpreter
import Scripting
import Testing

@testable import Experiments

private let cross = """
  strategy "cross" { rebalance: "daily" }
  param fast = 10 in 5..20 step 5 where fast < slow
  param slow = 20 in [10, 20, 40]
  param ticker = "SPY"
  fn signals(as_of) {
    let p = close(ticker)
    return if sma(p, fast) > sma(p, slow) { [ticker: 1] } else { flat }
  }

  """

/// A sweep of a text, with axes as the command line gives them.
private func sweep(
  _ text: String = cross, _ choice: SweepPlan.Choice = .grid, _ axes: [(String, String)] = []
) throws -> Sweep {
  try onLargeStack {
    let script = try Script.load(SourceFile(name: "cross.strat", text: text))
    return try Sweep(script, on: sample, settings(), choice) { domains throws(Diagnostic) in
      var made: [SweepAxis] = []
      for (name, text) in axes { made.append(try SweepAxis(name, text, of: script, domains)) }
      return made
    }
  }
}

private func values(_ trial: ParamValues) -> String {
  trial.values.map { "\($0.name)=\($0.value.number.map { "\($0)" } ?? "\($0.value)")" }.joined(separator: " ")
}

private func failure(_ axes: [(String, String)] = [], of text: String = cross) -> String {
  do {
    _ = try sweep(text, .grid, axes)
    return "none"
  } catch { return (error as? Diagnostic)?.code ?? "\(error)" }
}

@Suite struct SweepTests {
  @Test func theGridIsThatOfTheDomainsWithoutWhatWherePrunes() throws {
    let plan = try sweep().plan
    #expect(
      plan.trials.map(values) == [
        "fast=5.0 slow=10.0", "fast=5.0 slow=20.0", "fast=5.0 slow=40.0", "fast=10.0 slow=20.0", "fast=10.0 slow=40.0",
        "fast=15.0 slow=20.0", "fast=15.0 slow=40.0", "fast=20.0 slow=40.0",
      ])
    #expect(plan.pruned == 4)
  }

  @Test func theCommandLineReplacesDomainsAndFixesValues() throws {
    let plan = try sweep(cross, .grid, [("fast", "5"), ("slow", "10..20:10"), ("ticker", "SPY,TLT")]).plan
    #expect(plan.trials.count == 4)
    #expect(plan.trials.first.map(values)?.hasPrefix("fast=5.0 slow=10.0") == true)
    #expect(try sweep(cross, .grid, [("fast", "5..12"), ("slow", "40")]).plan.trials.count == 2)
    let whole = "param n = 5 in 1..100\nfn signals(as_of) = [\"SPY\": n / 100]\n"
    #expect(try sweep(whole, .grid, [("n", "5..7")]).plan.trials.count == 3)
    #expect(try sweep(whole).plan.trials.count == 100)
  }

  @Test func stepsAreTheDecimalsOneWouldWrite() {
    func steps(_ lower: Double, _ upper: Double, _ step: Double, includesUpper: Bool = true) -> [Double] {
      let range = ParamDomain.Range(
        lower: lower, upper: upper, includesUpper: includesUpper, step: step, initial: lower)
      return (0..<Int(range.count(step: step))).map { range.value(at: Double($0), step: step) }
    }
    #expect(steps(0.1, 0.5, 0.1) == [0.1, 0.2, 0.3, 0.4, 0.5])
    #expect(steps(0.1, 0.5, 0.1, includesUpper: false) == [0.1, 0.2, 0.3, 0.4])
    #expect(steps(0, 0.3, 0.1, includesUpper: false) == [0, 0.1, 0.2])
    #expect(steps(1, 10, 4) == [1, 5, 9])
    #expect(steps(1, 9, 4, includesUpper: false) == [1, 5])
    #expect(steps(3, 3, 1) == [3])
    #expect(steps(3, 3, 1, includesUpper: false) == [])
    #expect(steps(-0.3, 0, 0.1) == [-0.3, -0.2, -0.1, 0])
    #expect(steps(2e-14, 6e-14, 2e-14) == [2e-14, 4e-14, 6e-14])
  }

  @Test func aDomainOfMoreValuesThanAnybodyMeansIsRefused() {
    #expect(failure(of: "param x = 0.5 in 0..1 step 1e-9\nfn signals(as_of) = [\"SPY\": x]\n") == "E0932")
    #expect(failure([("fast", "5..20:1e-9")]) == "E0932")
  }

  @Test func aDomainOfMoreValuesThanAGridTakesIsDrawnFrom() throws {
    let text =
      "param n = 20 in 0..2000000 step 4\nparam x = 0.5 in -1e308..1e308\n"
      + "fn signals(as_of) = [\"SPY\": n / 2000000 + x / 1e308]\n"
    let trials = try sweep(text, .random(count: 50, seed: 1)).plan.trials
    let numbers = trials.map { $0.values.compactMap { $0.value.number } }
    #expect(trials.count == 50 && Set(numbers.map { $0[0] }).count > 45)
    #expect(numbers.allSatisfy { $0[0] >= 0 && $0[0] <= 2_000_000 && $0[0].remainder(dividingBy: 4) == 0 })
    #expect(numbers.allSatisfy { abs($0[1]) <= 1e308 } && numbers.contains { $0[1] < 0 })
    #expect(failure(of: "param n = 20 in 0..2000000\n" + holding("SPY")) == "E0932")
    #expect(failure([("fast", "-1e308..1e308")]) == "E0931")
  }

  @Test func aHalfOpenDomainHasNoEnd() throws {
    let text = "param n = 10 in 5..<50 step 15\nfn signals(as_of) = [\"SPY\": n / 100]\n"
    #expect(try sweep(text).plan.trials.map(values) == ["n=5.0", "n=20.0", "n=35.0"])
    #expect(try sweep(text, .grid, [("n", "5..<36")]).plan.trials.count == 3)
    #expect(failure([("n", "20,50")], of: text) == "E0412")
    #expect(failure([("n", "20..50:10")], of: text) == "E0412")
    #expect(failure([("n", "20..<20:10")], of: text) == "E0931")
    #expect(failure(of: "param n = 5 in 5..<5\nfn signals(as_of) = [\"SPY\": n]\n") != "none")
    let open = "param x = 0.5 in 0..<1\nfn signals(as_of) = [\"SPY\": x]\n"
    let drawn = try sweep(open, .random(count: 200, seed: 1)).plan.trials.compactMap { $0.values[0].value.number }
    #expect(drawn.count == 200 && drawn.allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test func aTrialIsTheRunAlone() throws {
    let sweep = try sweep()
    let trials = sweep.trials(WorkerPool(workers: 2))
    #expect(trials.count == 8)
    for trial in trials {
      let alone = try onLargeStack { RunSummary(try sweep.run(trial.params).result()) }
      #expect(trial.summary?.metrics.map { "\($0)" } == alone.metrics.map { "\($0)" }, "\(values(trial.params))")
    }
    #expect(Set(trials.map { "\($0.summary?.metric("final_equity") ?? .absent)" }).count > 3)
  }

  @Test func workersChangeNothing() throws {
    func text(_ workers: Int) throws -> [String] {
      try sweep().trials(WorkerPool(workers: workers)).map { "\($0.params.values) \($0.summary?.metrics ?? [])" }
    }
    let one = try text(1)
    #expect(try text(2) == one)
    #expect(try text(5) == one)
  }

  @Test func stateAndNotesDoNotPassFromTrialToTrial() throws {
    let text = """
      param n = 1 in 1..4
      state calls = 0
      fn signals(as_of) {
        calls = calls + 1
        note("call {calls}")
        plot("calls", calls)
        return if calls > n { ["SPY": 1] } else { hold }
      }

      """
    let sweep = try sweep(text)
    for trial in sweep.trials(WorkerPool(workers: 1)) {
      let alone = try onLargeStack { RunSummary(try sweep.run(trial.params).result()) }
      #expect(trial.summary?.metrics.map { "\($0)" } == alone.metrics.map { "\($0)" })
      #expect(trial.summary?.warnings == alone.warnings)
    }
  }

  @Test func randomTrialsAreThoseOfTheSeed() throws {
    func draw(_ count: Int, _ seed: UInt64) throws -> [String] {
      let text = cross.replacing("5..20 step 5", with: "0.5..19.5")
      return try sweep(
        text.replacing("sma(p, fast)", with: "sma(p, 5)"), .random(count: count, seed: seed)
      )
      .plan.trials.map(values)
    }
    let twenty = try draw(20, 1)
    #expect(twenty.count == 20)
    #expect(try draw(20, 1) == twenty)
    #expect(try draw(8, 1) == Array(twenty.prefix(8)))
    #expect(try draw(20, 2) != twenty)
    #expect(Set(twenty).count == 20)
  }

  @Test func randomTrialsDoNotRepeatAndMeetTheConditions() throws {
    let plan = try sweep(cross, .random(count: 100, seed: 3)).plan
    #expect(plan.trials.count == 8)
    #expect(Set(plan.trials.map(values)).count == 8)
  }

  @Test func oneTrialThatFailsStopsNoOther() throws {
    let text = "param n = 1 in 0..3\nfn signals(as_of) = [\"SPY\": [0.5, 1][n]]\n"
    let trials = try sweep(text).trials(WorkerPool(workers: 2))
    #expect(trials.map(\.status) == [.ok, .ok, .failed, .failed])
    #expect(trials[2].problem?.code.hasPrefix("E04") == true)
  }

  @Test func whatMakesNoSenseIsSaid() {
    #expect(failure([("fast", "20..5:5")]) == "E0931")
    #expect(failure([("fast", "5..20:0")]) == "E0931")
    #expect(failure([("ticker", "a..b:1")]) == "E0931")
    #expect(failure([("fats", "5..20:5")]) == "E0901")
    #expect(failure([("fast", "x")]) == "E0901")
    #expect(failure([("fast", "500")]) == "E0412")
    #expect(failure([("fast", "20"), ("slow", "10")]) == "E0933")
    #expect(failure(of: "param n = 1\n" + holding("SPY")) == "E0933")
    #expect(failure(of: "param n = 1.5 in 1..2\n" + holding("SPY")) == "E0931")
    #expect(
      failure(of: "param a = 1 in 1..2000\nparam b = 1 in 1..2000\nfn signals(as_of) = [\"SPY\": a * b / 4e6]\n")
        == "E0932")
  }
}

@Suite struct RankingTests {
  @Test func theBestIsFirstAndTheAbsentLast() throws {
    func order(_ id: String, _ numbers: [Double?]) throws -> [Int] {
      let metric = try #require(MetricCatalog.metric(id))
      return Ranking(metric).order(numbers.map { $0.map { .number($0) } ?? .absent })
    }
    #expect(try order("sharpe_ratio", [1, nil, 3, 2, 3]) == [2, 4, 3, 0, 1])
    #expect(try order("annualized_volatility", [0.2, 0.1, nil, 0.3]) == [1, 0, 3, 2])
    // A drawdown is negative, so the higher is the better.
    #expect(try order("max_drawdown", [-0.5, -0.1]) == [1, 0])
  }
}

@Suite struct WorkerPoolTests {
  @Test func resultsStandAtTheirNumbers() {
    let results = WorkerPool(workers: 4).run(1000) { $0 * $0 }
    #expect(results == (0..<1000).map { $0 * $0 })
    #expect(WorkerPool(workers: 3).run(0) { $0 }.isEmpty)
    #expect(WorkerPool(workers: 0).workers == 1)
  }

  @Test func aWorkerKeepsWhatItMade() {
    let made = Tally()
    let results = WorkerPool(workers: 3).run(300, makeWorker: { made.add() }) { (worker: inout Int, _) in
      worker += 0
      return worker
    }
    #expect(made.value <= 3)
    #expect(Set(results).count <= 3)
  }
}
