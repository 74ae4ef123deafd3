public import Analytics
public import Codecs
public import Databases
public import MarketModel

/// Which runs are listed, and in which order.
public struct RunQuery: Sendable {
  /// How a metric is compared.
  public enum Comparison: String, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "="
  }

  /// What a metric must be; a run without it is left out.
  public struct Condition: Sendable {
    /// The metric's name, as in the catalogue.
    public var metric: String
    /// How it is compared.
    public var comparison: Comparison
    /// What it is compared with.
    public var value: Double

    /// A condition on a metric.
    public init(metric: String, comparison: Comparison, value: Double) {
      self.metric = metric
      self.comparison = comparison
      self.value = value
    }

    /// Reads `sharpe_ratio>=1`, `max_drawdown > -30%`; `nil` for anything else. Whether there is such a metric is not
    /// asked. Blanks around the parts mean nothing, percent are hundredths, and numbers are as scripts write them.
    public init?(_ text: String) {
      guard let start = text.firstIndex(where: { "<>=".contains($0) }),
        let sign = Condition.signs.first(where: { text[start...].hasPrefix($0.text) }),
        let value = Condition.number(text[text.index(start, offsetBy: sign.text.count)...])
      else { return nil }
      self.init(metric: Condition.trimmed(text[..<start]), comparison: sign.comparison, value: value)
    }

    /// How comparisons are written, the longer first.
    private static let signs =
      [(text: "==", comparison: Comparison.equal)] + Comparison.allCases.map { (text: $0.rawValue, comparison: $0) }

    private static func number(_ text: Substring) -> Double? {
      var word = trimmed(text)
      if word.hasSuffix("%") { word = trimmed(word.dropLast()) + "pct" }
      return NumberLiteral.value(word)
    }

    private static func trimmed(_ text: Substring) -> String {
      var text = text
      while text.first?.isWhitespace == true { text.removeFirst() }
      while text.last?.isWhitespace == true { text.removeLast() }
      return String(text)
    }
  }

  /// The names of the strategies; `*` stands for any letters. All where there is none.
  public var strategies: [String] = []
  /// Conditions, all of which must hold.
  public var conditions: [Condition] = []
  /// Params by name and value, as they are printed.
  public var params: [(name: String, text: String)] = []
  /// The beginning of the data set's fingerprint.
  public var dataFingerprint: String?
  /// The first and last day on which a run was kept, in UTC.
  public var since: Day?
  /// See `since`.
  public var until: Day?
  /// The metric they are sorted by; `nil` sorts by when they were kept.
  public var sort: String?
  /// Whether the smallest come first; runs without the metric are always last.
  public var isAscending = false
  /// How many at most.
  public var limit: Int?

  /// All runs, the latest first.
  public init() {}
}

/// A run in a list.
public struct RunSummary: Sendable {
  /// Its number in the database.
  public let id: Int
  /// What makes it the run it is.
  public let runKey: String
  /// The strategy's name.
  public let strategyID: String
  /// Its first session.
  public let start: Day
  /// Its last session.
  public let end: Day
  /// When it was kept.
  public let createdAt: KnowledgeTime
  /// The metrics that were asked for, in their order.
  public let metrics: [Metric.Value]
  /// An object of the params.
  public let params: JSONValue
}

extension RunStore {
  /// The runs that a query asks for, each with the values of some metrics.
  public func list(_ query: RunQuery, metrics: [Metric]) throws(DatabaseError) -> [RunSummary] {
    let names = try strategies(like: query.strategies)
    if names?.isEmpty == true { return [] }
    let sql = RunListing(query, names: names, metrics: metrics, database.dialect)
    let rows = try database.rows(sql.text, sql.values)
    var found: [RunSummary] = []
    while try rows.next() {
      guard let params = try rows.text(6).flatMap({ JSONValue($0) }), query.admits(params) else { continue }
      if let limit = query.limit, found.count >= limit { break }
      var values: [Metric.Value] = []
      for (place, metric) in metrics.enumerated() {
        if metric.unit == .date {
          values.append(try rows.text(7 + place).flatMap { Day(iso: $0) }.map { .date($0) } ?? .absent)
        } else {
          values.append(try rows.real(7 + place).map { .number($0) } ?? .absent)
        }
      }
      guard let id = try rows.integer(0), let key = try rows.text(1), let strategy = try rows.text(2),
        let start = try rows.day(3), let end = try rows.day(4), let created = try rows.instant(5)
      else { continue }
      found.append(
        RunSummary(
          id: id, runKey: key, strategyID: strategy, start: start, end: end, createdAt: created, metrics: values,
          params: params))
    }
    return found
  }

