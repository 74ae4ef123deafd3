public import Backtest
public import MarketModel

/// The document of `strat run --format json`: everything about a run, in one fixed order of keys.
public enum RunDocument {
  /// The JSON text of a run; equal runs give equal bytes.
  public static func json(_ result: BacktestResult, identity: RunFingerprint) -> String {
    var decisions = JSONWriter()
    decisions.array { list in
      for decision in result.decisions {
        write(
          asOf: decision.asOf, status: decision.status.rawValue, weights: decision.weights,
          watermark: decision.watermark, to: &list)
      }
    }
    return json(RunParts(result, identity: identity), decisions: decisions.text)
  }

  /// The JSON text of a run from its parts and its list of decisions.
  public static func json(_ parts: RunParts, decisions: String) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.member("strategy_id", parts.strategyID)
      document.member("engine_version", parts.engineVersion)
      document.member("script_sha256", parts.scriptHash)
      document.member("modules", json: parts.modules)
      document.member("data_fingerprint", parts.dataFingerprint)
      document.member("run_key", parts.runKey)
      document.member("params", json: parts.params)
      document.member("config", json: parts.config)
      document.member("metrics", json: parts.metrics)
      document.member("benchmark_metrics", json: parts.benchmarkMetrics ?? "null")
      document.member("equity_curve", json: parts.equityCurve)
      document.member("benchmark_curve", json: parts.benchmarkCurve ?? "null")
      document.member("decisions", json: decisions)
      document.member("fills", json: parts.fills)
      document.member("round_trips", json: parts.roundTrips)
      document.member("monthly_returns", json: parts.monthlyReturns)
      document.member("tracks", json: parts.tracks)
      document.member("ended_early", parts.endedEarly)
      document.member("failed_at", parts.failedAt)
      document.member("warnings", json: parts.warnings)
    }
    return writer.text + "\n"
  }

  /// A decision as an element of the list of decisions.
  public static func write(
    asOf: Day, status: String, weights: TargetWeights?, watermark: KnowledgeTime?, to list: inout JSONWriter
  ) {
    list.object { object in
      object.member("as_of", asOf)
      object.member("status", status)
      write(weights, to: &object)
      object.member("watermark", watermark?.description)
    }
  }

  /// A value of the configuration or of a parameter.
  public static func write(_ value: ConfigValue, to writer: inout JSONWriter) {
    switch value {
    case .number(let number): writer.value(number)
    case .text(let text): writer.value(text)
    case .bool(let flag): writer.value(flag)
    case .date(let day): writer.value(day)
    case .duration(let duration): writer.value(duration.description)
    case .list(let items):
      writer.array { list in
        for item in items { write(item, to: &list) }
      }
    case .none: writer.value(nil as String?)
    }
  }

  /// The member `weights`: an object in the strategy's order, or null.
  static func write(_ weights: TargetWeights?, to object: inout JSONWriter) {
    guard let weights else { return object.member("weights", nil as String?) }
    object.object("weights") { members in
      for entry in weights.entries { members.member(entry.ticker, entry.weight) }
    }
  }
}
