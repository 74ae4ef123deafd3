import Interpreter
import Reporting

/// A trace as a tree: each part of an expression with what it gave, operands below the one they belong to.
struct TracePrinter {
  private let terminal: Terminal
  private let isWhole: Bool
  /// How many lines are shown unless all are asked for.
  private static let rows = 48
  /// How many operands of one expression are shown unless all are asked for.
  private static let operands = 10

  init(_ terminal: Terminal, isWhole: Bool) {
    self.terminal = terminal
    self.isWhole = isWhole
  }

  /// The lines.
  func lines(_ root: TraceNode) -> [String] {
    var lines: [String] = []
    add(root, first: "", rest: "", to: &lines)
    guard !isWhole, lines.count > Self.rows else { return lines }
    let left = lines.count - Self.rows
    return lines.prefix(Self.rows) + [hint("\(left) more line\(left == 1 ? "" : "s"); `:trace --all` shows every part")]
  }

  private func add(_ node: TraceNode, first: String, rest: String, to lines: inout [String]) {
    lines.append(line(node, first))
    let operands = node.children.filter { !$0.isPlain }
    let shown = isWhole ? operands : Array(operands.prefix(Self.operands))
    let left = operands.count - shown.count + node.omitted
    let glyphs = terminal.usesUnicode ? (fork: "├─ ", end: "└─ ", bar: "│  ") : (fork: "|- ", end: "`- ", bar: "|  ")
    for (place, operand) in shown.enumerated() {
      let isLast = place == shown.count - 1 && left == 0
      add(
        operand, first: rest + (isLast ? glyphs.end : glyphs.fork), rest: rest + (isLast ? "   " : glyphs.bar),
        to: &lines)
    }
    if left > 0 { lines.append(terminal.paint(rest + glyphs.end, .dim) + hint("\(left) more")) }
  }

  /// A part and what it gave, within the width of the terminal.
  private func line(_ node: TraceNode, _ lead: String) -> String {
    let value = node.failed ? "stopped here" : node.value
    let room = max(24, terminal.width - DisplayWidth.of(lead) - 5)
    let wanted = DisplayWidth.of(value)
    let text = cut(node.text, to: max(room - wanted, room / 2))
    let result = cut(value, to: room - DisplayWidth.of(text))
    let ink: Ink? = node.failed ? .red : node.reason != nil ? .yellow : nil
    return terminal.paint(lead, .dim) + text + terminal.paint(" = ", .dim)
      + (ink.map { terminal.paint(result, $0) } ?? result)
  }

  private func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    var kept = text
    while !kept.isEmpty, DisplayWidth.of(kept) + DisplayWidth.of(terminal.ellipsis) > width { kept.removeLast() }
    return kept + terminal.ellipsis
  }

  private func hint(_ text: String) -> String { terminal.paint("\(terminal.ellipsis) \(text)", .dim) }
}

extension TraceNode {
  /// It says what is written there already: a literal.
  fileprivate var isPlain: Bool { children.isEmpty && omitted == 0 && !failed && text == value }
}
