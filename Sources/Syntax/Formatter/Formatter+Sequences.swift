import Diagnostics

extension Formatter {
  /// A part of a sequence: its place, and its layout, which is made when its turn has come.
  struct Part {
    var span: Span
    var layout: () -> Layout
  }

  /// A line, or several, of a sequence with the comments between its parts.
  private struct Row {
    var layout: Layout
    var hasBlankLine: Bool
    var isComment: Bool
    var isDocumentation = false
  }

  /// Parts and the comments between them, each on a line of its own; a comment behind a part stays behind it.
  private func rows(_ parts: [Part], end: Int32) -> [Row] {
    var rows: [Row] = []
    func comments(before offset: Int32, behindPart: Bool) {
      var behind = behindPart
      while let comment = takeComment(before: offset) {
        if behind, comment.isBehindCode {
          rows[rows.count - 1].layout = .row(rows[rows.count - 1].layout, .comment(comment.text))
        } else {
          rows.append(
            Row(
              layout: .text(comment.text), hasBlankLine: comment.hasBlankLine, isComment: true,
              isDocumentation: comment.text.hasPrefix("##")))
        }
        behind = false
      }
    }
    for (place, part) in parts.enumerated() {
      comments(before: part.span.lower, behindPart: place > 0)
      rows.append(
        Row(layout: part.layout(), hasBlankLine: hasBlankLine(above: part.span.lower), isComment: false))
    }
    comments(before: end, behindPart: !parts.isEmpty)
    return rows
  }

  /// The inside of a block.
  func statements(_ parts: [Part], end: Int32) -> Layout {
    var result: [Layout] = []
    for row in rows(parts, end: end) {
      if !result.isEmpty { result.append(row.hasBlankLine ? .blankLine : .hardLine) }
      result.append(row.layout)
    }
    return .sequence(result)
  }

  /// The lines of the whole file.
  func declarations() -> [FormattedLine] {
    let parts = unit.declarations.map { declaration in
      Part(span: declaration.span) { [self] in layout(declaration) }
    }
    let rows = rows(parts, end: Int32(clamping: file.bytes.count + 1))
    let printed = rows.map { LayoutPrinter.lines($0.layout) }
    var blank = rows.map(\.hasBlankLine)
    for place in rows.indices where !rows[place].isComment {
      let isDocumented = place > 0 && rows[place - 1].isDocumentation && !blank[place]
      guard printed[place].count > 1 || isDocumented else { continue }
      // A blank line stands around such declarations, above the comments that belong to them.
      var top = place
      while top > 0, rows[top - 1].isComment, !blank[top] { top -= 1 }
      blank[top] = true
      if place + 1 < rows.count { blank[place + 1] = true }
    }
    var lines: [FormattedLine] = []
    for place in rows.indices {
      if blank[place], !lines.isEmpty { lines.append(FormattedLine(indentation: 0, code: "")) }
      lines += printed[place]
    }
    return lines
  }

  // MARK: Blocks

  /// Whether the author began a new line in a block: behind its brace, between its parts, or before its end.
  func isBroken(_ span: Span, _ parts: [Span]) -> Bool {
    var end = span.lower
    for part in parts {
      if hasNewline(end, part.lower) { return true }
      end = part.upper
    }
    return hasNewline(end, span.upper)
  }

  func isBroken(_ block: Block) -> Bool { isBroken(block.span, block.statements.map(\.span)) }

  /// A block, on one line where the group around it is flat.
  func layout(_ block: Block, broken: Bool) -> Layout {
    braces(
      block.span, block.statements.map { statement in Part(span: statement.span) { [self] in layout(statement) } },
      separator: ";", broken: broken)
  }

  /// A block in a group of its own.
  func layout(_ block: Block) -> Layout {
    let broken = isBroken(block) || hasComment(before: block.span.upper)
    return .group(layout(block, broken: broken), broken: broken)
  }

  /// Parts in braces: each on a line of its own, or on one line with a separator.
  func braces(_ span: Span, _ parts: [Part], separator: String, broken: Bool) -> Layout {
    if parts.isEmpty, !hasComment(before: span.upper) { return .text("{}") }
    if broken { return brokenBraces(span, parts) }
    var inside: [Layout] = []
    for (place, part) in parts.enumerated() {
      inside += [.line, part.layout()]
      if place < parts.count - 1 { inside.append(.choice(broken: "", flat: separator)) }
    }
    return .row(.text("{"), .indent(.sequence(inside)), .line, .text("}"))
  }

  private func brokenBraces(_ span: Span, _ parts: [Part]) -> Layout {
    var head: [Layout] = [.text("{")]
    let first = parts.first?.span.lower ?? span.upper
    if hasComment(before: first), !hasNewlineBeforeComment(after: span.lower) {
      if let comment = takeComment(before: first) { head.append(.comment(comment.text)) }
    }
    let inside = statements(parts, end: span.upper)
    if case .sequence(let rows) = inside, rows.isEmpty { return .sequence(head + [.hardLine, .text("}")]) }
    return .sequence(head + [.indent(.row(.hardLine, inside)), .hardLine, .text("}")])
  }
}
