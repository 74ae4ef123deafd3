import Diagnostics

/// A function of the language that is written in Swift: implementation and everything said about it, in one record.
///
/// Resolution, arity checks, completion, help, the reference, the example tests and the causality test derive from it.
public struct Builtin: Sendable {
  /// What computes the result. The arguments have been checked and converted as the signature says.
  public typealias Body = @Sendable (borrowing Call) throws(Trap) -> Value

  /// The name scripts use.
  public let name: String
  /// The shapes it can be called in; the first whose first parameter fits the first argument is taken.
  public let overloads: [Overload]
  /// Meaning, convention, what it agrees with. Sentences.
  public let documentation: String
  /// Expressions with their results, run as tests: `("sum([1, 2])", "3")`.
  public let examples: [Example]
  /// What the result depends on, in the shape that depends on most.
  public let effect: Effect
  /// The family, for the reference: "statistics", "lists", …
  public let family: String
  /// What it makes of items that are `na`; `nil` where they are items like others.
  public internal(set) var gaps: BuiltinGaps?
  /// It takes a part of a series: what it gives does not grow with the history.
  public internal(set) var takesPart = false

  /// A builtin with one shape.
  public init(
    _ signature: String, family: String, doc: String, examples: [Example] = [], effect: Effect = .pure,
    body: @escaping Body
  ) {
    self.init([Overload(signature, body: body)], family: family, doc: doc, examples: examples, effect: effect)
  }

  /// A builtin with several shapes.
  ///
  /// - Precondition: all overloads have the same name.
  public init(
    _ overloads: [Overload], family: String, doc: String, examples: [Example] = [], effect: Effect = .pure
  ) {
    precondition(!overloads.isEmpty && overloads.allSatisfy { $0.signature.name == overloads[0].signature.name })
    name = overloads[0].signature.name
    self.overloads = overloads.map { overload in
      var overload = overload
      overload.effect = overload.effect ?? effect
      return overload
    }
    documentation = doc
    self.examples = examples
    self.effect = effect
    self.family = family
  }

  /// What the result of a call with so many arguments depends on.
  func effect(argumentCount count: Int) -> Effect {
    let fitting = overloads.filter { overload in
      let signature = overload.signature
      return count >= signature.requiredCount && (count <= signature.parameters.count || signature.isVariadic)
    }
    let effects = (fitting.isEmpty ? overloads : fitting).map { $0.effect ?? effect }
    return effects.first { $0 != .pure } ?? .pure
  }

  /// One shape of a builtin.
  public struct Overload: Sendable {
    /// Names, types and defaults of its parameters.
    public let signature: Signature
    /// What its result depends on; set by the builtin it belongs to.
    public internal(set) var effect: Effect?
    /// Whether its result is what its argument, a series, stands for where a number is wanted.
    let isLatest: Bool
    let body: Body

    /// A shape with its implementation.
    public init(_ signature: String, body: @escaping Body) { self.init(signature, isLatest: false, body: body) }

    init(_ signature: String, isLatest: Bool, body: @escaping Body) {
      self.signature = Signature(signature)
      self.isLatest = isLatest
      self.body = body
    }
  }

  /// An expression and what it prints as; a result that begins with `E` and four digits is the code of an error.
  public struct Example: Sendable {
    /// The expression.
    public let expression: String
    /// Its value as interpolation prints it, or the code of the error it gives.
    public let result: String

    /// An expression and its result.
    public init(_ expression: String, _ result: String) {
      self.expression = expression
      self.result = result
    }
  }

  /// What a builtin's result depends on besides its arguments.
  public enum Effect: Sendable {
    /// On nothing. A series function is causal: its value at d depends on data known at d.
    case pure
    /// On the data known at `as_of`.
    case readsData
    /// On the portfolio, so a script that uses it is path-dependent.
    case readsPortfolio
    /// On the run's seed and the count of calls at its site.
    case random
    /// It prints, notes or plots.
    case output
    /// It is allowed in tests only.
    case testing
  }
}

/// The builtins that a program can use, by name.
public final class BuiltinLibrary: Sendable {
  /// All builtins, in ascending order of name.
  public let builtins: [Builtin]
  let entries: [String: BuiltinEntry]

  /// Collects builtins.
  ///
  /// - Precondition: names are distinct.
  public init(_ builtins: [Builtin]) {
    self.builtins = builtins.sorted { $0.name < $1.name }
    entries = Dictionary(uniqueKeysWithValues: builtins.map { ($0.name, BuiltinEntry($0)) })
  }

  /// The builtin of a name.
  public subscript(name: String) -> Builtin? { entries[name]?.builtin }

  /// All names, ascending.
  public var names: [String] { builtins.map(\.name) }
}
