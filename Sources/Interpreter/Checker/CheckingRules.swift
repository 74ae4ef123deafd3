public import Diagnostics

/// What whoever embeds the language asks of a script beyond the language itself.
public struct CheckingRules: Sendable {
  /// The keys a `strategy` block may have; `nil` lets any key pass.
  public var strategyKeys: [StrategyKey]?
  /// The script must define `signals`.
  public var requiresSignals: Bool
  /// The most brackets and blocks that may be open at a time.
  public var nesting: Int

  /// Makes rules.
  public init(strategyKeys: [StrategyKey]? = nil, requiresSignals: Bool = false, limits: Limits = Limits()) {
    self.strategyKeys = strategyKeys
    self.requiresSignals = requiresSignals
    nesting = limits.nesting
  }
}

/// A key of the `strategy` block.
public struct StrategyKey: Sendable {
  /// The key.
  public let name: String
  /// The types of value it takes.
  public let accepts: [TypeExpression]
  /// The words it takes where it takes words; empty if any string goes.
  public let values: [String]

  /// Reads a word that stands without its quotes: as the key takes it, or what is wrong with it even in quotes.
  public let word: @Sendable (String, Location) -> Result<String, Diagnostic>

  /// Makes a key.
  ///
  /// - Parameter word: without it, what the key takes and its values decide.
  public init(
    _ name: String, accepts: [TypeExpression], values: [String] = [],
    word: (@Sendable (String, Location) -> Result<String, Diagnostic>)? = nil
  ) {
    self.name = name
    self.accepts = accepts
    self.values = values
    self.word = word ?? { word, _ in .success(word) }
  }
}
