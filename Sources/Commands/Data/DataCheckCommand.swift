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
      prices, are loaded as they are; --strict makes errors of them. `strat explain jump` says what a kind of defect is.
      """)

  @OptionGroup var data: DataFolderOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let check = DataCheck(try data.load(listsDefects: true).report, folder: data.place)
    switch format {
    case .table: Console.write(check.table(Console.output))
    case .json: Console.write(check.document)
    case .csv(let cells): Console.write(check.rows(cells))
    }
  }
}
