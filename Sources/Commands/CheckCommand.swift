import ArgumentParser
import Diagnostics
import MarketData
import Reporting
import Scripting

/// `strat check`: what is wrong with scripts, without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what is wrong with scripts, without running them.",
    discussion: """
      EXAMPLE:
        strat check Scripts/sma_cross.strat --format json

      Folders are searched for scripts. The exit status is 1 if there is an error; warnings do not count.
      """)

  @Argument(help: ArgumentHelp("Scripts and folders.", valueName: "paths"))
  var files: [String]

  @Option(name: .customLong("path"), help: ArgumentHelp("Search a folder for imported modules.", valueName: "folder"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("Look for the tickers, series and curves of scripts in a data folder.", valueName: "folder"))
  var data: String?

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let scripts = try ScriptFiles.find(files)
    let store = try data.map { folder in try DataOptions.parse(["--data", folder]).store() }
    var found: [Diagnostic] = []
    for path in scripts {
      let file = try ScriptFiles.read(path)
      found += try LargeStack.run { diagnostics(file, store) }
    }
    let errors = found.count { $0.severity == .error }
    let warnings = found.count { $0.severity == .warning }
    switch format {
    case .json: Console.write(DiagnosticDocument.json(found))
    case .csv(let cells): Console.write(DiagnosticDocument.csv(found, cells))
    case .table:
      Console.report(found)
      let checked = scripts.count == 1 ? "" : "\(scripts.count) scripts: "
      Console.write([checked + summary(errors: errors, warnings: warnings)])
    }
    if errors > 0 { throw CommandEnd(status: .failed) }
  }

  private func summary(errors: Int, warnings: Int) -> String {
    if errors + warnings == 0 { return "no problems" }
    let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return parts.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
  }

  private func diagnostics(_ file: SourceFile, _ store: MarketStore?) -> [Diagnostic] {
    do throws(Script.Problems) {
      let script = try Script.load(file, paths: paths)
      return script.warnings + (store.map { script.unknownNames(on: $0) } ?? [])
    } catch { return error.diagnostics }
  }
}
