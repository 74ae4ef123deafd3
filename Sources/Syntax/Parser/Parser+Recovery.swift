import Diagnostics

extension Parser {
  /// Skips from an error to where the next statement begins: a line outside of the brackets opened since `start`, a `;`,
  /// or the closing brace of the block around. A bracket that was never closed does not swallow the file: a line that
  /// begins with a word of declaration ends it.
  mutating func synchronize(from start: Int) {
    var open: [Symbol] = []
    for index in start..<max(start, place) { Parser.follow(tokens[index].kind, &open) }
    var first = place == start
    defer { noteNames(from: start) }
    while !isAtEnd {
      if token.startsLine, !first, open.isEmpty || (open.last != .leftBrace && beginsDeclaration) { return }
      if open.isEmpty {
        if isSymbol(.rightBrace) { return }
        if take(.semicolon) { return }
      } else if isSymbol(.rightBrace), !open.contains(.leftBrace) {
        return
      }
      Parser.follow(token.kind, &open)
      advance()
      first = false
    }
  }

  /// Keeps the brackets that are open; a closing one also closes those that were forgotten inside of its pair.
  private static func follow(_ kind: TokenKind, _ open: inout [Symbol]) {
    guard case .symbol(let symbol) = kind else { return }
    switch symbol {
    case .leftParenthesis, .leftBracket, .leftBrace: open.append(symbol)
    case .rightParenthesis: close(.leftParenthesis, &open)
    case .rightBracket: close(.leftBracket, &open)
    case .rightBrace: close(.leftBrace, &open)
    default: return
    }
  }

  private static func close(_ symbol: Symbol, _ open: inout [Symbol]) {
    // Only the innermost few are looked at, so that a text of nothing but brackets costs linear time.
    for index in open.indices.reversed().prefix(4) where open[index] == symbol {
      open.removeSubrange(index...)
      return
    }
  }

  private var beginsDeclaration: Bool {
    switch token.kind {
    case .keyword(let keyword):
      [.let, .var, .fn, .param, .state, .test, .strategy, .import, .return, .while, .break, .continue].contains(keyword)
    default: false
    }
  }
}
