import Analytics
public import Backtest
import Diagnostics
public import MarketModel

/// The document of a run in parts, each a JSON text: what a database keeps in columns of their own, and what
/// `RunDocument` puts together again, byte for byte. The decisions are not among them; they are rows.
public struct RunParts: Sendable {
  /// The strategy's name.
  public var strategyID: String
  /// The version of the engine.
  public var engineVersion: String
  /// SHA-256 of the script.
  public var scriptHash: String
  /// The fingerprint of the data set.
  public var dataFingerprint: String
  /// What makes the run the run it is.
  public var runKey: String
  /// An object of each module's SHA-256.
  public var modules: String
  /// An object of the params.
  public var params: String
  /// An object of every key of the configuration.
  public var config: String
  /// An object of every metric.
  public var metrics: String
  /// An object of the benchmark's own metrics; `nil` without a benchmark that has prices in the run.
  public var benchmarkMetrics: String?
  /// A list of pairs of session and equity.
  public var equityCurve: String
  /// A list of pairs of session and what the initial capital would have become in the benchmark; `nil` as above.
  public var benchmarkCurve: String?
  /// A list of the fills.
  public var fills: String
  /// A list of the round trips.
  public var roundTrips: String
  /// An object of the monthly returns.
  public var monthlyReturns: String
  /// An object of lists of pairs.
  public var tracks: String
  /// The session of ruin.
  public var endedEarly: Day?
  /// The session on which the run failed; such runs are not kept.
  public var failedAt: Day?
  /// A list of the warnings.
  public var warnings: String

  /// Parts that were kept.
  public init(
    strategyID: String, engineVersion: String, scriptHash: String, dataFingerprint: String, runKey: String,
    modules: String, params: String, config: String, metrics: String, benchmarkMetrics: String?, equityCurve: String,
    benchmarkCurve: String?, fills: String, roundTrips: String, monthlyReturns: String, tracks: String,
    endedEarly: Day?, failedAt: Day? = nil, warnings: String
  ) {
    self.strategyID = strategyID
    self.engineVersion = engineVersion
    self.scriptHash = scriptHash
    self.dataFingerprint = dataFingerprint
    self.runKey = runKey
    self.modules = modules
    self.params = params
    self.config = config
    self.metrics = metrics
    self.benchmarkMetrics = benchmarkMetrics
    self.equityCurve = equityCurve
    self.benchmarkCurve = benchmarkCurve
    self.fills = fills
    self.roundTrips = roundTrips
    self.monthlyReturns = monthlyReturns
    self.tracks = tracks
    self.endedEarly = endedEarly
    self.failedAt = failedAt
    self.warnings = warnings
  }

  /// The parts of a run.
  public init(_ result: BacktestResult, identity: RunFingerprint) {
    let parts = IdentityParts(identity)
    self.init(
      strategyID: identity.strategyID, engineVersion: identity.engineVersion, scriptHash: identity.scriptHash,
      dataFingerprint: identity.dataFingerprint, runKey: identity.runKey, modules: parts.modules, params: parts.params,
      config: IdentityParts.config(result.config), metrics: PartText.metrics(result.metrics),
      benchmarkMetrics: result.benchmark.map { PartText.metrics($0.metrics) },
      equityCurve: PartText.curve(result.figures), benchmarkCurve: result.benchmark.map { PartText.curve($0.figures) },
      fills: PartText.list(result.fills) { fill, list in PartText.write(fill, to: &list) },
      roundTrips: PartText.list(result.roundTrips) { trip, list in PartText.write(trip, to: &list) },
      monthlyReturns: PartText.months(result), tracks: PartText.tracks(result), endedEarly: result.endedEarly,
      failedAt: result.failedAt,
      warnings: PartText.list(result.warnings) { warning, list in PartText.write(warning, to: &list) })
  }
}

/// What a run is, as JSON texts.
public struct IdentityParts: Sendable {
  /// An object of each module's SHA-256.
  public let modules: String
  /// An object of the params.
  public let params: String
  /// An object of every key of the configuration.
  public let config: String

  /// The parts of an identity.
  public init(_ identity: RunFingerprint) {
    modules = PartText.object { modules in
      for module in identity.modules { modules.member(module.name, module.hash) }
    }
    params = PartText.object { params in
      for param in identity.params {
        params.key(param.name)
        RunDocument.write(param.value, to: &params)
      }
    }
    config = IdentityParts.config(identity.config)
  }

  static func config(_ config: BacktestConfig) -> String {
    PartText.object { object in
      for key in ConfigKey.all {
        object.key(key.name)
        RunDocument.write(key.write(config), to: &object)
      }
    }
  }
}

/// Writes the parts.
private enum PartText {
  static func object(_ members: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.object(members)
    return writer.text
  }

  static func list<S: Sequence>(_ items: S, _ write: (S.Element, inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.array { list in
      for item in items { write(item, &list) }
    }
    return writer.text
  }

  static func metrics(_ metrics: [(metric: Metric, value: Metric.Value)]) -> String {
    object { members in
      for (metric, value) in metrics { members.member(metric.id, value) }
    }
  }

  static func curve(_ figures: MetricInput) -> String {
    list(zip(figures.days, figures.equity)) { point, list in write(point.0, point.1, to: &list) }
  }

  static func months(_ result: BacktestResult) -> String {
    object { months in
      for month in result.monthlyReturns { months.member(month.key, month.value) }
    }
  }

  static func tracks(_ result: BacktestResult) -> String {
    object { tracks in
      for track in result.tracks {
        tracks.array(track.name) { list in
          for point in track.points { write(point.day, point.value, to: &list) }
        }
      }
    }
  }

  static func write(_ day: Day, _ value: Double, to list: inout JSONWriter) {
    list.array { point in
      point.value(day)
      point.value(value)
    }
  }

  static func write(_ fill: BacktestResult.Fill, to list: inout JSONWriter) {
    list.object { object in
      object.member("date", fill.date)
      object.member("as_of", fill.asOf)
      object.member("ticker", fill.ticker)
      object.member("notional", fill.notional)
      object.member("price", fill.price)
      object.member("cost", fill.cost)
    }
  }

  static func write(_ trip: RoundTrip, to list: inout JSONWriter) {
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

  static func write(_ warning: RunWarning, to list: inout JSONWriter) {
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
