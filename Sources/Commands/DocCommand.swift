import ArgumentParser
import Diagnostics
import Documentation
import Reporting
import Scripting

/// `strat doc`: what a function, module, key, limit or metric is.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Look up a function, a module, a key, a limit or a metric.",
    discussion: """
      EXAMPLE:
        strat doc sma
        strat doc portfolio
        strat doc --search volatility

      Without a name, everything is listed.
      """)

  @Argument(help: ArgumentHelp("What to look up, such as sma or portfolio.cap.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("List what speaks of some words.", valueName: "words"))
  var search: String?

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let reference = Reference(ScriptLibrary.builtins)
    if let search { return list(try found(search, reference), format) }
    guard let name else { return list(reference.entries, format) }
    let entries = reference.entries(named: name.hasSuffix("()") ? String(name.dropLast(2)) : name)
    guard !entries.isEmpty else {
      throw CommandFailure.usage(
        .unknownEntry(name, similar: Suggestions.close(to: name, among: reference.names)))
    }
    switch format {
    case .table: Console.write(EntryPage(Console.output).lines(entries, of: reference))
    case .json: Console.write(document(entries))
    case .csv: Console.write(lines(entries))
    }
  }

  private func found(_ words: String, _ reference: Reference) throws -> [ReferenceEntry] {
    let found = reference.search(words)
    if found.isEmpty { throw CommandFailure.usage(.nothingFound(words)) }
    return found
  }

  private func list(_ entries: [ReferenceEntry], _ format: OutputFormat) {
    switch format {
    case .json: Console.write(document(entries))
    case .csv: Console.write(lines(entries))
    case .table:
      var table = TextTable([.init("name"), .init("of"), .init("meaning", shrinks: true)])
      for entry in entries { table.add([entry.name, entry.group, entry.meaning.replacing("`", with: "")]) }
      Console.write(table.lines(Console.output))
    }
  }

  private func document(_ entries: [ReferenceEntry]) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("entries") { list in
        for entry in entries {
          list.object { object in
            object.member("kind", entry.kind.rawValue)
            object.member("name", entry.name)
            object.member("group", entry.group)
            object.array("signatures") { list in entry.signatures.forEach { list.value($0) } }
            object.member("meaning", entry.meaning)
            object.array("conventions") { list in entry.conventions.forEach { list.value($0) } }
            object.member("depends_on", entry.dependence.isEmpty ? nil : entry.dependence)
            object.array("examples") { list in
              for example in entry.examples {
                list.object { object in
                  object.member("expression", example.expression)
                  object.member("result", example.result)
                }
              }
            }
            object.array("related") { list in entry.related.forEach { list.value($0) } }
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private func lines(_ entries: [ReferenceEntry]) -> String {
    var writer = CSVWriter(["kind", "name", "group", "signature", "meaning"])
    for entry in entries {
      writer.row([entry.kind.rawValue, entry.name, entry.group, entry.signatures.first ?? "", entry.meaning])
    }
    return writer.text
  }
}

/// Entries as a terminal shows them.
struct EntryPage {
  private let terminal: Terminal
  private let width: Int

  init(_ terminal: Terminal) {
    self.terminal = terminal
    width = min(100, terminal.width)
  }

  /// The lines of one or more entries of a name; a module lists its functions.
  func lines(_ entries: [ReferenceEntry], of reference: Reference) -> [String] {
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
        lines += indented(example.expression)
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
    case .key: "key of the strategy block"
    case .limit: "limit"
    case .metric: "metric"
    }
  }

  private func indented(_ text: String) -> [String] {
    Paragraph.lines(text, width: width - 4).enumerated().map { ($0.offset == 0 ? "    " : "      ") + $0.element }
  }
}
