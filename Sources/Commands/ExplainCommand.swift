import ArgumentParser
import Diagnostics
import REPL
import Reporting

/// `strat explain`: what a diagnostic's code means, with an example of the problem and of its remedy.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a diagnostic's code means and what to do about it.",
    discussion: """
      EXAMPLE:
        strat explain E0201
        strat explain jump

      Without a code, all codes are listed.
      """)

  @Argument(help: ArgumentHelp("The code, such as E0201, or a kind of defect, such as jump.", valueName: "code"))
  var code: String?

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    guard let code else { return list(format) }
    let catalog = Catalog.all
    guard let record = catalog.record(code) else {
      throw CommandFailure.usage(Self.unknown(code))
    }
    Self.show(record, format)
  }

  /// What is said of a code that does not exist.
  static func unknown(_ code: String) -> Diagnostic {
    .unknownCode(code, similar: Suggestions.close(to: code.uppercased(), among: Catalog.all.records.map(\.code)))
  }

  /// Shows what one code means.
  static func show(_ record: DiagnosticRecord, _ format: OutputFormat) {
    switch format {
    case .table: Console.write(RecordPage(Console.output).lines(record))
    case .json: Console.write(document([record]))
    case .csv: Console.write(lines([record]))
    }
  }

  private func list(_ format: OutputFormat) {
    let records = Catalog.all.records
    switch format {
    case .json: Console.write(Self.document(records))
    case .csv: Console.write(Self.lines(records))
    case .table:
      var table = TextTable([.init("code"), .init("problem", shrinks: true)])
      for record in records { table.add([record.code, record.title]) }
      Console.write(table.lines(Console.output))
    }
  }

  private static func document(_ records: [DiagnosticRecord]) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("diagnostics") { list in
        for record in records {
          list.object { object in
            object.member("code", record.code)
            object.member("title", record.title)
            object.member("explanation", record.explanation)
            object.member("bad", record.bad.isEmpty ? nil : record.bad)
            object.member("good", record.good.isEmpty ? nil : record.good)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private static func lines(_ records: [DiagnosticRecord]) -> String {
    var writer = CSVWriter(["code", "title", "explanation"], .plain)
    for record in records { writer.row([record.code, record.title, record.explanation]) }
    return writer.text
  }
}
