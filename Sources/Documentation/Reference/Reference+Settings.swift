import Analytics
import Backtest
import Interpreter
import MarketData
import Scripting

extension Reference {
  /// The keys of the strategy block: those of the configuration, which are flags as well, and its own.
  static func keys() -> [ReferenceEntry] {
    let configuration = ConfigKey.all.map { key in
      var conventions = ["Default: \(key.defaultText). As a flag: `--\(key.flag)`, such as `\(key.examples.good)`."]
      if let unit = key.type.unit?.text { conventions.append("Unit: \(unit).") }
      if let alias = key.alias { conventions.append("Also `\(alias)`.") }
      return entry(key.name, [key.alias].compactMap(\.self), key.expected, key.documentation, conventions)
    }
    let own = StrategyBlock.ownKeys.map { entry($0.name, [], $0.type.expected, $0.meaning, ["It is no flag."]) }
    return configuration + own
  }

  private static func entry(
    _ name: String, _ aliases: [String], _ expected: String, _ meaning: String, _ conventions: [String]
  ) -> ReferenceEntry {
    ReferenceEntry(
      kind: .key, name: name, group: "strategy", aliases: aliases, signatures: ["\(name): \(expected)"],
      meaning: meaning, conventions: conventions, examples: [], dependence: "")
  }

  /// The keys of `dataset.yaml`.
  static func settings() -> [ReferenceEntry] {
    DataSettings.Key.allCases.map { key in
      ReferenceEntry(
        kind: .setting, name: key.rawValue, group: "dataset.yaml", signatures: ["\(key.rawValue): \(key.expected)"],
        meaning: key.meaning, conventions: [], examples: [], dependence: "")
    }
  }

  /// The limits of an evaluation.
  static func limits() -> [ReferenceEntry] {
    Limit.all.map { limit in
      ReferenceEntry(
        kind: .limit, name: limit.name, group: "limits", signatures: ["--limit \(limit.name)=…"],
        meaning: limit.meaning.prefix(1).uppercased() + limit.meaning.dropFirst() + ".",
        conventions: ["Default: \(limit.standard)."], examples: [], dependence: "")
    }
  }

  /// The figures of a run.
  static func metrics() -> [ReferenceEntry] {
    MetricCatalog.all.map { metric in
      ReferenceEntry(
        kind: .metric, name: metric.id, group: "metrics", signatures: [], meaning: metric.title + ".",
        conventions: ["`\(metric.formula)`"].map { metric.formula.contains("`") ? metric.formula : $0 }, examples: [],
        dependence: "")
    }
  }
}
