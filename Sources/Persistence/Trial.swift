import Analytics
public import Backtest
public import Databases

/// Where a trial was made.
public enum TrialOrigin: String, Sendable, CaseIterable {
  case run, batch, sweep
}

/// One run of a strategy, as far as later statistics need it: how many there were, and how their Sharpe ratios spread.
public struct Trial: Sendable {
  /// The strategy's name.
  public let strategyID: String
  /// What makes the run the run it is; the same one counts once.
  public let runKey: String
  /// Where it was made.
  public let origin: TrialOrigin
  /// Its Sharpe ratio; `nil` if it has none.
  public let sharpeRatio: Double?
  /// How many sessions it had.
  public let sessions: Int

  /// Describes a trial.
  public init(strategyID: String, runKey: String, origin: TrialOrigin, sharpeRatio: Double?, sessions: Int) {
    self.strategyID = strategyID
    self.runKey = runKey
    self.origin = origin
    self.sharpeRatio = sharpeRatio
    self.sessions = sessions
  }

  /// The trial that a run is.
  public init(_ result: BacktestResult, _ identity: RunFingerprint, origin: TrialOrigin) {
    self.init(
      strategyID: identity.strategyID, runKey: identity.runKey, origin: origin,
      sharpeRatio: result.metric("sharpe_ratio").number, sessions: result.days.count)
  }
}

extension Trial {
  /// A trial whose run failed: it has no Sharpe ratio and no session.
  public init(failed identity: RunFingerprint, origin: TrialOrigin) {
    self.init(
      strategyID: identity.strategyID, runKey: identity.runKey, origin: origin, sharpeRatio: nil, sessions: 0)
  }
}

extension RunStore {
  /// Counts trials whose results are not kept; those that were counted before are not counted again.
  ///
  /// - Returns: how many were new.
  @discardableResult public func count(_ trials: [Trial]) throws(DatabaseError) -> Int {
    try database.transaction { () throws(DatabaseError) in try record(trials) }
  }

  /// How many different trials of a strategy were counted, the failed among them.
  public func trialCount(of strategyID: String) throws(DatabaseError) -> Int {
    try database.integer("select count(*) from strategy_trials where strategy_id = $1", [.text(strategyID)]) ?? 0
  }

  /// How many of them failed: a run that ends has a session.
  public func failedTrialCount(of strategyID: String) throws(DatabaseError) -> Int {
    try database.integer(
      "select count(*) from strategy_trials where strategy_id = $1 and sessions = 0", [.text(strategyID)]) ?? 0
  }

  /// The Sharpe ratios of the trials of a strategy, in order of the trials' keys; those without one are left out.
  public func trialSharpeRatios(of strategyID: String) throws(DatabaseError) -> [Double] {
    let rows = try database.rows(
      "select sharpe_ratio, run_key from strategy_trials where strategy_id = $1 and sharpe_ratio is not null",
      [.text(strategyID)])
    var list: [(ratio: Double, key: String)] = []
    while try rows.next() { list.append((try rows.real(0) ?? 0, try rows.text(1) ?? "")) }
    return list.sorted { $0.key < $1.key }.map(\.ratio)
  }

  @discardableResult func record(_ trials: [Trial]) throws(DatabaseError) -> Int {
    // A bulk write that leaves out what is there costs a table of its own on PostgreSQL.
    if trials.count > 20 { return try append(trials) }
    var added = 0
    for trial in trials {
      added += try database.execute(
        """
        insert into strategy_trials (strategy_id, run_key, origin, sharpe_ratio, sessions, made_at)
        values ($1, $2, $3, $4, $5, $6) on conflict do nothing
        """,
        [
          .text(trial.strategyID), .text(trial.runKey), .text(trial.origin.rawValue), .real(orNull: trial.sharpeRatio),
          .integer(trial.sessions), .instant(.now),
        ])
    }
    return added
  }

  private func append(_ trials: [Trial]) throws(DatabaseError) -> Int {
    let writer = try database.append(
      to: "strategy_trials",
      [
        BulkColumn("strategy_id", .text), BulkColumn("run_key", .text), BulkColumn("origin", .text),
        BulkColumn("sharpe_ratio", .real), BulkColumn("sessions", .integer), BulkColumn("made_at", .instant),
      ], conflicts: .keepFirst)
    for trial in trials {
      writer.text(trial.strategyID)
      writer.text(trial.runKey)
      writer.text(trial.origin.rawValue)
      writer.real(orNull: trial.sharpeRatio)
      writer.integer(trial.sessions)
      writer.instant(.now)
      try writer.endRow()
    }
    return try writer.finish()
  }
}
