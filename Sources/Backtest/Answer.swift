import Diagnostics
import MarketData
public import MarketModel

/// What a strategy says on a day outside a run.
public struct Answer: Sendable {
  /// The decision.
  public let signal: Signal
  /// Over how many sessions the run was replayed before, the day's own included; `nil` if the day alone was looked at.
  public let replayed: Int?
}

extension BacktestEngine {
  /// What a strategy decides on a day: what its run would decide there, for one whose decisions depend on the run
  /// before; a pure one is asked on that day alone.
  ///
  /// The run is replayed from `start`. On a rebalance date the answer is the run's decision of that date, on another day
  /// what it would be with the portfolio as it then stands. On a day without a session, after the data's last say, the
  /// run is replayed to the session before. The configuration's `end` does not count.
  ///
  /// - Parameter progress: called after each session before the decision with the number done and the number of all; false ends the replay.
  /// - Throws: `BacktestFailure` where there is no answer, or none that could be traded.
  public func answer(
    of strategy: inout some StrategyProtocol, on day: Day, progress: (Int, Int) -> Bool = { _, _ in true }
  ) throws(BacktestFailure) -> Answer {
    var config = config
    config.end = max(config.end, day)
    config.endsWithMarket = false
    var simulation = Simulation(store: store, config: config, strategyID: strategy.strategyID)
    do throws(Diagnostic) {
      let sessions = strategy.isPure ? nil : simulation.calendar.sessions(from: config.start, through: day).count
      if let sessions { try simulation.replay(&strategy, sessions, on: day, progress) }
      let signal = try simulation.answer(&strategy, on: day)
      return Answer(signal: signal, replayed: sessions)
    } catch { throw simulation.noAnswer(error) }
  }
}

extension Simulation {
  /// Goes through so many sessions; in the last one up to the moment at which is decided, if it is that of the day.
  fileprivate mutating func replay(
    _ strategy: inout some StrategyProtocol, _ sessions: Int, on day: Day, _ progress: (Int, Int) -> Bool
  ) throws(Diagnostic) {
    strategy.prepare(for: schedule.sessions.map { calendar[$0] })
    for done in 0..<sessions {
      if done == sessions - 1, calendar[session + 1] == day {
        if try !reachDecision() { result.endedEarly = day }
      } else {
        try advance(&strategy)
        if !progress(done + 1, sessions) { throw .runCancelled(on: self.day) }
      }
      if let end = result.endedEarly { throw .endedBefore(end, day) }
    }
  }

  /// The strategy's answer, refused where it could not be traded.
  fileprivate mutating func answer(
    _ strategy: inout some StrategyProtocol, on day: Day
  ) throws(Diagnostic) -> Signal {
    let signal: Signal
    do { signal = try asked(&strategy, on: day) } catch {
      throw error as? Diagnostic ?? .strategyFailed(error, on: day)
    }
    guard case .targets(let weights) = signal.outcome else { return signal }
    for target in try resolver.resolve(weights, on: day) {
      guard var problem = staleness(of: target.ticker, on: day) else { continue }
      let given = weights.entries.first { store.ticker(named: $0.ticker)?.index == target.ticker }
      problem.location = given.flatMap { strategy.place(ofWeightOf: $0.ticker) }
      throw problem
    }
    return signal
  }

  /// Why a ticker cannot be traded on a day: it has no price yet, or too old a one.
  private func staleness(of ticker: Int, on day: Day) -> Diagnostic? {
    let history = cursors.histories[ticker]
    guard let row = history.row(onOrBefore: day) else {
      return .staleWeight(names[ticker], nil, limit: config.maxStale, on: day)
    }
    let date = Day(rawValue: history.days[row])
    let age = store.view(on: day, calendar: calendar).age(of: date)
    return age > config.maxStale ? .staleWeight(names[ticker], (date, age), limit: config.maxStale, on: day) : nil
  }

  /// The end of a question by a problem; how far a replay had come is said with it.
  fileprivate mutating func noAnswer(_ diagnostic: Diagnostic) -> BacktestFailure {
    var diagnostic = diagnostic
    if session >= range.lowerBound {
      diagnostic.notes.append(Note("the run was replayed from \(calendar[range.lowerBound]) up to \(self.day)"))
    }
    return BacktestFailure(
      diagnostic: diagnostic, partial: result, decision: nextDecision, decisionCount: schedule.sessions.count)
  }
}
