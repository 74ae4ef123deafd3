public import Diagnostics
public import Syntax

/// What whoever embeds the language asks of a script beyond the language itself.
public struct CheckingRules: Sendable {
  /// What is wrong with an entry of the `strategy` block; `nil` lets any constant pass. The function tells whether the
  /// script declares a name.
  public typealias StrategyEntryCheck =
    @Sendable (StrategyDeclaration.Entry, SourceFile, _ declares: (String) -> Bool) -> Diagnostic?

  /// Looks at the entries of the `strategy` block, whose keys the language does not know.
  public var strategyEntry: StrategyEntryCheck?
  /// The script must define `signals`.
  public var requiresSignals: Bool
  /// The most brackets and blocks that may be open at a time.
  public var nesting: Int

  /// Makes rules.
  public init(strategyEntry: StrategyEntryCheck? = nil, requiresSignals: Bool = false, limits: Limits = Limits()) {
    self.strategyEntry = strategyEntry
    self.requiresSignals = requiresSignals
    nesting = limits.nesting
  }
}
