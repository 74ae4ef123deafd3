import Backtest
import Interpreter
import MarketModel

/// Decisions of a run that are made for many dates at once, in the order of their dates.
struct DecisionsAhead {
  private let dates: [Day]
  /// The date that is decided on.
  private var next = 0
  /// The dates that were evaluated last, and what came of them.
  private var made: Range<Int> = 0..<0
  private var lanes = Machine.Lanes<SignalOutcome>(count: 0)
  private var isRefused: Bool
  /// What dates say that are not warm because a condition is missing.
  private var waiting: [MissingCondition: String] = [:]
  /// How many decisions there were.
  private(set) var count = 0

  /// So many dates are evaluated at once.
  private static let most = 512
  /// Fewer are not worth it.
  private static let fewest = 8

  /// The decisions of a run at some dates, ascending.
  init(_ dates: [Day] = []) {
    self.dates = dates
    isRefused = dates.count < DecisionsAhead.fewest
  }

  /// Goes on to a date; false where nothing is decided ahead.
  mutating func comes(to date: Day) -> Bool {
    if isRefused { return false }
    while next < dates.count, dates[next] < date { next += 1 }
    return next < dates.count && dates[next] == date
  }

  /// Whether the date, and those that follow, are still to be evaluated.
  var isOutOfDecisions: Bool { !made.contains(next) }

  /// The date and those that follow.
  var wanted: [Day] { Array(dates[next..<min(next + DecisionsAhead.most, dates.count)]) }

  /// Takes what the wanted dates gave; `nil` if they cannot be evaluated at once.
  mutating func take(_ lanes: Machine.Lanes<SignalOutcome>?) {
    isRefused = lanes == nil
    self.lanes = lanes ?? Machine.Lanes(count: 0)
    made = next..<next + self.lanes.watermarks.count
  }

  /// What was decided at the date, if anything was.
  var decision: Signal? {
    mutating get {
      let lane = next - made.lowerBound
      guard made.contains(next), let outcome = lanes.result(lane) else { return nil }
      count += 1
      return Signal(outcome, watermark: lanes.watermarks[lane])
    }
  }

  /// That the date is not warm, as an earlier one with the same missing condition was not.
  var coldDecision: Signal? {
    let lane = next - made.lowerBound
    guard made.contains(next), let missing = lanes.missing[lane], let reason = waiting[missing] else { return nil }
    return Signal(.notWarm(reason), watermark: lanes.watermarks[lane])
  }

  /// Notes what the date, evaluated alone, gave.
  mutating func note(_ signal: Signal) {
    guard !isRefused, made.contains(next), let missing = lanes.missing[next - made.lowerBound],
      case .notWarm(let reason) = signal.outcome
    else { return }
    waiting[missing] = reason
  }
}
