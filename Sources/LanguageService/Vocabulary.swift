import Backtest
import Diagnostics
import Interpreter
import Scripting
import StandardLibrary
import Syntax

/// The names that every script has: builtins, modules, keywords, keys of the strategy block. Made once, on first use.
struct Vocabulary: Sendable {
  /// The one of the scripting library.
  static let standard = Vocabulary(ScriptLibrary.builtins)

  /// The builtins, ascending by name.
  let builtins: [Builtin]
  /// The functions of each module of the standard library, in their order.
  let modules: [(name: String, members: [ScopeName], documentation: String)]

  private let library: BuiltinLibrary

  private init(_ library: BuiltinLibrary) {
    self.library = library
    builtins = library.builtins
    modules = StandardLibrary.modules.map { module in
      let unit = parse(SourceFile(name: module.name + ".strat", text: module.text)).unit
      let first = module.text.prefix { $0 != "\n" }
      return (module.name, Vocabulary.members(unit), String(first.drop { $0 == "#" || $0 == " " }))
    }
  }

  /// What a module shows: its functions and constants, but not those whose names begin with `_`.
  private static func members(_ unit: SourceUnit) -> [ScopeName] {
    unit.declarations.compactMap { declaration in
      switch declaration {
      case .function(let function) where !function.name.text.hasPrefix("_"):
        ScopeName(
          function.name.text, .function(Signature(function), documentation: function.documentation ?? ""))
      default: nil
      }
    }
  }

  func builtin(_ name: String) -> Builtin? { library[name] }

  func module(_ name: String) -> [ScopeName]? { modules.first { $0.name == name }?.members }

  /// The reserved words that begin or join something; those that stand for a value are constants.
  static let keywords = [
    "and", "as", "assert", "at", "break", "continue", "else", "fn", "for", "if", "import", "in", "let", "not", "or",
    "param", "return", "state", "step", "strategy", "test", "var", "while",
  ].map { Candidate($0, .keyword) }

  /// The words that stand for a value.
  static let constants = [
    Candidate("as_of", .constant, signature: "date", documentation: "The day on which is decided."),
    Candidate("false", .constant, signature: "bool"),
    Candidate("na", .constant, signature: "number", documentation: "A number that is missing."),
    Candidate("none", .constant, documentation: "No value."),
    Candidate("true", .constant, signature: "bool"),
  ]

  /// The types that annotations name.
  static let types = [
    "bool", "date", "duration", "function", "list", "map", "none", "number", "series", "string",
  ].map { Candidate($0, .word) }

  /// The keys of the strategy block.
  static let keys: [Candidate] =
    (ConfigKey.all.flatMap { key in
      key.names.map { Candidate.key($0, key.type, key.documentation) }
    } + StrategyBlock.ownKeys.map { Candidate.key($0.name, $0.type, $0.meaning) }).sorted { $0.text < $1.text }
}

extension Candidate {
  /// A key of the strategy block.
  fileprivate static func key(_ name: String, _ type: ConfigType, _ documentation: String) -> Candidate {
    Candidate(name, .key, signature: type.expected, documentation: documentation, suffix: ": ")
  }

  /// A function of any origin. `skipped` parameters are given already, as the receiver of a method is.
  static func callable(
    _ name: String, _ kind: Kind, _ signatures: [Signature], documentation: String, skipped: Int = 0
  ) -> Candidate {
    let takesNothing = signatures.allSatisfy { $0.parameters.count <= skipped }
    return Candidate(
      name, kind, signature: signatures.map(\.text).joined(separator: "; "),
      documentation: firstSentence(documentation), suffix: takesNothing ? "()" : "(")
  }

  /// A builtin.
  static func builtin(_ builtin: Builtin, skipped: Int = 0) -> Candidate {
    callable(
      builtin.name, .builtin, builtin.overloads.map(\.signature), documentation: builtin.documentation,
      skipped: skipped)
  }

  /// A declared name.
  static func name(_ name: ScopeName, skipped: Int = 0) -> Candidate {
    switch name.meaning {
    case .value(let type): Candidate(name.name, .variable, signature: type)
    case .param(let value): Candidate(name.name, .parameter, signature: value.isEmpty ? "" : "= \(value)")
    case .state: Candidate(name.name, .state)
    case .function(let signature, let documentation):
      callable(name.name, .function, [signature], documentation: documentation, skipped: skipped)
    }
  }

  /// The first sentence of a documentation, on one line.
  static func firstSentence(_ text: String) -> String {
    let paragraph = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
      .joined(separator: " ")
    var isCode = false
    for place in paragraph.indices {
      if paragraph[place] == "`" { isCode.toggle() }
      let rest = paragraph[place...]
      if !isCode, rest.hasPrefix(". ") { return String(paragraph[...place]) }
    }
    return paragraph
  }
}
