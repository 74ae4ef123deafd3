import Analytics
public import Backtest
import Codecs
public import Databases
public import MarketModel
import Reporting

/// The runs, signals and trials that are kept in a database.
///
/// A save is one transaction: all of a run or nothing, also where the process is killed half-way. The same run saved
/// twice is one row, known by its `run_key`.
public struct RunStore {
  /// What a save did.
  public struct Receipt: Equatable, Sendable {
    /// The number of the run in the database.
    public let id: Int
    /// Whether it was not there before.
    public let isNew: Bool
  }

  /// Where the runs are.
  public let database: any Database

  /// A store in a database, whose schema is made or brought up to date where that is the program's to do.
  public init(_ database: any Database) throws(DatabaseError) {
    try database.prepare()
    self.database = database
  }

  /// A store that is read only; the schema must be there.
  public init(reading database: any Database) throws(DatabaseError) {
    try Migrator(database).requireCurrent()
    self.database = database
  }

  /// Keeps a run with its decisions and signals, and counts it as a trial of its strategy.
  @discardableResult public func save(
    _ result: BacktestResult, _ identity: RunFingerprint, origin: TrialOrigin = .run
  ) throws(DatabaseError) -> Receipt {
    let parts = RunParts(result, identity: identity)
    try database.prepareSignals(years: result.decisions.map { $0.asOf.civil.year })
    return try database.transaction { () throws(DatabaseError) in
      try record([Trial(result, identity, origin: origin)])
      // A conflicting insertion would use up a number on a server, so the common case is asked for first.
      if let known = try id(ofRunKey: parts.runKey) { return Receipt(id: known, isNew: false) }
      guard let id = try insert(result, parts) else {
        guard let known = try id(ofRunKey: parts.runKey) else {
          preconditionFailure("a key that is taken belongs to a run")
        }
        return Receipt(id: known, isNew: false)
      }
      try SignalWriting(database, strategyID: parts.strategyID).write(result.decisions, run: id)
      if let metrics = parts.benchmarkMetrics, let curve = parts.benchmarkCurve {
        try database.execute(
          "insert into benchmark_results (run_id, metrics_json, curve_json) values ($1, $2, $3)",
          [.integer(id), .json(metrics), .json(curve)])
      }
      return Receipt(id: id, isNew: true)
    }
  }

  /// Keeps the decision of a strategy at one date, outside a run.
  @discardableResult public func save(
    _ signal: Signal, asOf day: Day, _ identity: RunFingerprint
  ) throws(DatabaseError) -> Receipt {
    let parts = IdentityParts(identity)
    let key = ContentHash.hex(of: Array("signals \(day) \(identity.runKey)".utf8))
    let (status, reason, weights) = SavedSignal.outcome(signal)
    try database.prepareSignals(years: [day.civil.year])
    return try database.transaction { () throws(DatabaseError) in
      if let known = try self.id(ofSignalKey: key) { return Receipt(id: known, isNew: false) }
      let id = try database.integer(
        """
        insert into saved_signals (signal_key, strategy_id, signal_date, status, reason, watermark, config_json,
          params_json, modules_json, script_sha256, data_fingerprint, engine_version, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (signal_key) do nothing returning id
        """,
        [
          .text(key), .text(identity.strategyID), .day(day), .text(status), reason.map { .text($0) } ?? .null,
          signal.watermark.map { .instant($0) } ?? .null, .json(parts.config), .json(parts.params),
          .json(parts.modules), .text(identity.scriptHash), .text(identity.dataFingerprint),
          .text(identity.engineVersion), .instant(.now),
        ])
      guard let id else { return Receipt(id: try self.id(ofSignalKey: key) ?? 0, isNew: false) }
      let writing = SignalWriting(database, strategyID: identity.strategyID)
      try writing.write([(day, weights)], run: -id)
      return Receipt(id: id, isNew: true)
    }
  }

  /// Whether the run of a key is kept.
  public func holds(runKey key: String) throws(DatabaseError) -> Bool { try id(ofRunKey: key) != nil }

  private func id(ofRunKey key: String) throws(DatabaseError) -> Int? {
    try database.integer("select id from backtest_results where run_key = $1", [.text(key)])
  }

  private func id(ofSignalKey key: String) throws(DatabaseError) -> Int? {
    try database.integer("select id from saved_signals where signal_key = $1", [.text(key)])
  }

  /// The number of the new row; `nil` if there is one of its key.
  private func insert(_ result: BacktestResult, _ parts: RunParts) throws(DatabaseError) -> Int? {
    let metrics = RunColumns.metrics
    let columns = RunColumns.head + metrics + RunColumns.texts + ["ended_early", "created_at"]
    let marks = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
    var values: [SQLValue] = [
      .text(parts.runKey), .text(parts.strategyID), .day(orNull: result.days.first), .day(orNull: result.days.last),
      .real(result.config.initialCapital), .text(parts.scriptHash), .text(parts.dataFingerprint),
      .text(parts.engineVersion),
    ]
    for name in metrics {
      let number = result.metric(name).number
      values.append(name == RunColumns.count ? number.map { .integer(Int($0)) } ?? .null : .real(orNull: number))
    }
    values += [
      .json(parts.equityCurve), .json(parts.monthlyReturns), .json(parts.config), .json(parts.params),
      .json(parts.metrics), .json(parts.modules), .json(parts.fills), .json(parts.roundTrips), .json(parts.tracks),
      .json(parts.warnings), .day(orNull: parts.endedEarly), .instant(.now),
    ]
    return try database.integer(
      """
      insert into backtest_results (\(columns.joined(separator: ", "))) values (\(marks))
      on conflict (run_key) do nothing returning id
      """, values)
  }
}

/// The columns of `backtest_results`.
enum RunColumns {
  /// What a run is.
  static let head = [
    "run_key", "strategy_id", "start_date", "end_date", "initial_capital", "script_sha256", "data_fingerprint",
    "engine_version",
  ]
  /// The metrics that have a column of their own; all are in `metrics_json`.
  static let metrics = [
    "final_equity", "total_return", "annualized_return", "annualized_volatility", "sharpe_ratio", "sortino_ratio",
    "calmar_ratio", "max_drawdown", "win_rate", "profit_factor", count,
  ]
  /// The metric that is a whole number.
  static let count = "total_trades"
  /// The parts of its document.
  static let texts = [
    "equity_curve", "monthly_returns", "config_json", "params_json", "metrics_json", "modules_json", "fills_json",
    "round_trips_json", "tracks_json", "warnings_json",
  ]
}
