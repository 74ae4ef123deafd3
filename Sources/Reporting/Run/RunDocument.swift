import Analytics
public import Backtest
import Diagnostics
import MarketModel

/// The document of `strat run --format json`: everything about a run, in one fixed order of keys.
public enum RunDocument {
  /// The JSON text of a run; equal runs give equal bytes.
  public static func json(_ result: BacktestResult, identity: RunFingerprint) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      write(identity, to: &document)
      document.object("config") { config in
        for key in ConfigKey.all {
          config.key(key.name)
          write(key.write(result.config), to: &config)
        }
      }
      writeMetrics(result, to: &document)
      writeCurve(result, to: &document)
      document.array("decisions") { list in
        for decision in result.decisions { write(decision, to: &list) }
      }
      document.array("fills") { list in
        for fill in result.fills { write(fill, to: &list) }
      }
      document.array("round_trips") { list in
        for trip in result.roundTrips { write(trip, to: &list) }
      }
      writeMonths(result, to: &document)
      writeTracks(result, to: &document)
      document.member("ended_early", result.endedEarly)
      document.array("warnings") { list in
        for warning in result.warnings { write(warning, to: &list) }
      }
    }
    return writer.text + "\n"
  }

  /// A value of the configuration or of a parameter.
  static func write(_ value: ConfigValue, to writer: inout JSONWriter) {
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

  private static func write(_ identity: RunFingerprint, to document: inout JSONWriter) {
    document.member("strategy_id", identity.strategyID)
    document.member("engine_version", identity.engineVersion)
    document.member("script_sha256", identity.scriptHash)
    document.object("modules") { modules in
      for module in identity.modules { modules.member(module.name, module.hash) }
    }
    document.member("data_fingerprint", identity.dataFingerprint)
    document.member("run_key", identity.runKey)
    document.object("params") { params in
      for param in identity.params {
        params.key(param.name)
        write(param.value, to: &params)
      }
    }
  }

  private static func writeMetrics(_ result: BacktestResult, to document: inout JSONWriter) {
    document.object("metrics") { metrics in
      for (metric, value) in result.metrics {
        switch value {
        case .number(let number): metrics.member(metric.id, number)
        case .date(let day): metrics.member(metric.id, day)
        case .absent: metrics.member(metric.id, nil as Double?)
        }
      }
    }
  }

  private static func writeCurve(_ result: BacktestResult, to document: inout JSONWriter) {
    document.array("equity_curve") { curve in
      for (day, equity) in zip(result.days, result.equity) { write(day, equity, to: &curve) }
    }
  }

  private static func write(_ day: Day, _ value: Double, to list: inout JSONWriter) {
    list.array { point in
      point.value(day)
      point.value(value)
    }
  }

  private static func write(_ decision: BacktestResult.Decision, to list: inout JSONWriter) {
    list.object { object in
      object.member("as_of", decision.asOf)
      object.member("status", decision.status.rawValue)
      write(decision.weights, to: &object)
      object.member("watermark", decision.watermark?.description)
    }
  }

  /// The member `weights`: an object in the strategy's order, or null.
  static func write(_ weights: TargetWeights?, to object: inout JSONWriter) {
    guard let weights else { return object.member("weights", nil as String?) }
    object.object("weights") { members in
      for entry in weights.entries { members.member(entry.ticker, entry.weight) }
    }
  }

  private static func write(_ fill: BacktestResult.Fill, to list: inout JSONWriter) {
    list.object { object in
      object.member("date", fill.date)
      object.member("as_of", fill.asOf)
      object.member("ticker", fill.ticker)
      object.member("notional", fill.notional)
      object.member("price", fill.price)
      object.member("cost", fill.cost)
    }
  }

  private static func write(_ trip: RoundTrip, to list: inout JSONWriter) {
    list.object { object in
      object.member("ticker", trip.ticker)
      object.member("side", trip.isLong ? "long" : "short")
      object.member("opened", trip.opened)
      object.member("closed", trip.closed)
      object.member("entry_notional", trip.entryNotional)
      object.member("pnl", trip.pnl)
      object.member("pnl_after_costs", trip.pnlAfterCosts)
      object.member("sessions", trip.sessions)
      object.member("exit", trip.exit?.rawValue)
    }
  }

  private static func writeMonths(_ result: BacktestResult, to document: inout JSONWriter) {
    document.object("monthly_returns") { months in
      for month in result.monthlyReturns { months.member(month.key, month.value) }
    }
  }

  private static func writeTracks(_ result: BacktestResult, to document: inout JSONWriter) {
    document.object("tracks") { tracks in
      for track in result.tracks {
        tracks.array(track.name) { list in
          for point in track.points { write(point.day, point.value, to: &list) }
        }
      }
    }
  }

  private static func write(_ warning: RunWarning, to list: inout JSONWriter) {
    list.object { object in
      object.member("code", warning.code)
      object.member("message", warning.message)
      object.member("count", warning.count)
      object.object("first") { first in
        first.member("as_of", warning.first)
        first.member("span", warning.location.map { DiagnosticText.reference($0) })
      }
    }
  }
}
