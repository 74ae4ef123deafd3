import ArgumentParser
import Diagnostics
import Interpreter
import MarketData
import Reporting
import Scripting

/// `strat test`: runs the test blocks of scripts.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the test blocks of scripts.",
    discussion: """
      EXAMPLE:
        strat test Scripts Stdlib

      Folders are searched for scripts; without a path, this folder is. Params have their defaults, `state` its initial \
      value, the portfolio is in cash.
      """)

  @Argument(help: ArgumentHelp("Scripts and folders.", valueName: "paths"))
  var files: [String] = []

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Script") var scripting: ScriptOptions
  @OptionGroup(title: "Output") var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let limits = try scripting.evaluationLimits()
    let scripts = try ScriptFiles.find(files.isEmpty ? ["."] : files)
    let store = try data.store()
    let folders = TestFolders()
    var results: [TestResult] = []
    for path in scripts {
      let file = try ScriptFiles.read(path)
      results += try LargeStack.run { outcomes(file, limits, store, folders) }
    }
    show(results, format)
    if results.contains(where: { !$0.problems.isEmpty }) { throw CommandEnd(status: .failed) }
  }

  private func outcomes(
    _ file: SourceFile, _ limits: Limits, _ store: MarketStore, _ folders: TestFolders
  ) -> [TestResult] {
    do throws(Script.Problems) {
      let script = try Script.load(file, paths: scripting.paths, limits: limits)
      var results: [TestResult] = []
      ScriptTests(script, paths: scripting.paths, limits: limits).run(
        store: store, open: { path throws(Diagnostic) in try folders.store(path) },
        take: { outcome in
          Console.say(outcome.printed)
          results.append(
            TestResult(file: file.name, name: outcome.name, problems: outcome.failure.map { [$0] } ?? []))
        })
      return results
    } catch {
      // A script that does not load is one failure.
      return [TestResult(file: file.name, name: nil, problems: error.diagnostics)]
    }
  }

  private func show(_ results: [TestResult], _ format: OutputFormat) {
    let failed = results.count { !$0.problems.isEmpty }
    let passed = results.count - failed
    switch format {
    case .json: Console.write(TestResult.json(results, passed: passed, failed: failed))
    case .csv(let cells):
      var writer = CSVWriter(["file", "name", "status", "code", "message", "line", "column"], cells)
      for result in results {
        let problem = result.problems.first
        let start = problem?.location?.start
        writer.row([
          result.file, result.name ?? "", result.status, problem?.code ?? "", problem?.message ?? "",
          start.map { String($0.line) } ?? "", start.map { String($0.column) } ?? "",
        ])
      }
      Console.write(writer.text)
    case .table:
      for result in results where !result.problems.isEmpty {
        Console.note(Console.messages.paint("failed", .red) + " \(result.file): \(result.name ?? "the script itself")")
        Console.report(result.problems)
      }
      Console.write(["\(passed) passed, \(failed) failed"])
    }
  }
}

/// What came of one test of a script, or of loading the script.
struct TestResult {
  let file: String
  /// The test; `nil` for the script itself.
  let name: String?
  let problems: [Diagnostic]

  /// `passed` or `failed`.
  var status: String { problems.isEmpty ? "passed" : "failed" }

  /// `{"schema":1,"passed":…,"failed":…,"tests":[{"file","name","status","code","message","line","column"}]}`
  static func json(_ results: [TestResult], passed: Int, failed: Int) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.member("passed", passed)
      document.member("failed", failed)
      document.array("tests") { list in
        for result in results {
          let problem = result.problems.first
          list.object { object in
            object.member("file", result.file)
            object.member("name", result.name)
            object.member("status", result.status)
            object.member("code", problem?.code)
            object.member("message", problem?.message)
            object.member("line", problem?.location?.start.line)
            object.member("column", problem?.location?.start.column)
          }
        }
      }
    }
    return writer.text + "\n"
  }
}

/// The data folders that tests name, each loaded once.
final class TestFolders {
  private var loaded: [String: MarketStore] = [:]

  /// The data of a folder; the first problem if it cannot be loaded.
  func store(_ path: String) throws(Diagnostic) -> MarketStore {
    if let store = loaded[path] { return store }
    do throws(DataLoadingFailure) {
      let store = try DataFolder(path).load().store
      loaded[path] = store
      return store
    } catch {
      throw error.diagnostics.first ?? .unreadableFile(path, reason: "it holds no data")
    }
  }
}
