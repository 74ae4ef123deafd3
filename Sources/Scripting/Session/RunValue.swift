import Analytics
public import Backtest
import Diagnostics
public import Interpreter
import MarketModel

/// What a run gave as a value of the language: a map whose entries can be computed with and drawn.
///
/// Curves are series over the sessions of the run, known on their own days. Weights are those that decisions gave, by
/// their date. Each metric stands under its own name too, unless a part of the run has it.
struct RunValue {
  private let result: BacktestResult

  init(_ result: BacktestResult) { self.result = result }

  /// The value, in the memory of an evaluation; keeping it shares what lies in it.
  func value(_ evaluation: Evaluation) throws(Trap) -> Value {
    let run = try evaluation.map(capacity: 80)
    func set(_ name: String, _ value: Value) throws(Trap) {
      try evaluation.set(try evaluation.string(name), value, in: run)
    }
    try set("strategy", try evaluation.string(result.strategyID))
    if let first = result.days.first, let last = result.days.last {
      try set("start", Value(first))
      try set("end", Value(last))
    }
    for curve in curves { try set(curve.name, try series(curve.values, evaluation)) }
    try set("weights", try weights(evaluation))
    try set("fills", try list(result.fills.map(fill), evaluation))
    try set("round_trips", try list(result.roundTrips.map(roundTrip), evaluation))
    try set("monthly_returns", try monthlyReturns(evaluation))
    try set("tracks", try tracks(evaluation))
    try set("metrics", try metrics(evaluation))
    for (metric, value) in result.metrics
    where try evaluation.value(of: try evaluation.string(metric.id), in: run) == nil {
      try set(metric.id, RunValue.value(value))
    }
    return run.value
  }

  // MARK: Curves

  private var curves: [(name: String, values: [Double])] {
    let figures = result.figures
    var peak = figures.initialCapital
    let drawdown = figures.equity.map { equity in
      peak = max(peak, equity)
      return equity / peak - 1
    }
    var curves = [
      ("equity", figures.equity), ("returns", ReturnSeries(figures).returns), ("drawdown", drawdown),
      ("gross_exposure", figures.gross), ("net_exposure", figures.net),
    ]
    if !figures.benchmark.isEmpty {
      curves.append(("benchmark_returns", figures.benchmark.map { $0 ?? .missing(.noPrices) }))
    }
    return curves.map { (name: $0.0, values: $0.1) }
  }

  private func series(_ values: [Double], _ evaluation: Evaluation) throws(Trap) -> Value {
    try series(Array(zip(result.days, values)), evaluation)
  }

  private func series(_ points: [(Day, Double)], _ evaluation: Evaluation) throws(Trap) -> Value {
    let days = try evaluation.days(points.count)
    let numbers = try evaluation.doubles(points.count)
    for (place, point) in points.enumerated() {
      days[place] = point.0.rawValue
      numbers[place] = point.1
    }
    return try evaluation.series(days: days, known: nil, values: numbers, count: points.count).value
  }

  // MARK: Decisions, fills, trips

  private func weights(_ evaluation: Evaluation) throws(Trap) -> Value {
    let decided = result.decisions.filter { $0.weights != nil }
    let map = try evaluation.map(capacity: decided.count)
    for decision in decided {
      let entries = decision.weights?.entries ?? []
      let weights = try evaluation.map(capacity: entries.count)
      for entry in entries {
        try evaluation.set(try evaluation.string(entry.ticker), Value(entry.weight), in: weights)
      }
      try evaluation.set(Value(decision.asOf), weights.value, in: map)
    }
    return map.value
  }

  private func fill(_ fill: BacktestResult.Fill) -> Constant {
    .record([
      ("date", .date(fill.date)), ("as_of", fill.asOf.map { .date($0) } ?? .none), ("ticker", .string(fill.ticker)),
      ("notional", .number(fill.notional)), ("price", .number(fill.price)), ("cost", .number(fill.cost)),
    ])
  }

  private func roundTrip(_ trip: RoundTrip) -> Constant {
    .record([
      ("ticker", .string(trip.ticker)), ("side", .string(trip.isLong ? "long" : "short")),
      ("opened", .date(trip.opened)),
      ("closed", trip.closed.map { .date($0) } ?? .none), ("sessions", .number(Double(trip.sessions))),
      ("entry_notional", .number(trip.entryNotional)), ("pnl", .number(trip.pnl)),
      ("pnl_after_costs", .number(trip.pnlAfterCosts)), ("exit", trip.exit.map { .string($0.rawValue) } ?? .none),
    ])
  }

  private func list(_ items: [Constant], _ evaluation: Evaluation) throws(Trap) -> Value {
    try Constant.list(items).value(evaluation)
  }

  private func monthlyReturns(_ evaluation: Evaluation) throws(Trap) -> Value {
    let months = result.monthlyReturns.map { ($0.key, Constant.number($0.value)) }
    return try Constant.record(months).value(evaluation)
  }

  private func tracks(_ evaluation: Evaluation) throws(Trap) -> Value {
    let map = try evaluation.map(capacity: result.tracks.count)
    for track in result.tracks {
      let points = track.points.map { ($0.day, $0.value) }
      try evaluation.set(try evaluation.string(track.name), try series(points, evaluation), in: map)
    }
    return map.value
  }

  // MARK: Metrics

  private func metrics(_ evaluation: Evaluation) throws(Trap) -> Value {
    let map = try evaluation.map(capacity: result.metrics.count)
    for (metric, value) in result.metrics {
      try evaluation.set(try evaluation.string(metric.id), RunValue.value(value), in: map)
    }
    return map.value
  }

  private static func value(_ value: Metric.Value) -> Value {
    switch value {
    case .number(let number): Value(number)
    case .date(let day): Value(day)
    case .absent: Value(.missing(.unspecified))
    }
  }
}

extension Constant {
  /// A map from names.
  fileprivate static func record(_ members: [(String, Constant)]) -> Constant {
    .map(members.map { Entry(key: .string($0.0), value: $0.1) })
  }
}

extension MarketSession {
  /// The name that a run's result has.
  public static let runName = "run"

  /// Makes the result of a run a value of the session, under `runName`, unless the session has a name of its own there.
  ///
  /// - Returns: whether it was bound.
  public func keep(_ result: BacktestResult) throws(PromptFailure) -> Bool {
    let isTaken = prompt.names.contains { $0.name == Self.runName }
    guard !isTaken || ownsRun else { return false }
    try prompt.bind(Self.runName) { (evaluation) throws(Trap) in try RunValue(result).value(evaluation) }
    ownsRun = true
    return true
  }
}
