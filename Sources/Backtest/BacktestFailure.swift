public import Diagnostics
import MarketModel

/// A run that did not reach its end.
public struct BacktestFailure: Error {
  /// Why.
  public let diagnostic: Diagnostic
  /// What was done until then: the sessions through the failing decision's, and the decisions before it.
  public let partial: BacktestResult
  /// Which rebalance date it was, from 1; 0 if the run failed before its first.
  public let decision: Int
  /// How many rebalance dates there are.
  public let decisionCount: Int

  /// The problem, and how far the run had come.
  public var described: Diagnostic {
    guard let day = partial.failedAt else { return diagnostic }
    var described = diagnostic
    let place = decision > 0 ? ", decision \(decision) of \(decisionCount)" : ", before its first decision"
    described.notes.append(Note("the run stopped at \(day)\(place)"))
    return described
  }
}

extension Simulation {
  /// The end of a run by a problem on the session under way.
  mutating func failure(_ diagnostic: Diagnostic) -> BacktestFailure {
    result.failedAt = day
    return BacktestFailure(
      diagnostic: diagnostic, partial: finish(), decision: nextDecision, decisionCount: schedule.sessions.count)
  }
}
