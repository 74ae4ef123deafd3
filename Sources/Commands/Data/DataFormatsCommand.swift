import ArgumentParser
import Diagnostics
import Importers
import Reporting

/// `strat data formats`: the formats that can be imported.
struct DataFormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "List the formats that can be imported, or show one.",
    discussion: """
      EXAMPLE:
        strat data formats alfred
      """)

  @Argument(help: ArgumentHelp("The format to show.", valueName: "name"))
  var name: String?

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    var importers = Importer.all
    if let name {
      do throws(Diagnostic) { importers = [try Importer.find(name)] } catch { throw CommandFailure.usage(error) }
    }
    switch format {
    case .table: Console.write(name == nil ? list(importers) : importers.flatMap(page))
    case .json: Console.write(document(importers))
    case .csv:
      var writer = CSVWriter(["name", "title", "files", "release", "example"], .plain)
      for importer in importers {
        writer.row([importer.name, importer.title, importer.files, importer.release, importer.example])
      }
      Console.write(writer.text)
    }
  }

  private func list(_ importers: [Importer]) -> [String] {
    var table = TextTable([.init("format"), .init("what it is", shrinks: true)])
    for importer in importers { table.add([importer.name, importer.title]) }
    return table.lines(Console.output) + [
      "", "`strat data formats NAME` says how its files look and from when on its figures are known.",
      "Parquet, Arrow and DuckDB files are read through the `duckdb` program, by their columns.",
    ]
  }

  private func page(_ importer: Importer) -> [String] {
    let terminal = Console.output
    func paragraph(_ text: String) -> [String] { Paragraph.lines(text, width: min(100, terminal.width)) }
    let example = importer.example.split(separator: "\n").map { "  " + $0 }
    return ["\(importer.name): \(importer.title)", ""] + paragraph(importer.files) + [""]
      + paragraph(importer.release) + ["", "\(importer.exampleName):", ""] + example
  }

  private func document(_ importers: [Importer]) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("formats") { list in
        for importer in importers {
          list.object { object in
            object.member("name", importer.name)
            object.member("title", importer.title)
            object.member("files", importer.files)
            object.array("columns") { list in
              for column in importer.columnFacts {
                list.object { facts in
                  facts.array("names") { names in
                    for name in column.names { names.value(name) }
                  }
                  facts.member("need", column.need)
                }
              }
            }
            object.member("release", importer.release)
            object.key("needs_release_lag")
            object.value(importer.needsLag)
            object.member("example", importer.example)
          }
        }
      }
    }
    return writer.text + "\n"
  }
}
