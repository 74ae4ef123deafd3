import ArgumentParser
import Databases
import MarketModel
import Reporting

/// `strat db status`: which migrations are applied.
struct DatabaseStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say which migrations are applied, and when they were.",
    discussion: """
      EXAMPLE:
        strat db status --db sqlite:results.db --format json
      """)

  @OptionGroup var database: DatabaseOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let database = try database.open(.read)
    do throws(DatabaseError) {
      let applied = try Migrator(database).applied()
      show(applied, database.location, format)
    } catch { throw CommandFailure(error) }
  }

  private func show(_ applied: [Migrator.Applied], _ location: DatabaseLocation, _ format: OutputFormat) {
    let newer = applied.filter { $0.number > Schema.version }.map { (number: $0.number, name: $0.name) }
    let entries = Schema.migrations.map { (number: $0.number, name: $0.name) } + newer
    func record(_ number: Int) -> Migrator.Applied? { applied.first { $0.number == number } }
    switch format {
    case .table:
      var table = TextTable([.init("version", .right), .init("migration"), .init("applied"), .init("signals")])
      for entry in entries {
        let record = record(entry.number)
        table.add([
          String(entry.number), entry.name + (entry.number > Schema.version ? " (unknown here)" : ""),
          record?.appliedAt.description ?? "pending", record?.storage.rawValue ?? "",
        ])
      }
      Console.write(["\(location)", ""] + table.lines(Console.output))
    case .csv:
      var writer = CSVWriter(["version", "name", "applied_at", "storage"])
      for entry in entries {
        let record = record(entry.number)
        writer.row([
          String(entry.number), entry.name, record?.appliedAt.description ?? "", record?.storage.rawValue ?? "",
        ])
      }
      Console.write(writer.text)
    case .json:
      var writer = JSONWriter()
      writer.object { document in
        document.member("schema", 1)
        document.member("database", location.description)
        document.member("version", applied.last?.number ?? 0)
        document.member("latest", Schema.version)
        document.array("migrations") { list in
          for entry in entries {
            let record = record(entry.number)
            list.object { object in
              object.member("version", entry.number)
              object.member("name", entry.name)
              object.member("applied_at", record?.appliedAt.description)
              object.member("storage", record?.storage.rawValue)
            }
          }
        }
      }
      Console.write(writer.text + "\n")
    }
  }
}
