public import Diagnostics
import Syntax

/// The records of what can be wrong with names and imports.
public enum NameDiagnostics {
  /// All records of this part.
  public static let records: [DiagnosticRecord] = [
    .unknownName, .duplicateName, .notAssignable, .capturedVariable, .usedBeforeDeclared, .ambiguousFunction,
    .unknownMember, .importFailed, .importCycle, .signalsElsewhere, .unusedBinding, .unusedImport, .shadowedName,
  ]
}

extension DiagnosticRecord {
  static let unknownName = DiagnosticRecord(
    "E0201", "unknown name",
    explanation:
      "The name is declared nowhere in sight: not as a binding, a parameter, a function of the file, a builtin "
      + "or an imported module.", bad: "let a = 1\nlet b = aa + 1", good: "let a = 1\nlet b = a + 1")
  static let duplicateName = DiagnosticRecord(
    "E0202", "name declared twice",
    explanation: "A scope declares a name once. Take another name, or assign to a `var`.",
    bad: "let a = 1\nlet a = 2", good: "let a = 1\nlet b = 2")
  static let notAssignable = DiagnosticRecord(
    "E0203", "assignment to what does not vary",
    explanation: "Only `var` bindings and `state` can be assigned to.",
    bad: "fn f() { let a = 1\n a = 2\n a }", good: "fn f() { var a = 1\n a = 2\n a }")
  static let capturedVariable = DiagnosticRecord(
    "E0204", "lambda captures a `var`",
    explanation: "A lambda or nested function takes along values, not variables. Copy the variable to a `let` first.",
    bad: "fn f() { var n = 1\n n += 1\n [1].map(x -> x + n) }",
    good: "fn f() { var n = 1\n n += 1\n let m = n\n [1].map(x -> x + m) }")
  static let usedBeforeDeclared = DiagnosticRecord(
    "E0205", "constant used above its declaration",
    explanation: "A constant may use the params and the constants above it.",
    bad: "let a = b + 1\nlet b = 1", good: "let b = 1\nlet a = b + 1")
  static let ambiguousFunction = DiagnosticRecord(
    "E0206", "function of two modules",
    explanation: "Two imported modules have a function of this name. Say which: `module.f(x)`.")
  static let unknownMember = DiagnosticRecord(
    "E0207", "module has no such member",
    explanation:
      "Behind a module's name stands one of its functions, constants or params. Names that begin with `_` stay "
      + "inside their module.", bad: "import portfolio\nlet f = portfolio.capp",
    good: "import portfolio\nlet f = portfolio.cap")
  static let importFailed = DiagnosticRecord(
    "E0208", "module that cannot be imported",
    explanation:
      "Modules are looked for in the script's folder, in the folders of `--path` and in the standard library. A "
      + "path may not leave the script's folder unless `--path` allows it.",
    bad: "import portfolioo", good: "import portfolio")
  static let importCycle = DiagnosticRecord(
    "E0209", "modules import each other",
    explanation: "A module is evaluated after those it imports, so imports may not form a circle.")
  static let signalsElsewhere = DiagnosticRecord(
    "E0210", "`signals` called for another date",
    explanation: "`signals` is called for the current `as_of`. For an earlier date, travel there: "
      + "`at d { signals(as_of) }`.",
    bad: "fn f(d) = signals(d)\nfn signals(as_of) = [:]",
    good: "fn f(d) = at d { signals(as_of) }\nfn signals(as_of) = [:]")
  static let unusedBinding = DiagnosticRecord(
    "W0201", "unused binding",
    explanation: "The binding is never read. Remove it, or begin its name with `_`.",
    bad: "fn f() { let a = 1\n 2 }", good: "fn f() { let _a = 1\n 2 }")
  static let unusedImport = DiagnosticRecord(
    "W0202", "unused import", explanation: "Nothing of the module is used.",
    bad: "import portfolio\nfn signals(as_of) = [:]", good: "fn signals(as_of) = [:]")
  static let shadowedName = DiagnosticRecord(
    "W0203", "name hides an outer one",
    explanation: "The same name is declared further out, and is out of reach from here on.",
    bad: "let a = 1\nfn f() { let a = 2\n a }", good: "let a = 1\nfn f() { let b = 2\n b + a }")
}

