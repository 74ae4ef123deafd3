import ArgumentParser
import MarketData
import Reporting

/// `strat data check`: every error and every defect of a data set.
struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a data set and list every defect.",
    discussion: """
      EXAMPLE:
        strat data check data/us

      Errors, such as a malformed row, mean that nothing can be loaded (exit status 3). Defects, such as a gap in the \
      prices, are loaded as they are; --strict makes errors of them.
      """)

  @OptionGroup var data: DataFolderOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let report = try data.load(listsDefects: true).report
    switch format {
    case .table: Console.write(table(report))
    case .json: Console.write(document(report))
    case .csv:
      var writer = CSVWriter(["defect", "file", "line", "subject"])
      for defect in report.defects {
        let line = defect.line > 0 ? String(defect.line) : ""
        writer.row([defect.kind.rawValue, defect.file ?? "", line, defect.subject])
      }
      Console.write(writer.text)
    }
  }

  private func table(_ report: LoadingReport) -> [String] {
    if report.defects.isEmpty { return ["no errors, no defects"] }
    var table = TextTable([.init("defect"), .init("place"), .init("subject", shrinks: true)])
    for defect in report.defects {
      let line = defect.line > 0 ? ":\(defect.line)" : ""
      table.add([defect.kind.rawValue, (defect.file ?? "") + line, defect.subject])
    }
    let number = DisplayNumber(Console.output)
    let counts = report.counts.map { "\(number.count($0.count)) \($0.kind.rawValue)" }
    return table.lines(Console.output) + ["", "no errors; defects: " + counts.joined(separator: ", ")]
  }

  private func document(_ report: LoadingReport) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.object("counts") { counts in
        for (kind, count) in report.counts { counts.member(kind.rawValue, count) }
      }
      document.array("defects") { list in
        for defect in report.defects {
          list.object { object in
            object.member("defect", defect.kind.rawValue)
            object.member("file", defect.file)
            object.member("line", defect.line > 0 ? defect.line : nil)
            object.member("subject", defect.subject)
          }
        }
      }
    }
    return writer.text + "\n"
  }
}
