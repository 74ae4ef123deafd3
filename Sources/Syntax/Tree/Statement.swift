public import Diagnostics

/// A statement.
public struct Statement: Sendable {
  /// Its id in the file.
  public let id: NodeID
  /// Where it stands.
  public let span: Span
  /// What it is.
  public let kind: Kind

  /// Makes a statement.
  public init(id: NodeID, span: Span, kind: Kind) {
    self.id = id
    self.span = span
    self.kind = kind
  }

  /// The forms of statements.
  public indirect enum Kind: Sendable {
    /// `let` and `var`
    case binding(Binding)
    /// A nested function.
    case function(FunctionDeclaration)
    /// `place = e`, `place += e`
    case assign(place: Expression, AssignmentOperator, Expression)
    case expression(Expression)
    case loop(condition: Expression, Block)
    case forEach([Name], Expression, Block)
    case `break`
    case `continue`
    case `return`(Expression?)
    case assert(Expression, message: Expression?)
    /// What could not be parsed; a diagnostic says why.
    case invalid
  }
}

/// The operators of assignment.
public enum AssignmentOperator: String, Sendable, CaseIterable {
  case set = "="
  case add = "+="
  case subtract = "-="
  case multiply = "*="
  case divide = "/="
}

/// `let` and `var`.
public struct Binding: Sendable {
  /// What is bound.
  public enum Pattern: Sendable {
    case name(Name, TypeAnnotation?)
    /// `[a, b]`, with the span from bracket to bracket
    case list([Name], Span)
  }

  /// Declared with `var`.
  public let isVariable: Bool
  /// What is bound.
  public let pattern: Pattern
  /// The value.
  public let value: Expression
  /// The `##` lines above a top-level binding.
  public let documentation: String?

  /// Makes a binding.
  public init(isVariable: Bool, pattern: Pattern, value: Expression, documentation: String?) {
    self.isVariable = isVariable
    self.pattern = pattern
    self.value = value
    self.documentation = documentation
  }

  /// The names it binds, `_` included.
  public var names: [Name] {
    switch pattern {
    case .name(let name, _): [name]
    case .list(let names, _): names
    }
  }
}

/// A type as an annotation writes it: `list[number]?`.
public struct TypeAnnotation: Sendable {
  /// The name of the type.
  public let name: Name
  /// What stands in the brackets.
  public let argument: [TypeAnnotation]
  /// A `?` follows: `none` is allowed.
  public let isOptional: Bool
  /// Where it stands.
  public let span: Span

  /// Makes an annotation; `argument` has at most one element.
  public init(name: Name, argument: [TypeAnnotation], isOptional: Bool, span: Span) {
    self.name = name
    self.argument = argument
    self.isOptional = isOptional
    self.span = span
  }
}
