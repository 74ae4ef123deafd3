public import Diagnostics

/// Parses a file. Never fails: what is wrong is in the diagnostics, and the tree has `invalid` parts there.
public func parse(_ file: SourceFile) -> (unit: SourceUnit, diagnostics: [Diagnostic]) {
  var parser = Parser(file)
  let declarations = parser.declarations()
  let unit = SourceUnit(
    file: file, declarations: declarations, nodeCount: Int32(parser.heights.count), comments: parser.comments)
  return (unit, capped(ordered(parser.diagnostics), file))
}

/// What a line or more at a prompt is.
public struct PromptInput: Sendable {
  /// A declaration or a statement.
  public enum Entry: Sendable {
    case declaration(Declaration)
    case statement(Statement)
  }

  /// The entries in order.
  public let entries: [Entry]
  /// One more than the highest node id.
  public let nodeCount: Int32
  /// What is wrong.
  public let diagnostics: [Diagnostic]
  /// The text is wrong only in that it ends too early.
  public let isIncomplete: Bool
}

/// Parses what was typed at a prompt: declarations and statements mixed.
public func parsePrompt(_ file: SourceFile) -> PromptInput {
  var parser = Parser(file)
  var entries: [PromptInput.Entry] = []
  while !parser.isAtEnd {
    let before = parser.place
    switch parser.token.kind {
    case .keyword(.import), .keyword(.strategy), .keyword(.param), .keyword(.state), .keyword(.fn), .keyword(.test):
      do throws(Parser.Recovery) {
        let declaration = try parser.declaration()
        try parser.endStatement()
        entries.append(.declaration(declaration))
      } catch { parser.synchronize() }
    default: if let statement = parser.statement() { entries.append(.statement(statement)) }
    }
    if parser.place == before { parser.advance() }
  }
  let first = ordered(parser.diagnostics).first { $0.severity == .error }
  let endsEarly = parser.wantsMore && (first?.location?.end.line ?? 0) >= file.lineStarts.count
  return PromptInput(
    entries: entries, nodeCount: Int32(parser.heights.count), diagnostics: capped(ordered(parser.diagnostics), file),
    isIncomplete: endsEarly)
}

/// In order of place; equal places keep the order in which they were found.
private func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  diagnostics.enumerated().sorted { left, right in
    let a = left.element.location?.start ?? (0, 0)
    let b = right.element.location?.start ?? (0, 0)
    return a == b ? left.offset < right.offset : a < b
  }.map(\.element)
}

private func capped(_ diagnostics: [Diagnostic], _ file: SourceFile) -> [Diagnostic] {
  let limit = 20
  guard diagnostics.count > limit else { return diagnostics }
  let rest = diagnostics.count - limit
  let place = diagnostics[limit].location ?? .source(file, Span(0, 0))
  return Array(diagnostics.prefix(limit)) + [.tooManyErrors(rest, at: place)]
}
