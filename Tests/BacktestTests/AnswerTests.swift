import Diagnostics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// Decides by what it holds and by how often it was asked.
private struct Remembering: StrategyProtocol {
  var strategyID = "remembering"
  var isPure = false
  var calls = 0
  var asked: [Day] = []
  var fails: Day?
  /// Beside A, this ticker is wanted.
  var other: String?

  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    calls += 1
    asked.append(date)
    if date == fails { throw Diagnostic.strategyFailed(Stop(), on: date) }
    let share = 0.1 + 0.07 * Double(calls % 9) + portfolio.cash / portfolio.equity / 10
    return Signal(
      .targets(
        TargetWeights(
          [.init(ticker: "A", weight: share)] + (other.map { [.init(ticker: $0, weight: 0.01)] } ?? []))),
      watermark: view.cut.instant)
  }

  struct Stop: Error {}
}

/// What a strategy decides on a day outside a run.
@Suite struct AnswerTests {
  private let days = (0..<60).map { day("2024-01-01").addingWeekdays($0) }

  private func store() throws -> MarketStore {
    try market(
      "2024-01-01", ["A": (0..<60).map { 100 + Double($0 * 7 % 11) }, "B": [50] + [Double?](repeating: nil, count: 59)])
  }

  private func engine(_ flags: [(String, String)]) throws -> BacktestEngine {
    let store = try store()
    return BacktestEngine(store: store, config: try config(store, flags))
  }

  private func weights(_ answer: Answer) -> TargetWeights? {
    if case .targets(let weights) = answer.signal.outcome { weights } else { nil }
  }

  private func code(_ engine: BacktestEngine, _ strategy: Remembering, _ day: Day) -> String? {
    var strategy = strategy
    do {
      _ = try engine.answer(of: &strategy, on: day)
      return nil
    } catch { return error.diagnostic.code }
  }

  @Test(arguments: ["same_close", "next_open", "next_close"]) func itIsTheRunsDecision(execution: String) throws {
    for rebalance in ["daily", "weekly", "monthly"] {
      let engine = try engine([("rebalance", rebalance), ("execution", execution), ("start", "2024-01-03")])
      var strategy = Remembering()
      let result = try engine.run(&strategy)
      #expect(result.decisions.count >= 2)
      for decision in result.decisions {
        var other = Remembering()
        let answer = try engine.answer(of: &other, on: decision.asOf)
        #expect(weights(answer) == decision.weights && answer.signal.watermark == decision.watermark)
        #expect(answer.replayed == result.days.firstIndex(of: decision.asOf).map { $0 + 1 })
        #expect(other.asked == result.decisions.map(\.asOf).filter { $0 <= decision.asOf })
      }
    }
  }

  @Test func onAnotherDayItIsAskedOnceMore() throws {
    let engine = try engine([("rebalance", "monthly")])
    var strategy = Remembering()
    let answer = try engine.answer(of: &strategy, on: days[40])
    #expect(strategy.asked == [day("2024-01-31"), days[40]] && answer.replayed == 41)
    // A Saturday: replayed to the Friday before.
    var weekend = Remembering()
    let friday = day("2024-02-16")
    #expect(try engine.answer(of: &weekend, on: friday + 1).replayed == days.firstIndex(of: friday).map { $0 + 1 })
    #expect(weekend.asked.last == friday + 1)
  }

  @Test func afterTheDataItIsReplayedToTheirEnd() throws {
    let engine = try engine([("rebalance", "weekly"), ("max_stale", "1000")])
    let last = days[59]
    var strategy = Remembering()
    let answer = try engine.answer(of: &strategy, on: last + 5)
    #expect(answer.replayed == 60 && strategy.asked.last == last + 5 && strategy.calls > 5)
  }

  @Test func anEndBeforeTheDayDoesNotCount() throws {
    var short = Remembering()
    let answer = try engine([("rebalance", "daily"), ("end", "2024-01-31")]).answer(of: &short, on: days[50])
    var long = Remembering()
    #expect(try weights(answer) == weights(engine([("rebalance", "daily")]).answer(of: &long, on: days[50])))
    // With an end after the day its schedule counts: the month is finished in both or in neither.
    var strategy = Remembering()
    _ = try engine([("rebalance", "monthly"), ("end", "2024-03-15")]).answer(of: &strategy, on: days[30])
    #expect(strategy.asked == [day("2024-01-31"), days[30]])
  }

  @Test func beforeTheStartNothingIsReplayed() throws {
    var strategy = Remembering()
    let answer = try engine([("start", "2024-02-01")]).answer(of: &strategy, on: days[5])
    #expect(answer.replayed == 0 && strategy.asked == [days[5]])
    #expect(weights(answer)?.entries[0].weight == 0.1 + 0.07 + 0.1)
  }

  @Test func aPureStrategyIsAskedAlone() throws {
    var strategy = Remembering(isPure: true)
    let answer = try engine([("rebalance", "daily")]).answer(of: &strategy, on: days[50])
    #expect(answer.replayed == nil && strategy.asked == [days[50]])
  }

  @Test func errorsOnTheWayFollowTheRun() throws {
    let failing = Remembering(fails: days[10])
    #expect(try code(engine([("rebalance", "daily")]), failing, days[20]) == "E0810")
    // Held, as the run would; but what fails on the day itself has no answer.
    let holding = try engine([("rebalance", "daily"), ("on_error", "hold")])
    #expect(code(holding, failing, days[20]) == nil)
    #expect(code(holding, failing, days[10]) == "E0810")
  }

  @Test func afterRuinNothingIsDecided() throws {
    let store = try market("2024-01-01", ["A": [100, 100, 10, 10, 10, 10]])
    let engine = BacktestEngine(
      store: store,
      config: try config(store, [("rebalance", "daily"), ("max_leverage", "20"), ("execution", "same_close")]))
    struct Reckless: StrategyProtocol {
      let strategyID = "reckless"
      mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
        Signal(.targets(TargetWeights([.init(ticker: "A", weight: 5)])))
      }
    }
    for place in [2, 4] {
      var strategy = Reckless()
      do {
        _ = try engine.answer(of: &strategy, on: days[place])
        Issue.record("an answer after ruin")
      } catch { #expect(error.diagnostic.code == "E0813" && error.diagnostic.message.contains(days[2].description)) }
    }
    var strategy = Reckless()
    #expect(try engine.answer(of: &strategy, on: days[1]).replayed == 2)
  }

  @Test func aWeightThatCannotBeTradedIsAnError() throws {
    for isPure in [true, false] {
      let engine = try engine([("rebalance", "monthly")])
      // B's only price is of the first day.
      #expect(code(engine, Remembering(isPure: isPure, other: "B"), days[10]) == nil)
      #expect(code(engine, Remembering(isPure: isPure, other: "B"), days[11]) == "E0812")
      #expect(code(engine, Remembering(isPure: isPure, other: "C"), days[5]) == "E0807")
      #expect(code(engine, Remembering(isPure: isPure), day("2023-12-29")) == "E0812")
      let patient = try self.engine([("max_stale", "11")])
      #expect(code(patient, Remembering(isPure: isPure, other: "B"), days[11]) == nil)
    }
    var strategy = Remembering(other: "B")
    do { _ = try engine([]).answer(of: &strategy, on: days[20]) } catch let error as BacktestFailure {
      #expect(error.diagnostic.message.contains("20 sessions old") && error.diagnostic.message.contains("2024-01-01"))
    }
  }
}
