import Backtest
public import Codecs
public import Databases
public import MarketModel
import Reporting

/// What differs between two runs.
public struct RunComparison: Sendable {
  /// A value that differs, as JSON; `nil` where a run does not have it.
  public struct Difference: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// The value of each run.
    public let left: JSONValue?
    /// See `left`.
    public let right: JSONValue?
  }

  /// A weight that differs; `nil` where a run does not have the ticker.
  public struct WeightDifference: Equatable, Sendable {
    /// The ticker.
    public let ticker: String
    /// The weight in each run.
    public let left: Double?
    /// See `left`.
    public let right: Double?
  }

  /// The first date on which the decisions differ.
  public struct Parting: Equatable, Sendable {
    /// The date.
    public let date: Day
    /// What each run decided; `nil` where it decided nothing on that date.
    public let left: String?
    /// See `left`.
    public let right: String?
    /// The weights that differ, by ticker.
    public let weights: [WeightDifference]
  }

  /// Script, modules, data and engine.
  public let identity: [Difference]
  /// Keys of the configuration.
  public let config: [Difference]
  /// Params.
  public let params: [Difference]
  /// Metrics.
  public let metrics: [Difference]
  /// Where the decisions part; `nil` if they never do.
  public let parting: Parting?
}

extension RunStore {
  /// Compares two runs.
  public func compare(_ left: SavedRun, _ right: SavedRun) throws(DatabaseError) -> RunComparison {
    func differences(_ left: String, _ right: String) -> [RunComparison.Difference] {
      RunComparison.differences(JSONValue(left) ?? .null, JSONValue(right) ?? .null)
    }
    let heads = [left, right].map { run in
      JSONValue.object([
        .init(name: "strategy_id", value: .text(run.parts.strategyID)),
        .init(name: "script_sha256", value: .text(run.parts.scriptHash)),
        .init(name: "data_fingerprint", value: .text(run.parts.dataFingerprint)),
        .init(name: "engine_version", value: .text(run.parts.engineVersion)),
      ])
    }
    let modules = differences(left.parts.modules, right.parts.modules).map { entry in
      RunComparison.Difference(name: "module \(entry.name)", left: entry.left, right: entry.right)
    }
    return RunComparison(
      identity: RunComparison.differences(heads[0], heads[1]) + modules,
      config: differences(left.parts.config, right.parts.config),
      params: differences(left.parts.params, right.parts.params),
      metrics: differences(left.parts.metrics, right.parts.metrics), parting: try parting(left.id, right.id))
  }

  private func parting(_ left: Int, _ right: Int) throws(DatabaseError) -> RunComparison.Parting? {
    try database.transaction { () throws(DatabaseError) in
      let readers = (try DecisionReader(database, run: left), try DecisionReader(database, run: right))
      while true {
        let (first, second) = (try readers.0.next(), try readers.1.next())
        if let parting = RunComparison.parting(first, second) { return parting }
        if first == nil, second == nil { return nil }
      }
    }
  }
}

extension RunComparison {
  /// The members that differ: those of the left in its order, then those that only the right has.
  static func differences(_ left: JSONValue, _ right: JSONValue) -> [Difference] {
    let known = left.members.compactMap { member in
      let other = right[member.name]
      return other == member.value ? nil : Difference(name: member.name, left: member.value, right: other)
    }
    let added = right.members.filter { left[$0.name] == nil }
    return known + added.map { Difference(name: $0.name, left: nil, right: $0.value) }
  }

  /// How two decisions part; `nil` if they are the same. Of two dates the earlier is the one.
  static func parting(_ left: SavedDecision?, _ right: SavedDecision?) -> Parting? {
    guard let date = [left?.asOf, right?.asOf].compactMap(\.self).min() else { return nil }
    let left = left.flatMap { $0.asOf == date ? $0 : nil }
    let right = right.flatMap { $0.asOf == date ? $0 : nil }
    let weights = differences(left?.weights, right?.weights)
    if left?.status == right?.status, weights.isEmpty { return nil }
    return Parting(date: date, left: left?.status, right: right?.status, weights: weights)
  }

  private static func differences(_ left: TargetWeights?, _ right: TargetWeights?) -> [WeightDifference] {
    let sides = [left, right].map { weights in
      Dictionary((weights?.entries ?? []).map { ($0.ticker, $0.weight) }) { first, _ in first }
    }
    return Set(sides[0].keys).union(sides[1].keys).sorted().compactMap { ticker in
      let pair = (sides[0][ticker], sides[1][ticker])
      // A weight of 0 is the same as none.
      if (pair.0 ?? 0) == (pair.1 ?? 0) { return nil }
      return WeightDifference(ticker: ticker, left: pair.0, right: pair.1)
    }
  }
}
