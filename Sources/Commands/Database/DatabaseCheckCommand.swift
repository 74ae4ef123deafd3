import ArgumentParser
import Databases
import Reporting

/// `strat db check`: whether a database is what its migrations make, and whole.
struct DatabaseCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare the tables with what is expected, and look for damage.",
    discussion: """
      EXAMPLE:
        strat db check --db sqlite:results.db

      The exit status is 3 if anything is wrong. Nothing is changed.
      """)

  @OptionGroup var database: DatabaseOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let database = try database.open(.read)
    let problems: [String]
    do throws(DatabaseError) {
      problems = try SchemaCheck(database).problems()
    } catch { throw CommandFailure(error) }
    switch format {
    case .table: Console.write(problems.isEmpty ? ["no problems"] : problems)
    case .csv(let cells):
      var writer = CSVWriter(["problem"], cells)
      for problem in problems { writer.row([problem]) }
      Console.write(writer.text)
    case .json:
      var writer = JSONWriter()
      writer.object { document in
        document.member("schema", 1)
        document.array("problems") { list in
          for problem in problems { list.value(problem) }
        }
      }
      Console.write(writer.text + "\n")
    }
    if !problems.isEmpty { throw CommandEnd(status: .data) }
  }
}
