import Diagnostics

extension Formatter {
  func layout(_ statement: Statement) -> Layout {
    switch statement.kind {
    case .binding(let binding): return layout(binding)
    case .function(let declaration): return layout(declaration)
    case .assign(let place, let operation, let value):
      return .row(
        layout(place), .text(" \(operation.rawValue)"),
        continued(value, after: place.end))
    case .expression(let expression): return layout(expression)
    case .loop(let condition, let block):
      return .row(.text("while "), layout(condition), .text(" "), layout(block))
    case .forEach(let names, let sequence, let block):
      return .row(
        .text("for \(names.map(\.text).joined(separator: ", ")) in "), layout(sequence), .text(" "), layout(block))
    case .break: return .text("break")
    case .continue: return .text("continue")
    case .return(nil): return .text("return")
    case .return(let value?): return .row(.text("return "), layout(value))
    case .assert(let condition, let message): return assertion(condition, message)
    // A file with such a part is not laid out.
    case .invalid: return source(statement.span)
    }
  }

  func layout(_ binding: Binding) -> Layout {
    let word = binding.isVariable ? "var" : "let"
    let pattern: String
    let end: Int32
    switch binding.pattern {
    case .name(let name, let type):
      pattern = name.text + (type.map { ": \(text($0))" } ?? "")
      end = type?.span.upper ?? name.span.upper
    case .list(let names, let span):
      pattern = "[\(names.map(\.text).joined(separator: ", "))]"
      end = span.upper
    }
    return .row(
      .text("\(word) \(pattern) ="), continued(binding.value, after: end))
  }

  private func assertion(_ condition: Expression, _ message: Expression?) -> Layout {
    let first = Layout.row(.text("assert "), layout(condition))
    guard let message else { return first }
    let broken = hasNewline(condition.end, message.start)
    return .group(
      .row(first, .text(","), .indent(.row(breakPoint(.line, before: message.start), layout(message)))), broken: broken)
  }

  // MARK: if

  /// `if … { } else { }`: on one line if it is one in the source and fits, else all its blocks are broken.
  func layout(_ branch: If, in span: Span) -> Layout {
    let broken = hasComment(before: span.upper) || isBroken(branch)
    return .group(chain(branch, broken: broken), broken: broken)
  }

  private func isBroken(_ branch: If) -> Bool {
    if isBroken(branch.then) { return true }
    switch branch.otherwise {
    case .none: return false
    case .block(let block): return isBroken(block)
    case .conditional(let next, _, _): return isBroken(next)
    }
  }

  private func chain(_ first: If, broken: Bool) -> Layout {
    var parts: [Layout] = []
    var branch = first
    while true {
      parts += [.text("if "), layout(branch.condition), .text(" "), layout(branch.then, broken: broken)]
      switch branch.otherwise {
      case .none: return .sequence(parts)
      case .block(let block):
        parts += [breakPoint(.text(" "), before: block.span.lower), .text("else "), layout(block, broken: broken)]
        return .sequence(parts)
      case .conditional(let next, _, let span):
        parts += [breakPoint(.text(" "), before: span.lower), .text("else ")]
        branch = next
      }
    }
  }
}
