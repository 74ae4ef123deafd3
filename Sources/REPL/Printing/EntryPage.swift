public import Documentation
public import Reporting

/// Entries as a terminal shows them.
public struct EntryPage {
  private let terminal: Terminal
  private let width: Int

  /// Pages for a terminal.
  public init(_ terminal: Terminal) {
    self.terminal = terminal
    width = min(100, terminal.width)
  }

  /// The lines of one or more entries of a name; a module lists its functions.
  public func lines(_ entries: [ReferenceEntry], of reference: Reference) -> [String] {
    var lines: [String] = []
    for entry in entries {
      if !lines.isEmpty { lines.append("") }
      lines += page(entry)
      guard entry.kind == .module else { continue }
      var table = TextTable([.init("function"), .init("meaning", shrinks: true)])
      for function in reference.entries where function.kind == .function && function.group == entry.name {
        table.add([function.name, function.meaning.replacing("`", with: "")])
      }
      lines += [""] + table.lines(terminal)
    }
    return lines
  }

  private func page(_ entry: ReferenceEntry) -> [String] {
    var lines = [terminal.paint(entry.name, .bold) + "  " + terminal.paint(kind(entry), .dim), ""]
    lines += entry.signatures.flatMap { indented($0) }
    if !entry.signatures.isEmpty { lines.append("") }
    lines += Paragraph.lines(entry.meaning, width: width)
    for convention in entry.conventions { lines += [""] + Paragraph.lines(convention, width: width) }
    if !entry.dependence.isEmpty { lines += ["", "Depends on: " + entry.dependence + "."] }
    if !entry.examples.isEmpty {
      lines += ["", entry.examples.count == 1 ? "Example" : "Examples"]
      for example in entry.examples {
        lines +=
          example.expression.contains("\n")
          ? example.expression.split(separator: "\n").map { "    " + $0 } : indented(example.expression)
        if let result = example.result { lines += Paragraph.lines(result, width: width - 6).map { "      " + $0 } }
      }
    }
    if !entry.related.isEmpty {
      lines += [""] + Paragraph.lines("See also: " + entry.related.joined(separator: ", "), width: width)
    }
    return lines
  }

  private func kind(_ entry: ReferenceEntry) -> String {
    switch entry.kind {
    case .builtin: "builtin, \(entry.group)"
    case .function: "function of the module \(entry.group)"
    case .module: "module"
    case .word: "word of the language"
    case .operation: "operator"
    case .unit: "unit, behind a number"
    case .type: "type"
    case .key: "key of the strategy block"
    case .setting: "key of dataset.yaml"
    case .limit: "limit"
    case .metric: "metric"
    }
  }

  private func indented(_ text: String) -> [String] {
    Paragraph.lines(text, width: width - 4).enumerated().map { ($0.offset == 0 ? "    " : "      ") + $0.element }
  }
}
