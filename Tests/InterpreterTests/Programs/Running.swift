import Diagnostics
import Syntax

@testable import Interpreter

/// No module can be imported.
struct NoModules: ModuleSource {
  func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
    .failure(.importFailed("there are no modules here"))
  }
}

/// What came of a script's first test: nothing, the code of what was wrong, or the printed lines.
enum Running {
  static let library = BuiltinLibrary(BuiltinLibrary.coreBuiltins)

  /// Runs the body as a test and gives what it printed, or the code and message of the error.
  static func output(of body: String, limits: Limits = Limits()) -> String {
    run("test \"t\" {\n\(body)\n}", limits: limits)
  }

  /// Runs the first test of a script.
  static func run(_ script: String, limits: Limits = Limits()) -> String {
    nonisolated(unsafe) var result = ""
    NativeStack.run { result = runHere(script, limits: limits) }
    return result
  }

  private static func runHere(_ script: String, limits: Limits) -> String {
    let file = SourceFile(name: "test.strat", text: script)
    let graph = ModuleGraph.load(script: file, library: library, source: NoModules())
    guard graph.isValid else {
      return graph.diagnostics.filter { $0.severity == .error }.map { "\($0.code) \($0.message)" }.joined(
        separator: "\n")
    }
    let program = Program(graph, library: library)
    let machine = Machine(limits: limits, host: BareHost())
    do throws(Machine.Failure) {
      try machine.load(program)
      guard let test = program.script.tests.first else { return "no test" }
      try machine.run(test)
    } catch { return "\(error.fault.diagnostic.code) \(error.fault.diagnostic.message)" }
    return machine.output.printed.joined(separator: "\n")
  }
}
