import Analytics
import Backtest
import Interpreter

extension Reference {
  /// The keys of the strategy block, which are flags as well.
  static func keys() -> [ReferenceEntry] {
    ConfigKey.all.map { key in
      var conventions = ["Default: \(key.defaultText). As a flag: `--\(key.flag)`."]
      if let alias = key.alias { conventions.append("Also `\(alias)`.") }
      return ReferenceEntry(
        kind: .key, name: key.name, group: "strategy", signatures: ["\(key.name): \(key.expected)"],
        meaning: key.documentation, conventions: conventions, examples: [], dependence: "")
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
