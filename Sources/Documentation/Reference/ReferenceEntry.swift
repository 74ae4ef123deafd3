/// Something that can be looked up: a function, a module, a word of the language, a key of the strategy block, a limit or
/// a metric.
public struct ReferenceEntry: Sendable {
  /// What an entry is.
  public enum Kind: String, Sendable, CaseIterable {
    /// A function that every script has.
    case builtin
    /// A module of the standard library.
    case module
    /// A function of a module.
    case function
    /// A word of the language.
    case word
    /// An operator.
    case operation = "operator"
    /// What stands behind a number.
    case unit
    /// The name of a type.
    case type
    /// A key of the strategy block, which is a flag as well.
    case key
    /// A key of a data folder's `dataset.yaml`.
    case setting
    /// A limit of an evaluation.
    case limit
    /// A figure that describes a run.
    case metric

    /// Whether it is a part of the language itself.
    var isOfLanguage: Bool {
      switch self {
      case .word, .operation, .unit, .type: true
      case .builtin, .module, .function, .key, .setting, .limit, .metric: false
      }
    }

    /// As a heading calls several of them.
    public var plural: String {
      switch self {
      case .builtin: "Builtins"
      case .module: "Modules"
      case .function: "Functions of modules"
      case .word: "Words"
      case .operation: "Operators"
      case .unit: "Units"
      case .type: "Types"
      case .key: "Keys of the strategy block"
      case .setting: "Keys of dataset.yaml"
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
  /// Other names of it, such as `costs` for `transaction_cost`.
  public let aliases: [String]
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

  init(
    kind: Kind, name: String, group: String, aliases: [String] = [], signatures: [String], meaning: String,
    conventions: [String], examples: [Example], dependence: String
  ) {
    self.kind = kind
    self.name = name
    self.group = group
    self.aliases = aliases
    self.signatures = signatures
    self.meaning = meaning
    self.conventions = conventions
    self.examples = examples
    self.dependence = dependence
  }
}
