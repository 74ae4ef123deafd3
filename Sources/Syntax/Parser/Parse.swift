public import Diagnostics

/// Parses a file. Never fails: what is wrong is in the diagnostics, and the tree has `invalid` parts there.
///
/// - Parameter nesting: the most brackets and blocks open at a time. Parsing recurs with them: more than the standard
///   wants a large stack.
public func parse(
  _ file: SourceFile, nesting: Int = standardNesting
) -> (unit: SourceUnit, diagnostics: [Diagnostic]) {
  var parser = Parser(file, nesting: nesting)
  let declarations = parser.declarations()
  let unit = SourceUnit(
    file: file, declarations: declarations, nodeCount: Int32(parser.heights.count), comments: parser.comments,
    skippedNames: parser.skippedNames)
  return (unit, reported(parser))
}

/// The most brackets and blocks that may be open at a time unless another number is asked for.
public let standardNesting = 200

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
public func parsePrompt(_ file: SourceFile, nesting: Int = standardNesting) -> PromptInput {
  var parser = Parser(file, nesting: nesting)
  var entries: [PromptInput.Entry] = []
  while !parser.isAtEnd {
    let before = parser.place
    switch parser.token.kind {
    case .keyword(.import), .keyword(.strategy), .keyword(.param), .keyword(.state), .keyword(.fn), .keyword(.test):
      do throws(Parser.Recovery) {
        let declaration = try parser.declaration()
        try parser.endStatement()
        entries.append(.declaration(declaration))
      } catch { parser.synchronize(from: before) }
    default: if let statement = parser.statement() { entries.append(.statement(statement)) }
    }
    if parser.place == before { parser.advance() }
  }
  return PromptInput(
    entries: entries, nodeCount: Int32(parser.heights.count), diagnostics: reported(parser),
    isIncomplete: parser.wantsMore && !parser.diagnostics.isEmpty)
}

private func reported(_ parser: Parser) -> [Diagnostic] {
  Diagnostic.inOrder(parser.diagnostics, of: parser.file, dropped: parser.dropped)
}

extension Diagnostic {
  /// How many of a file's errors are shown.
  private static let limit = 20

  /// Diagnostics of a file in order of place (equal places keep the order in which they were found), the first twenty
  /// of them, and then how many more there are.
  public static func inOrder(_ found: [Diagnostic], of file: SourceFile, dropped: Int = 0) -> [Diagnostic] {
    let all = found.enumerated().sorted { left, right in
      let a = left.element.offset ?? 0
      let b = right.element.offset ?? 0
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
    guard all.count > limit else { return all }
    let place = all[limit].location ?? .source(file, Span(0, 0))
    return Array(all.prefix(limit)) + [.tooManyErrors(all.count - limit + dropped, at: place)]
  }

  /// The byte where it begins. Lines and columns are not asked for: on a line of megabytes each would cost its length.
  var offset: Int32? {
    if case .source(_, let span) = location { span.lower } else { nil }
  }
}
