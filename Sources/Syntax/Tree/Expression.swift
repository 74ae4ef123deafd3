public import Diagnostics
public import MarketModel

/// Identifies a node within its file. Ids are dense, from 0, in the order in which nodes were completed.
public typealias NodeID = Int32

/// A name as it stands in the source.
public struct Name: Hashable, Sendable {
  /// The identifier.
  public let text: String
  /// Where it stands.
  public let span: Span

  /// Makes a name.
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// An expression.
public struct Expression: Sendable {
  /// Its id in the file.
  public let id: NodeID
  /// Where it stands.
  public let span: Span
  /// What it is.
  public let kind: Kind

  /// Makes an expression.
  public init(id: NodeID, span: Span, kind: Kind) {
    self.id = id
    self.span = span
    self.kind = kind
  }

  /// The forms of expressions.
  public indirect enum Kind: Sendable {
    case number(Double)
    case duration(CalendarDuration)
    case date(Day)
    case string(StringLiteral)
    case boolean(Bool)
    /// `na`
    case missing
    /// `none`
    case none
    case name(String)
    case parenthesized(Expression)
    case list([Expression])
    case listComprehension(Expression, [Clause])
    case map([MapEntry])
    case mapComprehension(key: Expression, value: Expression, [Clause])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a..b`, `a..<b`, with `step`
    case range(lower: Expression, upper: Expression, includesUpper: Bool, step: Expression?)
    /// `f(a, b: c)`
    case call(Expression, [Argument])
    /// `x.f(a)`
    case methodCall(Expression, Name, [Argument])
    /// `x.name`
    case member(Expression, Name)
    case index(Expression, Expression)
    /// `x[a..<b]`; an absent end is open
    case slice(Expression, lower: Expression?, upper: Expression?, includesUpper: Bool)
    case lambda(Lambda)
    case conditional(If)
    /// `at DATE { … }`
    case at(Expression, Block)
    /// What could not be parsed; a diagnostic says why.
    case invalid
  }
}

/// A string with its interpolations.
public struct StringLiteral: Sendable {
  /// A piece of text, or an expression in braces.
  public enum Segment: Sendable {
    case text(String)
    case interpolation(Expression, format: FormatText?)
  }

  /// The pieces in order; neighbouring texts are one.
  public let segments: [Segment]

  /// Makes a literal.
  public init(_ segments: [Segment]) { self.segments = segments }

  /// The text, if nothing is interpolated.
  public var plainText: String? {
    if segments.isEmpty { return "" }
    if segments.count == 1, case .text(let text) = segments[0] { return text }
    return nil
  }
}

/// The raw format of an interpolation, behind its colon.
public struct FormatText: Hashable, Sendable {
  /// The text up to the brace.
  public let text: String
  /// Where it stands.
  public let span: Span

  /// Makes a format.
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// An argument of a call: positional, or named.
public struct Argument: Sendable {
  /// The name before the colon.
  public let label: Name?
  /// The value.
  public let value: Expression

  /// Makes an argument.
  public init(label: Name?, value: Expression) {
    self.label = label
    self.value = value
  }
}

/// An entry of a map literal.
public struct MapEntry: Sendable {
  /// The key expression.
  public let key: Expression
  /// The value expression.
  public let value: Expression

  /// Makes an entry.
  public init(key: Expression, value: Expression) {
    self.key = key
    self.value = value
  }
}

/// A clause of a comprehension.
public indirect enum Clause: Sendable {
  case loop([Name], Expression)
  case condition(Expression)
}

/// An unnamed function.
public struct Lambda: Sendable {
  /// Its parameters.
  public let parameters: [Name]
  /// Its body.
  public let body: FunctionBody

  /// Makes a lambda.
  public init(parameters: [Name], body: FunctionBody) {
    self.parameters = parameters
    self.body = body
  }
}

/// The body of a function or lambda.
public enum FunctionBody: Sendable {
  case expression(Expression)
  case block(Block)
}

/// `if`, as a statement or an expression.
public struct If: Sendable {
  /// The condition.
  public let condition: Expression
  /// What is done if it holds.
  public let then: Block
  /// What is done otherwise.
  public let otherwise: Otherwise

  /// What follows `else`.
  public indirect enum Otherwise: Sendable {
    case none
    case block(Block)
    /// `else if`, with the node id and span of that `if`
    case conditional(If, NodeID, Span)
  }

  /// Makes an `if`.
  public init(condition: Expression, then: Block, otherwise: Otherwise) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
}

/// Statements in braces.
public struct Block: Sendable {
  /// The statements in order.
  public let statements: [Statement]
  /// From brace to brace.
  public let span: Span

  /// Makes a block.
  public init(_ statements: [Statement], _ span: Span) {
    self.statements = statements
    self.span = span
  }
}
