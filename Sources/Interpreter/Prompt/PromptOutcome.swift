public import Diagnostics
public import MarketModel

/// What came of an input, in order of its parts.
public struct PromptOutcome {
  /// What one part of an input did.
  public enum Event {
    /// An expression has a value; what is `none` has no number.
    case result(number: Int?, Value)
    /// Names were bound or changed.
    case bound([String])
    /// A declaration holds from here on.
    case declared(PromptDeclaration.Kind, name: String)
    /// A test has passed.
    case passed(test: String)
  }

  /// What the parts did.
  public var events: [Event] = []
  /// What is doubtful: warnings, and functions that do not fit any more what they use.
  public var warnings: [Diagnostic] = []
}

/// Why an input changed nothing.
public struct PromptFailure: Error {
  /// Errors, with the warnings among them.
  public let diagnostics: [Diagnostic]

  /// A failure.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// An input that was taken: what saves a session and does it again reads it.
public struct PromptEntry: Sendable {
  /// A statement of an input; declarations are not among them.
  public struct Part: Sendable {
    /// Where it stands in the input.
    public let span: Span
    /// The names it binds, `_` included.
    public let binds: [String]
    /// Where the bound value stands, in a `let` or `var`.
    public let boundValue: Span?
    /// The number of its value among the results, where it has one.
    public let result: Int?
    /// Where it reads the latest result as `_`, and the number of that result.
    public let latestReads: [(span: Span, number: Int)]
  }

  /// The text.
  public let file: SourceFile
  /// The statements in it, in order.
  public let parts: [Part]
  /// The day it was evaluated on.
  public let asOf: Day?
}

/// A name of a session, for lists and completion.
public struct PromptName: Sendable {
  /// What a name stands for.
  public enum Kind: String, Sendable {
    case constant = "let"
    case variable = "var"
    case param, state
    case function = "fn"
    case module = "import"
  }

  /// The name.
  public let name: String
  /// What it stands for.
  public let kind: Kind
  /// Of a function the parameters with their types and defaults as written, and the result: `(a, b = 2) -> number`.
  public let signature: String
  /// The kind of its value, where it has one.
  public let value: ValueKind?
}

/// A param of a session or of a module it imports.
public struct PromptParam {
  /// The name by which it is set: of a module's as `module.name`.
  public let name: String
  /// The param.
  public let param: LinkedParam
  /// The value it has.
  public let value: Constant
  /// Its default as written.
  public let initial: String
  /// What may follow the default: `in 5..50 where a < b`.
  public let domain: String
}