extension Diagnostic {
  static func unknownName(
    _ name: String, suggestions: [String], note: String?, at: Location, fix: String? = nil
  ) -> Diagnostic {
    var notes = note.map { [Note($0)] } ?? []
    if notes.isEmpty, let first = suggestions.first {
      notes = Note.didYouMean(suggestions)
      return Diagnostic(
        .unknownName, "unknown name `\(name)`", at: at, notes: notes,
        fixIts: suggestions.count == 1 ? at.replacement(first) : [])
    }
    return Diagnostic(
      .unknownName, "unknown name `\(name)`", at: at, notes: notes, fixIts: fix.map { at.replacement($0) } ?? [])
  }
  /// A name of another tool, at the place of the whole of it.
  static func foreignName(_ name: String, _ foreign: ForeignName, at: Location) -> Diagnostic {
    Diagnostic(
      .unknownName, "unknown name `\(name)`", at: at, notes: [Note(foreign.advice)],
      fixIts: foreign.replacement.map { [FixIt(at.span(ofValue: $0), $0)] } ?? [])
  }
  /// A name of another tool's library that has the same name here.
  static func foreignNamespace(_ namespace: String, _ name: String, isKnown: Bool, at: Location) -> Diagnostic {
    Diagnostic(
      .unknownName, "unknown name `\(namespace).\(name)`", at: at,
      notes: [
        Note("functions stand for themselves: `\(isKnown ? name : "mean")(x)`, `x.\(isKnown ? name : "mean")()`")
      ],
      fixIts: isKnown ? at.replacement(name) : [])
  }
  /// An assignment to a name that is declared nowhere.
  static func unknownTarget(_ name: String, suggestions: [String], at: Location) -> Diagnostic {
    var fixIts: [FixIt] = []
    if suggestions.isEmpty, case .source(_, let span) = at {
      fixIts = [FixIt(Span(Int(span.lower), Int(span.lower)), "let ")]
    }
    return Diagnostic(
      .unknownName, "unknown name `\(name)`", at: at,
      notes: Note.didYouMean(suggestions) + [Note("a name is declared by `let \(name) = …`, or `var` if it varies")],
      fixIts: fixIts.isEmpty ? at.replacement(by: suggestions) : fixIts)
  }
  static func duplicateName(_ name: String, at: Location, first: Location) -> Diagnostic {
    Diagnostic(.duplicateName, "`\(name)` is declared twice", at: at, notes: [Note("it is declared here", at: first)])
  }
  static func notAssignable(_ name: String, _ what: String, at: Location, remedy: String) -> Diagnostic {
    Diagnostic(.notAssignable, "`\(name)` is \(what) and cannot be assigned to", at: at, notes: [Note(remedy)])
  }
  static func capturedVariable(_ name: String, at: Location) -> Diagnostic {
    Diagnostic(
      .capturedVariable, "a lambda cannot capture the `var` `\(name)`", at: at,
      notes: [Note("copy it to a `let` first")])
  }
  static func usedBeforeDeclared(_ name: String, at: Location, declared: Location) -> Diagnostic {
    Diagnostic(
      .usedBeforeDeclared, "the constant `\(name)` is declared further down", at: at,
      notes: [Note("it is declared here", at: declared)])
  }
  static func ambiguousFunction(_ name: String, modules: [String], at: Location) -> Diagnostic {
    let calls = modules.map { "`\($0).\(name)(…)`" }.joined(separator: " or ")
    return Diagnostic(
      .ambiguousFunction, "`\(name)` is a function of several modules", at: at, notes: [Note("say \(calls)")])
  }
  static func unknownMember(_ module: String, _ name: String, suggestions: [String], at: Location) -> Diagnostic {
    Diagnostic(
      .unknownMember, "module `\(module)` has no `\(name)`", at: at, notes: Note.didYouMean(suggestions),
      fixIts: at.replacement(by: suggestions))
  }
  static func moduleAsValue(_ module: String, at: Location) -> Diagnostic {
    Diagnostic(
      .unknownMember, "`\(module)` is a module, and a module is no value", at: at,
      notes: [Note("`\(module).name` is one of its functions, constants or params")])
  }
  /// A module that cannot be imported, and why.
  public static func importFailed(_ message: String, notes: [String] = []) -> Diagnostic {
    Diagnostic(.importFailed, message, notes: notes.map { Note($0) })
  }
  static func importCycle(_ names: [String], at: Location) -> Diagnostic {
    Diagnostic(.importCycle, "these modules import each other: " + names.joined(separator: " → "), at: at)
  }
  static func signalsElsewhere(_ text: String, at: Location) -> Diagnostic {
    Diagnostic(
      .signalsElsewhere, "`signals` is called for the current `as_of` only", at: at,
      fixIts: at.replacement("at \(text) { signals(as_of) }"))
  }
  static func unusedBinding(_ name: String, at: Location) -> Diagnostic {
    Diagnostic(.unusedBinding, "`\(name)` is never read", at: at, fixIts: at.replacement("_\(name)"))
  }
  static func unusedImport(_ name: String, at: Location) -> Diagnostic {
    Diagnostic(.unusedImport, "nothing of `\(name)` is used", at: at)
  }
  static func shadowedName(_ name: String, at: Location, outer: Location) -> Diagnostic {
    Diagnostic(
      .shadowedName, "`\(name)` hides an outer name", at: at, notes: [Note("the outer one is declared here", at: outer)]
    )
  }
}

extension Location {
  /// The span that a word takes the place of: `as_of` and `na` are no functions, so the `()` behind go with the name.
  fileprivate func span(ofValue replacement: String) -> Span {
    guard case .source(let file, let span) = self else { return Span(0, 0) }
    let isValue = ["as_of", "na", "none", "true", "false", "hold", "flat"].contains(replacement)
    let after = Span(Int(span.upper), min(Int(span.upper) + 2, file.bytes.count))
    return isValue && file.text(after) == "()" ? span.union(after) : span
  }
}
