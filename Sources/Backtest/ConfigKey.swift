import Diagnostics
import MarketModel

/// A key of the configuration: name, meaning, range, how it is read and how it is written, in one row.
///
/// The strategy block, the flags, the fingerprint, the JSON and the documentation are made from these rows.
public struct ConfigKey: Sendable {
  /// The name in JSON and in strategy blocks.
  public let name: String
  /// A shorter name that scripts and flags may use.
  public let alias: String?
  /// The default, as it would be written.
  public let defaultText: String
  /// Meaning and range.
  public let documentation: String
  /// What the value may be, for messages.
  public let expected: String
  /// A flag's bare number counts basis points.
  public let flagInBasisPoints: Bool
  /// The value is an amount of money.
  public let isAmount: Bool
  /// Numbers other than 0 that are allowed outside these bounds are hardly meant.
  let usual: ClosedRange<Double>?
  /// Reads a value into a draft; false if it does not fit.
  let read: @Sendable (ConfigValue, inout ConfigDraft) -> Bool
  /// The resolved value.
  public let write: @Sendable (BacktestConfig) -> ConfigValue

  init(
    _ name: String, alias: String? = nil, default defaultText: String, expected: String, doc: String,
    flagInBasisPoints: Bool = false, isAmount: Bool = false, usual: ClosedRange<Double>? = nil,
    read: @escaping @Sendable (ConfigValue, inout ConfigDraft) -> Bool,
    write: @escaping @Sendable (BacktestConfig) -> ConfigValue
  ) {
    self.name = name
    self.alias = alias
    self.defaultText = defaultText
    documentation = doc
    self.expected = expected
    self.flagInBasisPoints = flagInBasisPoints
    self.isAmount = isAmount
    self.usual = usual
    self.read = read
    self.write = write
  }

  /// The name of its flag, without the leading dashes: `max-leverage`, and `costs` for `transaction_cost`.
  public var flag: String { (alias ?? name).map { $0 == "_" ? "-" : String($0) }.joined() }

  /// The key of a name or alias.
  public static func named(_ name: String) -> ConfigKey? { all.first { $0.name == name || $0.alias == name } }
}

extension ConfigKey {
  /// The words that the key takes: what stands in quotes in `expected`.
  public var words: [String] {
    expected.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// Those of its words that are close to a misspelt one.
  func words(closeTo value: ConfigValue) -> [String] {
    guard case .text(let text) = value else { return [] }
    return Suggestions.close(to: text, among: words)
  }
}
