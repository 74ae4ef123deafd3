public import Diagnostics
import MarketModel

/// A key of the configuration: all that is said of it, in one row.
///
/// The strategy block, the flags and their help, `:set`, the fingerprint, the JSON, completion and the documentation are
/// made from these rows. A key without one of the facts does not compile; whether its examples are taken and refused in
/// every way in is tested.
public struct ConfigKey: Sendable {
  /// The name in JSON and in strategy blocks.
  public let name: String
  /// A shorter name that scripts and flags may use.
  public let alias: String?
  /// What values it takes.
  public let type: ConfigType
  /// The default, as it would be written, or in words where it depends on the data.
  public let defaultText: String
  /// What it means.
  public let documentation: String
  /// What it means, in the line that help has for its flag, and what stands there for the value.
  public let help: (text: String, value: String)
  /// A value that it takes and one that it does not, as texts of its flag.
  public let examples: (good: String, bad: String)
  /// Numbers other than 0 that are allowed outside these bounds are hardly meant.
  let usual: ClosedRange<Double>?
  /// Puts a value of the type into a configuration; false if the field cannot hold it.
  private let assign: @Sendable (ConfigValue, inout BacktestConfig) -> Bool
  /// The resolved value.
  public let write: @Sendable (BacktestConfig) -> ConfigValue

  init<Field: ConfigField>(
    _ name: String, alias: String? = nil, _ type: ConfigType,
    at field: any WritableKeyPath<BacktestConfig, Field> & Sendable, default defaultText: String, doc: String,
    help: String, value: String, good: String, bad: String, usual: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.alias = alias
    self.type = type
    self.defaultText = defaultText
    documentation = doc
    self.help = (help, value)
    examples = (good, bad)
    self.usual = usual
    assign = { value, config in
      guard let read = Field(config: value) else { return false }
      config[keyPath: field] = read
      return true
    }
    write = { $0[keyPath: field].configValue }
  }

  /// Reads a value into a draft; false if it does not fit.
  func read(_ value: ConfigValue, _ draft: inout ConfigDraft) -> Bool {
    guard type.takes(value), assign(value, &draft.config) else { return false }
    draft.given.insert(name)
    return true
  }

  /// What the value may be, for messages.
  public var expected: String { type.expected }
  /// The words that the key takes.
  public var words: [String] { type.words }
  /// A flag's bare number counts basis points.
  public var flagInBasisPoints: Bool { type.unit == .tradedNotional }
  /// The value is an amount of money.
  public var isAmount: Bool { type.unit == .amount }

  /// Its names in scripts: the name that results show, and the shorter one.
  public var names: [String] { [name] + [alias].compactMap(\.self) }
  /// The names of its flag, without the leading dashes, the one that is shown first: `costs`, `transaction-cost`.
  public var flags: [String] { names.reversed().map { $0.map { $0 == "_" ? "-" : String($0) }.joined() } }
  /// The name of its flag that is shown: `max-leverage`, and `costs` for `transaction_cost`.
  public var flag: String { flags[0] }

  /// The key of a name or alias.
  public static func named(_ name: String) -> ConfigKey? { all.first { $0.names.contains(name) } }
}

extension ConfigKey {
  /// Those of its words that are close to a misspelt one.
  func words(closeTo value: ConfigValue) -> [String] {
    guard case .text(let text) = value else { return [] }
    return Suggestions.close(to: text, among: words)
  }
}

/// Where a value of the configuration was given, and so how it is written there.
public enum ConfigSource: Sendable {
  /// In a strategy block, at a place.
  case block(Location)
  /// By a flag of a command.
  case flag
  /// By `:set` at the prompt.
  case setting
  /// By a program.
  case program

  /// The place in a text.
  var location: Location? {
    switch self {
    case .block(let location): location
    case .flag, .setting, .program: nil
    }
  }

  /// A value of a key as it is written there.
  func written(_ key: ConfigKey, _ text: String) -> String {
    switch self {
    case .block, .program: "\(key.name): \(text)"
    case .flag: "--\(key.flag) \(text)"
    case .setting: "\(key.name)=\(text)"
    }
  }
}
