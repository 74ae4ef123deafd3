public import Diagnostics

/// Lays out a file in the one canonical way.
///
/// Two columns a step, a hundred columns a line, one blank line at most, blank lines around documented declarations and
/// those of several lines. Literals and comments are kept as they are written. A line break that the author made in one
/// of these places is kept, and all others are made anew: behind an opening bracket or brace, at an operator or a dot of
/// a chain, behind `=` and `->`. What does not fit on a line is broken at the outermost of these places.
///
/// Comments stay between the tokens where they stand; one that stands where no line may end moves to the next place where
/// one may.
///
/// - Precondition: the file parsed without errors; else the text cannot be laid out, and `nil` is the result.
public func formatted(_ file: SourceFile) -> String? {
  let (unit, diagnostics) = parse(file)
  guard !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
  return Formatter(unit).text()
}

/// Walks the tree in the order of the source and makes the layout of each part.
///
/// The comments are taken on the way: `nextComment` is the first that has not been placed. Every part must therefore be
/// laid out after those that stand before it.
final class Formatter {
  let file: SourceFile
  let unit: SourceUnit
  private let comments: [Span]
  private var nextComment = 0

  init(_ unit: SourceUnit) {
    self.unit = unit
    file = unit.file
    comments = unit.comments
  }

  /// The formatted file.
  func text() -> String {
    var text = ""
    for line in aligned(declarations()) {
      if !line.code.isEmpty || line.comment != nil {
        text += String(repeating: " ", count: line.indentation) + line.code
      }
      if let comment = line.comment { text += comment }
      text += "\n"
    }
    return text
  }

  /// Comments behind the code of neighbouring lines of the same indentation begin at one column.
  private func aligned(_ lines: [FormattedLine]) -> [FormattedLine] {
    var result = lines
    var start = 0
    while start < result.count {
      var end = start
      while end < result.count, result[end].comment != nil, result[end].indentation == result[start].indentation {
        end += 1
      }
      let width = result[start..<end].map { $0.code.unicodeScalars.count }.max() ?? 0
      for place in start..<end {
        let code = result[place].code
        result[place].code = code + String(repeating: " ", count: width - code.unicodeScalars.count + 2)
      }
      start = max(end, start + 1)
    }
    return result
  }

  // MARK: The source

  func source(_ span: Span) -> Layout { .text(file.text(span)) }

  /// Whether a newline stands between two offsets.
  func hasNewline(_ lower: Int32, _ upper: Int32) -> Bool {
    lower < upper && file.bytes[Int(lower)..<Int(upper)].contains(0x0A)
  }

  /// Whether an empty line stands directly above the line on which something begins.
  func hasBlankLine(above offset: Int32) -> Bool {
    var newlines = 0
    var place = Int(offset) - 1
    while place >= 0 {
      switch file.bytes[place] {
      case 0x0A: newlines += 1
      case 0x20, 0x09, 0x0D: break
      default: return newlines > 1
      }
      place -= 1
    }
    return false
  }

  // MARK: Comments

  /// Whether a comment that has not been placed stands before an offset.
  func hasComment(before offset: Int32) -> Bool {
    nextComment < comments.count && comments[nextComment].lower < offset
  }

  /// Whether a comment stands between two offsets.
  func hasComment(in lower: Int32, _ upper: Int32) -> Bool {
    var low = nextComment
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].lower < lower { low = middle + 1 } else { high = middle }
    }
    return low < comments.count && comments[low].lower < upper
  }

  /// Whether a newline stands between an offset and the next comment.
  func hasNewlineBeforeComment(after offset: Int32) -> Bool {
    nextComment >= comments.count || hasNewline(offset, comments[nextComment].lower)
  }

  /// A comment of the source.
  struct Comment {
    var text: String
    /// Code stands before it on its line.
    var isBehindCode: Bool
    /// An empty line stands above it.
    var hasBlankLine: Bool
  }

  /// Takes the next comment that stands before an offset.
  func takeComment(before offset: Int32) -> Comment? {
    guard hasComment(before: offset) else { return nil }
    let span = comments[nextComment]
    nextComment += 1
    var text = file.text(span)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return Comment(text: text, isBehindCode: !beginsLine(span.lower), hasBlankLine: hasBlankLine(above: span.lower))
  }

  private func beginsLine(_ offset: Int32) -> Bool {
    var place = Int(offset) - 1
    while place >= 0, file.bytes[place] == 0x20 || file.bytes[place] == 0x09 { place -= 1 }
    // A byte-order mark at the start of the file is no code.
    return place < 0 || file.bytes[place] == 0x0A || (place == 2 && file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
  }

  /// A place where a line may end: the layout that is given, or the comments that stand before an offset, with newlines.
  func breakPoint(_ layout: Layout, before offset: Int32) -> Layout {
    guard hasComment(before: offset) else { return layout }
    var parts: [Layout] = []
    while let comment = takeComment(before: offset) {
      if parts.isEmpty, comment.isBehindCode {
        parts.append(.comment(comment.text))
      } else {
        parts += [.hardLine, .text(comment.text)]
      }
    }
    return .sequence(parts + [.hardLine])
  }

  /// Behind a sign that a newline may follow (`=` or `->`, which stands after an offset): a space, or the newline of
  /// the source. An expression that may move goes to a line of its own if it fits none otherwise, unless its author
  /// has broken it.
  func continued(
    _ expression: Expression, behind sign: Unicode.Scalar = "=", after offset: Int32, mayMove: Bool = false
  ) -> Layout {
    guard hasNewline(end(of: sign, after: offset), expression.start) else {
      let body = layout(expression)
      guard mayMove, !body.isBroken else { return .row(.text(" "), body) }
      return .group(.indent(.row(.line, body)), broken: false)
    }
    return .indent(.sequence([breakPoint(.hardLine, before: expression.start), layout(expression)]))
  }

  /// The offset behind the next occurrence of a character that stands in no comment.
  func end(of sign: Unicode.Scalar, after offset: Int32) -> Int32 {
    var place = Int(offset)
    var isComment = false
    while place < file.bytes.count {
      let byte = file.bytes[place]
      if byte == 0x23 { isComment = true }
      if byte == 0x0A { isComment = false }
      place += 1
      if !isComment, UInt32(byte) == sign.value { break }
    }
    return Int32(clamping: place)
  }
}
