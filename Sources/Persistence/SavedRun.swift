public import Backtest
public import Databases
public import MarketModel
public import Reporting

/// A run as it was kept.
public struct SavedRun: Sendable {
  /// Its number in the database.
  public let id: Int
  /// The parts of its document.
  public let parts: RunParts
  /// Its first session.
  public let start: Day
  /// Its last session.
  public let end: Day
  /// When it was kept.
  public let createdAt: KnowledgeTime
}

/// A decision as it was kept.
public struct SavedDecision: Equatable, Sendable {
  /// The date.
  public let asOf: Day
  /// `targets`, `hold`, `not_warm` or `error`.
  public let status: String
  /// The latest known-time among the data read.
  public let watermark: KnowledgeTime?
  /// The weights as the strategy gave them; only for `targets`.
  public let weights: TargetWeights?
}

extension RunStore {
  /// The numbers of the runs that a word names: its number, or the beginning of its key (four digits at least).
  public func runs(named word: String) throws(DatabaseError) -> [Int] {
    if let number = Int(word), word.utf8.count < 10 {
      return try database.integer("select id from backtest_results where id = $1", [.integer(number)]).map { [$0] }
        ?? []
    }
    let isKey = (4...64).contains(word.utf8.count) && word.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    guard isKey else { return [] }
    let rows = try database.rows(
      "select id from backtest_results where substr(run_key, 1, \(word.utf8.count)) = $1 order by id", [.text(word)])
    var found: [Int] = []
    while try rows.next() { if let id = try rows.integer(0) { found.append(id) } }
    return found
  }

  /// A run; `nil` if there is none of the number.
  public func run(_ id: Int) throws(DatabaseError) -> SavedRun? {
    let columns =
      ["run_key", "strategy_id", "script_sha256", "data_fingerprint", "engine_version"] + RunColumns.texts
    let rows = try database.rows(
      """
      select \(columns.joined(separator: ", ")), ended_early, start_date, end_date, created_at
      from backtest_results where id = $1
      """, [.integer(id)])
    guard try rows.next() else { return nil }
    var texts: [String] = []
    for column in columns.indices { texts.append(try rows.text(column) ?? "") }
    let after = columns.count
    let benchmark = try benchmark(of: id)
    let parts = RunParts(
      strategyID: texts[1], engineVersion: texts[4], scriptHash: texts[2], dataFingerprint: texts[3], runKey: texts[0],
      modules: texts[10], params: texts[8], config: texts[7], metrics: texts[9],
      benchmarkMetrics: benchmark?.metrics, equityCurve: texts[5], benchmarkCurve: benchmark?.curve, fills: texts[11],
      roundTrips: texts[12], monthlyReturns: texts[6], tracks: texts[13],
      endedEarly: try rows.day(after), warnings: texts[14])
    guard let start = try rows.day(after + 1), let end = try rows.day(after + 2),
      let created = try rows.instant(after + 3)
    else { return nil }
    return SavedRun(id: id, parts: parts, start: start, end: end, createdAt: created)
  }

  /// The benchmark's metrics and curve; `nil` of a run without, and of those that were kept before there were any.
  private func benchmark(of id: Int) throws(DatabaseError) -> (metrics: String, curve: String)? {
    let rows = try database.rows(
      "select metrics_json, curve_json from benchmark_results where run_id = $1", [.integer(id)])
    guard try rows.next(), let metrics = try rows.text(0), let curve = try rows.text(1) else { return nil }
    return (metrics, curve)
  }

  /// The decisions of a run, one after the other in order of date.
  public func decisions(of id: Int, _ visit: (SavedDecision) -> Void) throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      let reader = try DecisionReader(database, run: id)
      while let decision = try reader.next() { visit(decision) }
    }
  }

  /// The document of `strat run --format json`, byte for byte as the run printed it.
  public func document(_ run: SavedRun) throws(DatabaseError) -> String {
    var writer = JSONWriter()
    var found: [SavedDecision] = []
    try decisions(of: run.id) { found.append($0) }
    writer.array { list in
      for decision in found {
        RunDocument.write(
          asOf: decision.asOf, status: decision.status, weights: decision.weights, watermark: decision.watermark,
          to: &list)
      }
    }
    return RunDocument.json(run.parts, decisions: writer.text)
  }

  /// Deletes runs with all that belongs to them; their trials stay counted.
  public func delete(_ ids: [Int]) throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      for id in ids {
        for (table, column) in [
          ("strategy_signals", "run_id"), ("strategy_decisions", "run_id"), ("benchmark_results", "run_id"),
          ("backtest_results", "id"),
        ] {
          try database.execute("delete from \(table) where \(column) = $1", [.integer(id)])
        }
      }
    }
  }
}

/// Reads the decisions of a run with their weights, in bounded memory. Needs an open transaction.
final class DecisionReader {
  private let rows: any Rows
  private var hasRow: Bool

  init(_ database: any Database, run: Int) throws(DatabaseError) {
    rows = try database.stream(
      """
      select decision.signal_date, decision.status, decision.watermark, signal.ticker, signal.weight
      from strategy_decisions as decision left join strategy_signals as signal
        on signal.run_id = decision.run_id and signal.signal_date = decision.signal_date
      where decision.run_id = $1 order by decision.signal_date, signal.ordinal
      """, [.integer(run)])
    hasRow = try rows.next()
  }

  /// The next decision; `nil` after the last.
  func next() throws(DatabaseError) -> SavedDecision? {
    guard hasRow, let day = try rows.day(0), let status = try rows.text(1) else { return nil }
    let watermark = try rows.instant(2)
    var entries: [TargetWeights.Entry] = []
    while hasRow {
      guard try rows.day(0) == day else { break }
      if let ticker = try rows.text(3), let weight = try rows.real(4) {
        entries.append(TargetWeights.Entry(ticker: ticker, weight: weight))
      }
      hasRow = try rows.next()
    }
    let hasTargets = status == BacktestResult.Decision.Status.targets.rawValue
    return SavedDecision(
      asOf: day, status: status, watermark: watermark, weights: hasTargets ? TargetWeights(entries) : nil)
  }
}
