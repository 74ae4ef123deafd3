import ArgumentParser
import MarketData
import MarketModel
import Reporting

/// `strat data ls`: everything that has a name in a data set.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List the tickers, series, flows, curves and universes of a data set.",
    discussion: """
      EXAMPLE:
        strat data ls data/us --format csv
      """)

  @OptionGroup var data: DataFolderOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let entries = DataEntry.all(of: try data.load().store)
    switch format {
    case .table: Console.write(table(entries))
    case .json: Console.write(document(entries))
    case .csv(let cells):
      var writer = CSVWriter(["kind", "name", "rows", "first", "last"], cells)
      for entry in entries {
        writer.row([
          entry.kind, entry.name, String(entry.rows), entry.first?.description ?? "", entry.last?.description ?? "",
        ])
      }
      Console.write(writer.text)
    }
  }

  private func table(_ entries: [DataEntry]) -> [String] {
    let number = DisplayNumber(Console.output)
    let absent = Console.output.absent
    var table = TextTable([
      .init("kind"), .init("name", shrinks: true), .init("rows", .right), .init("first"), .init("last"),
    ])
    for entry in entries {
      table.add([
        entry.kind, entry.name, number.count(entry.rows), entry.first?.description ?? absent,
        entry.last?.description ?? absent,
      ])
    }
    return table.lines(Console.output)
  }

  private func document(_ entries: [DataEntry]) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("entries") { list in
        for entry in entries {
          list.object { object in
            object.member("kind", entry.kind)
            object.member("name", entry.name)
            object.member("rows", entry.rows)
            object.member("first", entry.first)
            object.member("last", entry.last)
          }
        }
      }
    }
    return writer.text + "\n"
  }
}
