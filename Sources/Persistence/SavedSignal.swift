import Backtest

/// How a decision is kept.
enum SavedSignal {
  /// Status, reason and weights, as a run's decisions have them.
  static func outcome(_ signal: Signal) -> (status: String, reason: String?, weights: TargetWeights?) {
    typealias Status = BacktestResult.Decision.Status
    return switch signal.outcome {
    case .targets(let weights): (Status.targets.rawValue, nil, weights)
    case .hold: (Status.hold.rawValue, signal.missing, nil)
    case .notWarm(let reason): (Status.notWarm.rawValue, reason, nil)
    }
  }
}
