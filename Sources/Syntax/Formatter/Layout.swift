/// A text that can be laid out in more than one way: what stands on a line if there is room, and where it breaks if not.
///
/// A `group` is laid out on one line if it fits, else all the lines that are directly in it become newlines. The algebra
/// is Wadler's ("A prettier printer", 2003) with the one-pass decision of Oppen (1980).
indirect enum Layout: Sendable {
  case text(String)
  /// A comment behind code; a hard line must follow. It takes no room when a group is fitted.
  case comment(String)
  /// A space, or a newline where the group is broken.
  case line
  /// Nothing, or a newline where the group is broken.
  case softLine
  /// A newline always; the groups around it are broken.
  case hardLine
  /// A newline with an empty line above.
  case blankLine
  case sequence([Layout])
  case indent(Layout)
  case group(Layout, broken: Bool)
  /// One of two, by whether the innermost group is broken.
  case choice(broken: String, flat: String)

  static let nothing = Layout.sequence([])

  /// Whether there is a newline in it whatever room there is.
  var isBroken: Bool {
    switch self {
    case .text, .line, .softLine, .choice: false
    case .comment, .hardLine, .blankLine: true
    case .sequence(let parts): parts.contains { $0.isBroken }
    case .indent(let inner): inner.isBroken
    case .group(let inner, let broken): broken || inner.isBroken
    }
  }

  /// Several in a row.
  static func row(_ parts: Layout...) -> Layout { .sequence(parts) }
}

/// A line of the formatted text.
struct FormattedLine {
  /// Columns before the code.
  var indentation: Int
  /// The code, without the comment behind it.
  var code: String
  /// The comment behind the code.
  var comment: String?
}

/// Lays out a `Layout` within a width.
struct LayoutPrinter {
  /// Columns for code. Comments may stand beyond.
  static let width = 100
  /// Columns of a step of indentation.
  static let step = 2

  private enum Mode { case flat, broken }

  private struct Item {
    var indentation: Int
    var mode: Mode
    var layout: Layout
  }

  private var lines: [FormattedLine] = [FormattedLine(indentation: 0, code: "")]
  private var column = 0
  private var stack: [Item]

  private init(_ layout: Layout) { stack = [Item(indentation: 0, mode: .broken, layout: layout)] }

  /// The lines of a layout.
  static func lines(_ layout: Layout) -> [FormattedLine] {
    var printer = LayoutPrinter(layout)
    printer.run()
    return printer.lines
  }

  private mutating func run() {
    while let item = stack.popLast() {
      switch item.layout {
      case .text(let text): write(text)
      case .comment(let text): lines[lines.count - 1].comment = text
      case .line: if item.mode == .broken { newline(item.indentation) } else { write(" ") }
      case .softLine: if item.mode == .broken { newline(item.indentation) }
      case .hardLine: newline(item.indentation)
      case .blankLine:
        newline(0)
        newline(item.indentation)
      case .sequence(let parts):
        for part in parts.reversed() {
          stack.append(Item(indentation: item.indentation, mode: item.mode, layout: part))
        }
      case .indent(let inner):
        stack.append(Item(indentation: item.indentation + Self.step, mode: item.mode, layout: inner))
      case .group(let inner, let broken):
        let flat = Item(indentation: item.indentation, mode: .flat, layout: inner)
        let fits = item.mode == .flat || (!broken && fits(flat))
        stack.append(fits ? flat : Item(indentation: item.indentation, mode: .broken, layout: inner))
      case .choice(let broken, let flat): write(item.mode == .broken ? broken : flat)
      }
    }
  }

  private mutating func write(_ text: String) {
    lines[lines.count - 1].code += text
    column += text.unicodeScalars.count
  }

  private mutating func newline(_ indentation: Int) {
    lines.append(FormattedLine(indentation: indentation, code: ""))
    column = indentation
  }

  /// Whether an item fits flat on the rest of the line, with what follows it up to the next place for a newline.
  private func fits(_ first: Item) -> Bool {
    var room = Self.width - column
    var inner = [first]
    var rest = stack.count
    while room >= 0 {
      let isRest = inner.isEmpty
      if isRest {
        if rest == 0 { return true }
        rest -= 1
        inner.append(stack[rest])
      }
      let item = inner.removeLast()
      switch item.layout {
      case .text(let text): room -= text.unicodeScalars.count
      case .comment: break
      case .line:
        if item.mode == .broken { return true }
        room -= 1
      case .softLine: if item.mode == .broken { return true }
      case .hardLine, .blankLine: return item.mode == .broken
      case .sequence(let parts):
        for part in parts.reversed() {
          inner.append(Item(indentation: item.indentation, mode: item.mode, layout: part))
        }
      case .indent(let layout): inner.append(Item(indentation: item.indentation, mode: item.mode, layout: layout))
      case .group(let layout, let broken):
        if broken, item.mode == .flat { return false }
        inner.append(Item(indentation: item.indentation, mode: item.mode, layout: layout))
      case .choice(let broken, let flat): room -= (item.mode == .broken ? broken : flat).unicodeScalars.count
      }
    }
    return false
  }
}
