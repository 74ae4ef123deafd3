import Codecs
import Kernels
import MarketModel

/// What makes a run the run it is: two runs with the same key gave the same result.
public struct RunFingerprint: Sendable {
  /// The strategy's name.
  public var strategyID: String
  /// The configuration, resolved.
  public var config: BacktestConfig
  /// SHA-256 of the script, in lower-case hex; empty for a strategy written in Swift.
  public var scriptHash: String
  /// For each imported module its name and SHA-256.
  public var modules: [(name: String, hash: String)]
  /// The params and their values.
  public var params: [(name: String, value: ConfigValue)]
  /// The fingerprint of the data set.
  public var dataFingerprint: String
  /// The version of the engine.
  public var engineVersion: String

  /// Describes a run.
  public init(
    strategyID: String, config: BacktestConfig, scriptHash: String, modules: [(name: String, hash: String)],
    params: [(name: String, value: ConfigValue)], dataFingerprint: String, engineVersion: String
  ) {
    self.strategyID = strategyID
    self.config = config
    self.scriptHash = scriptHash
    self.modules = modules
    self.params = params
    self.dataFingerprint = dataFingerprint
    self.engineVersion = engineVersion
  }

  /// SHA-256, in lower-case hex, of the canonical JSON object: keys sorted at every level, no spaces.
  public var runKey: String { ContentHash.hex(of: Array(canonicalJSON.utf8)) }

  var canonicalJSON: String {
    let config = ConfigKey.all.map { ($0.name, CanonicalJSON.value($0.write(self.config))) }
    return CanonicalJSON.object([
      ("config", CanonicalJSON.object(config)),
      ("data_fingerprint", CanonicalJSON.string(dataFingerprint)),
      ("engine_version", CanonicalJSON.string(engineVersion)),
      ("modules", CanonicalJSON.object(modules.map { ($0.name, CanonicalJSON.string($0.hash)) })),
      ("params", CanonicalJSON.object(params.map { ($0.name, CanonicalJSON.value($0.value)) })),
      ("script_sha256", CanonicalJSON.string(scriptHash)),
      ("strategy_id", CanonicalJSON.string(strategyID)),
    ])
  }
}

/// JSON with sorted keys and no spaces, for hashing.
enum CanonicalJSON {
  static func object(_ members: [(String, String)]) -> String {
    let sorted = members.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
    return "{" + sorted.map { string($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  static func value(_ value: ConfigValue) -> String {
    switch value {
    case .number(let number): self.number(number)
    case .text(let text): string(text)
    case .bool(let bool): bool ? "true" : "false"
    case .date(let day): string(day.description)
    case .duration(let duration): string(duration.description)
    case .list(let items): "[" + items.map { self.value($0) }.joined(separator: ",") + "]"
    case .none: "null"
    }
  }

  /// The shortest form that reads back; whole numbers without a point, `-0` as 0.
  static func number(_ number: Double) -> String { number.isFinite ? NumberText.shortest(number) : "null" }

  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.utf8.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
