public import Diagnostics
public import Syntax

/// What the names of one file mean: the result of `Resolver`, read by the checker, the linker and editor features.
///
/// References are keyed by the node id of the expression, declarations by the offset of the declared name.
public struct Resolution: Sendable {
  /// What each name, call target and member refers to, by node id of the expression that names it.
  ///
  /// Keys: `.name` expressions; `.methodCall` expressions (the function behind the dot); `.member` expressions whose
  /// receiver is a module.
  public var references: [NodeID: Reference] = [:]
  /// Every binding of the file; a `SymbolID` is an index.
  public var symbols: [Symbol] = []
  /// The symbol that a declared name makes, by the offset of the name.
  public var declarations: [Int32: SymbolID] = [:]
  /// For each lambda and nested function (by node id): what it captures, in order of first use.
  ///
  /// What an inner lambda captures from further out is a capture of every lambda between as well. A nested function that
  /// calls itself captures its own symbol.
  public var captures: [NodeID: [SymbolID]] = [:]
  /// The script uses `state`, random numbers or the portfolio, directly or through a module.
  public var isPure = true
  /// The script calls a builtin that reads the portfolio.
  public var readsPortfolio = false

  /// What each name that the file declares at its top level names in turn, in order: functions and values of files, and
  /// the builtins that belong to tests. Tests are left out.
  var mentions: [String: [Mention]] = [:]

  /// The symbols that earlier inputs of a prompt declared, and the slots of their values.
  var externals: [SymbolID: Int] = [:]
  /// What was used of earlier inputs: values and functions by name, where, and whether in a function or lambda.
  var externalReads: [(name: String, span: Span, isInFunction: Bool)] = []

  /// An empty resolution.
  public init() {}
}

/// A name in the source, and what it refers to.
struct Mention: Sendable {
  let reference: Reference
  let span: Span
}

/// Index of a symbol in `Resolution.symbols`.
public typealias SymbolID = Int

/// What a name refers to.
public enum Reference: Hashable, Sendable {
  /// A parameter, binding or loop name of a function; where it belongs to an enclosing function, it is captured.
  case local(SymbolID)
  /// A module-level constant, param or state variable of the file itself.
  case global(SymbolID)
  /// A function declared at the top level of the file, by its symbol.
  case function(SymbolID)
  /// A builtin function.
  case builtin(String)
  /// `as_of`.
  case asOf
  /// `hold` (none).
  case hold
  /// `flat` (an empty map).
  case flat
  /// An imported module, by its name in this file; only before a dot.
  case module(String)
  /// A function, constant or param of an imported module: the module's name in this file and the member.
  case member(module: String, name: String)
}

/// A binding.
public struct Symbol: Sendable {
  /// How a name came to be.
  public enum Kind: Sendable {
    case constant, variable, parameter, loop, function, param, state, module
  }

  /// The name.
  public let name: String
  /// How it came to be.
  public let kind: Kind
  /// Where it is declared.
  public let span: Span
  /// The node id of the lambda or function it belongs to; `nil` at the top level.
  public let owner: NodeID?
  /// How often it is read.
  public var readCount = 0

  /// Makes a symbol.
  public init(name: String, kind: Kind, span: Span, owner: NodeID?) {
    self.name = name
    self.kind = kind
    self.span = span
    self.owner = owner
  }
}
