public import Diagnostics

/// A declaration at the top level of a file.
public enum Declaration: Sendable {
  case importing(ImportDeclaration)
  case strategy(StrategyDeclaration)
  case param(ParamDeclaration)
  case state(StateDeclaration)
  /// `let`; a `var` parses, and the checker says that it has no place here. With the statement's id and span.
  case binding(Binding, NodeID, Span)
  case function(FunctionDeclaration)
  case test(TestDeclaration)

  /// Where it stands.
  public var span: Span {
    switch self {
    case .importing(let declaration): declaration.span
    case .strategy(let declaration): declaration.span
    case .param(let declaration): declaration.span
    case .state(let declaration): declaration.span
    case .binding(_, _, let span): span
    case .function(let declaration): declaration.span
    case .test(let declaration): declaration.span
    }
  }
}

/// `import portfolio`, `import "./lib/mine.strat" as mine`.
public struct ImportDeclaration: Sendable {
  /// What is imported.
  public enum Target: Sendable {
    case name(Name)
    case path(String, Span)
  }

  /// What is imported.
  public let target: Target
  /// The name after `as`.
  public let alias: Name?
  /// Where it stands.
  public let span: Span

  /// Makes an import.
  public init(target: Target, alias: Name?, span: Span) {
    self.target = target
    self.alias = alias
    self.span = span
  }
}

/// `strategy "id" { key: constant }`.
public struct StrategyDeclaration: Sendable {
  /// An entry of the block.
  public struct Entry: Sendable {
    /// The key.
    public let key: Name
    /// The constant.
    public let value: Expression

    /// Makes an entry.
    public init(key: Name, value: Expression) {
      self.key = key
      self.value = value
    }
  }

  /// The id, as a name with the span of its string.
  public let id: Name
  /// The entries in order.
  public let entries: [Entry]
  /// The `##` lines above.
  public let documentation: String?
  /// Where it stands.
  public let span: Span

  /// Makes a strategy block.
  public init(id: Name, entries: [Entry], documentation: String?, span: Span) {
    self.id = id
    self.entries = entries
    self.documentation = documentation
    self.span = span
  }
}

/// `param name = default [in domain] [where condition]`.
public struct ParamDeclaration: Sendable {
  /// The values a param may take.
  public enum Domain: Sendable {
    /// `lo..hi step s`; the expression is the range's.
    case range(lower: Expression, upper: Expression, includesUpper: Bool, step: Expression?)
    /// `[a, b, c]`
    case list([Expression])
  }

  /// The name.
  public let name: Name
  /// The default.
  public let initial: Expression
  /// The domain, if one is given.
  public let domain: Domain?
  /// The constraint, if one is given.
  public let constraint: Expression?
  /// The `##` lines above.
  public let documentation: String?
  /// Where it stands.
  public let span: Span

  /// Makes a param.
  public init(
    name: Name, initial: Expression, domain: Domain?, constraint: Expression?, documentation: String?, span: Span
  ) {
    self.name = name
    self.initial = initial
    self.domain = domain
    self.constraint = constraint
    self.documentation = documentation
    self.span = span
  }
}

/// `state name = initial`.
public struct StateDeclaration: Sendable {
  /// The name.
  public let name: Name
  /// The value at the start of a run.
  public let initial: Expression
  /// The `##` lines above.
  public let documentation: String?
  /// Where it stands.
  public let span: Span

  /// Makes a state variable.
  public init(name: Name, initial: Expression, documentation: String?, span: Span) {
    self.name = name
    self.initial = initial
    self.documentation = documentation
    self.span = span
  }
}

/// `fn name(a, b = 2) -> number = …` or with a block.
public struct FunctionDeclaration: Sendable {
  /// The function's node id, as lambdas have one.
  public let id: NodeID
  /// The name.
  public let name: Name
  /// The parameters in order.
  public let parameters: [Parameter]
  /// The annotated result.
  public let result: TypeAnnotation?
  /// The body.
  public let body: FunctionBody
  /// The `##` lines above.
  public let documentation: String?
  /// Where it stands.
  public let span: Span

  /// Makes a function.
  public init(
    id: NodeID, name: Name, parameters: [Parameter], result: TypeAnnotation?, body: FunctionBody,
    documentation: String?, span: Span
  ) {
    self.id = id
    self.name = name
    self.parameters = parameters
    self.result = result
    self.body = body
    self.documentation = documentation
    self.span = span
  }
}

/// A parameter of a function.
public struct Parameter: Sendable {
  /// The name.
  public let name: Name
  /// The annotated type.
  public let type: TypeAnnotation?
  /// The default; evaluated at each call, it may use the parameters before.
  public let initial: Expression?

  /// Makes a parameter.
  public init(name: Name, type: TypeAnnotation?, initial: Expression?) {
    self.name = name
    self.type = type
    self.initial = initial
  }
}

/// `test "name" with "folder" { … }`.
public struct TestDeclaration: Sendable {
  /// The test's node id.
  public let id: NodeID
  /// The name, with the span of its string.
  public let name: Name
  /// The data folder beside the script, with the span of its string.
  public let folder: Name?
  /// The body.
  public let body: Block
  /// Where it stands.
  public let span: Span

  /// Makes a test.
  public init(id: NodeID, name: Name, folder: Name?, body: Block, span: Span) {
    self.id = id
    self.name = name
    self.folder = folder
    self.body = body
    self.span = span
  }
}
