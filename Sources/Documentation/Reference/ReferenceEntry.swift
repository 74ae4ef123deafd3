/// Something that can be looked up: a function, a module, a key of the strategy block, a limit or a metric.
public struct ReferenceEntry: Sendable {
  /// What an entry is.
  public enum Kind: String, Sendable, CaseIterable {
    /// A function that every script has.
    case builtin
    /// A module of the standard library.
    case module
    /// A function of a module.
    case function
    /// A key of the strategy block, which is a flag as well.
    case key
    /// A limit of an evaluation.
    case limit
    /// A figure that describes a run.
    case metric

    /// As a heading calls several of them.
    public var plural: String {
      switch self {
      case .builtin: "Builtins"
      case .module: "Modules"
      case .function: "Functions of modules"
      case .key: "Keys of the strategy block"
      case .limit: "Limits"
      case .metric: "Metrics"
      }
    }
  }

  /// An expression and what it gives, where that is known beforehand.
  public struct Example: Sendable {
    /// The expression.
    public let expression: String
    /// What it prints as, or the code of the error it gives.
    public let result: String?
  }

  /// What it is.
  public let kind: Kind
  /// The name as scripts write it: `sma`, `portfolio.cap`, `max_leverage`.
  public let name: String
  /// What it belongs to: a family of builtins, a module.
  public let group: String
  /// The ways to call it; what a key or limit takes.
  public let signatures: [String]
  /// What it means, in a sentence or two.
  public let meaning: String
  /// Conventions, each a paragraph: what counts, what is missing, what it agrees with.
  public let conventions: [String]
  /// Examples.
  public let examples: [Example]
  /// What it depends on besides its arguments; empty for what depends on nothing.
  public let dependence: String
  /// Names of related entries.
  public internal(set) var related: [String] = []
}