  /// The names of strategies that fit any of the patterns; `nil` without patterns.
  private func strategies(like patterns: [String]) throws(DatabaseError) -> [String]? {
    if patterns.isEmpty { return nil }
    let rows = try database.rows("select distinct strategy_id from backtest_results")
    var names: [String] = []
    // Compared here, because the two databases do not agree on letters and their cases.
    while try rows.next() {
      if let name = try rows.text(0), patterns.contains(where: { RunQuery.fits(name[...], $0[...]) }) {
        names.append(name)
      }
    }
    return names.sorted()
  }
}

extension RunQuery {
  /// Whether a name fits a pattern.
  static func fits(_ name: Substring, _ pattern: Substring) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return name == pattern }
    guard name.hasPrefix(pattern[..<star]) else { return false }
    let rest = pattern[pattern.index(after: star)...]
    var tail = name.dropFirst(pattern[..<star].count)
    while true {
      if fits(tail, rest) { return true }
      if tail.isEmpty { return false }
      tail = tail.dropFirst()
    }
  }

  /// Whether params have the values that are asked for.
  func admits(_ found: JSONValue) -> Bool {
    params.allSatisfy { wanted in
      switch found[wanted.name] {
      case .number(let number): Double(wanted.text) == number
      case .text(let text): text == wanted.text
      case .bool(let flag): wanted.text == (flag ? "true" : "false")
      case .null: wanted.text == "none"
      case .list, .object, nil: false
      }
    }
  }
}

/// The statement that lists runs.
struct RunListing {
  private(set) var text = ""
  private(set) var values: [SQLValue] = []
  private let dialect: Dialect

  init(_ query: RunQuery, names: [String]?, metrics: [Metric], _ dialect: Dialect) {
    self.dialect = dialect
    let columns =
      ["id", "run_key", "strategy_id", "start_date", "end_date", "created_at", "params_json"]
      + metrics.map { column($0.id) }
    text = "select \(columns.joined(separator: ", ")) from backtest_results"
    var conditions: [String] = []
    if let names { conditions.append("strategy_id in (" + names.map { mark(.text($0)) }.joined(separator: ", ") + ")") }
    for condition in query.conditions {
      conditions.append("\(column(condition.metric)) \(condition.comparison.rawValue) \(mark(.real(condition.value)))")
    }
    if let prefix = query.dataFingerprint {
      conditions.append("substr(data_fingerprint, 1, \(prefix.unicodeScalars.count)) = \(mark(.text(prefix)))")
    }
    if let since = query.since { conditions.append("created_at >= \(mark(.instant(since.midnight)))") }
    if let until = query.until { conditions.append("created_at < \(mark(.instant((until + 1).midnight)))") }
    if !conditions.isEmpty { text += " where " + conditions.joined(separator: " and ") }
    let direction = query.isAscending ? "asc" : "desc"
    text += " order by \(query.sort.map { column($0) } ?? "created_at") \(direction) nulls last, id \(direction)"
  }

  private mutating func mark(_ value: SQLValue) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  /// The expression of a metric: its own column, or the member of the JSON.
  ///
  /// - Precondition: `metric` is a name of the catalogue, which needs no quoting.
  private func column(_ metric: String) -> String {
    guard let known = MetricCatalog.metric(metric) else { preconditionFailure("`\(metric)` is a metric") }
    if RunColumns.metrics.contains(metric) { return metric }
    let member = "metrics_json ->> '\(metric)'"
    if known.unit == .date { return "(\(member))" }
    return "cast(\(member) as \(dialect == .sqlite ? "real" : "double precision"))"
  }
}

extension Day {
  /// 00:00 UTC.
  var midnight: KnowledgeTime { KnowledgeTime(microseconds: Int64(rawValue) * 86_400_000_000) }
}
