import ArgumentParser
import Diagnostics
import Documentation
import REPL
import Reporting
import Scripting

/// `strat doc`: what a function, module, word, key, limit, metric or code is.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Look up a function, a module, a word, a key, a metric or a code.",
    discussion: """
      EXAMPLE:
        strat doc sma
        strat doc portfolio
        strat doc hold
        strat doc metrics
        strat doc --search volatility

      Names are those of functions, modules, words and operators of the language, units, types, keys of the strategy \
      block, limits and metrics; a code is explained as `strat explain` does. The name of a group lists it: keys, \
      metrics, limits, modules, words, operators, units, types. Without a name, everything is listed.
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
      let group = reference.entries(ofGroup: name)
      if !group.isEmpty { return list(group, format) }
      if let record = Catalog.all.record(name) { return ExplainCommand.show(record, format) }
      if name.wholeMatch(of: /[EeWw]\d+/) != nil { throw CommandFailure.usage(ExplainCommand.unknown(name)) }
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
    var writer = CSVWriter(["kind", "name", "group", "signature", "meaning"], .plain)
    for entry in entries {
      writer.row([entry.kind.rawValue, entry.name, entry.group, entry.signatures.first ?? "", entry.meaning])
    }
    return writer.text
  }
}
