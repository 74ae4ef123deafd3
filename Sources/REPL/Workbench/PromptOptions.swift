public import Diagnostics
public import Interpreter
public import MarketModel
public import Scripting

/// What a session begins with.
public struct PromptOptions {
  /// The scripts to load, in order.
  public var files: [String] = []
  /// The day whose knowledge counts; `nil` for the last session of the market.
  public var asOf: Day?
  /// Further folders in which modules are looked for.
  public var paths: [String] = []
  /// What an evaluation may use.
  public var limits = Limits()
  /// Without a terminal, whether the session goes on after an error.
  public var keepsGoing = false
  /// The configuration of runs, beside the strategy block.
  public var settings: [StrategyBlock.Given] = []
  /// The params of the first script, as they are given on a command line.
  public var params: [(name: String, text: String)] = []
  /// Runs the first script and, where the run fails, opens at the failing date with the error shown.
  public var opensAtFailure = false
  /// All diagnostics, for `:explain`.
  public var catalog: DiagnosticCatalog
  /// The program's version, which the identity of a run holds.
  public var version: String
  /// Asked for from another thread or a signal, to stop an evaluation.
  public var cancellation = Cancellation()
  /// Runs an editor on a file and waits for it; false if it failed. `nil` where there is none.
  public var edit: ((String) -> Bool)?

  /// Options that are the defaults.
  public init(catalog: DiagnosticCatalog, version: String) {
    self.catalog = catalog
    self.version = version
  }
}
