public import Diagnostics
public import Syntax

/// A declaration that holds in a session, with the text it came from.
public struct PromptDeclaration: Sendable {
  /// What it declares.
  public enum Kind: Hashable, Sendable {
    case importing, strategy, param, state, function, test
  }

  /// What it declares.
  public let kind: Kind
  /// The name it binds; of a test and a strategy the one in quotes.
  public let name: String
  /// The input or file that holds it.
  public let file: SourceFile
  /// Where it stands there, documentation included.
  public let span: Span
  /// The declaration as it was parsed there.
  public let declaration: Declaration
  /// What stands in for a function that does not fit any more what it uses.
  var stub: String?
  /// Why it does not fit.
  public internal(set) var problem: Diagnostic?

  /// The declaration's text.
  public var text: String { file.text(span) }

  /// The `##` lines above a function.
  public var documentation: String? {
    if case .function(let function) = declaration { function.documentation } else { nil }
  }

  /// A declaration in a file; `nil` for a binding, which is a statement at a prompt.
  init?(_ declaration: Declaration, in file: SourceFile) {
    switch declaration {
    case .importing(let importing):
      kind = .importing
      name = PromptDeclaration.name(of: importing)
    case .strategy(let strategy):
      kind = .strategy
      name = strategy.id.text
    case .param(let param):
      kind = .param
      name = param.name.text
    case .state(let state):
      kind = .state
      name = state.name.text
    case .function(let function):
      kind = .function
      name = function.name.text
    case .test(let test):
      kind = .test
      name = test.name.text
    case .binding: return nil
    }
    self.file = file
    self.declaration = declaration
    span = PromptDeclaration.documented(declaration.span, in: file)
  }

  /// Whether a later one takes its place: names are one for all kinds but tests, and there is one strategy.
  func isReplaced(by other: PromptDeclaration) -> Bool {
    if kind == .strategy || other.kind == .strategy { return kind == other.kind }
    return name == other.name && (kind == .test) == (other.kind == .test)
  }

  /// Puts a function in its place that takes the same arguments and says why it cannot be called.
  mutating func retire(_ problem: Diagnostic) {
    guard case .function(let function) = declaration else { return }
    let parameters = function.parameters.map { $0.name.text + " = none" }.joined(separator: ", ")
    let message = ValueText.quoted("`\(name)` does not fit any more: \(problem.message)")
    stub = "fn \(name)(\(parameters)) = error(\(message))"
    self.problem = problem
  }

  /// A declaration that fits again.
  mutating func mend() {
    stub = nil
    problem = nil
  }

  private static func name(of declaration: ImportDeclaration) -> String {
    if let alias = declaration.alias { return alias.text }
    switch declaration.target {
    case .name(let name): return name.text
    case .path(let path, _): return ModuleReference.path(path).baseName ?? path
    }
  }

  /// The span with the `##` lines straight above it.
  private static func documented(_ span: Span, in file: SourceFile) -> Span {
    var line = file.lineNumber(of: Int(span.lower))
    var start = Int(span.lower)
    while line > 1 {
      let text = file.line(line - 1)
      guard let first = text.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), text[first...].starts(with: [0x23, 0x23])
      else { break }
      line -= 1
      start = file.lineStarts[line - 1]
    }
    return Span(start, Int(span.upper))
  }
}
