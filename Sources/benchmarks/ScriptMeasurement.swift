import Diagnostics
import Interpreter
import Syntax

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The CPU time of a script's first test, without reading and linking the script.
enum ScriptMeasurement {
  /// Milliseconds; ends the program with a message if the script fails.
  static func milliseconds(_ path: String) -> Double {
    nonisolated(unsafe) var elapsed = 0.0
    NativeStack.run { elapsed = measure(path) }
    return elapsed
  }

  private static func measure(_ path: String) -> Double {
    let library = BuiltinLibrary(BuiltinLibrary.coreBuiltins)
    let file = SourceFile(name: path, text: text(path))
    let graph = ModuleGraph.load(script: file, library: library, source: NoModules())
    let problems = graph.diagnostics.filter { $0.severity == .error }
    if let problem = problems.first { fail(problem) }
    let program = Program(graph, library: library)
    var limits = Limits()
    limits.steps = 2_000_000_000
    let machine = Machine(limits: limits, host: BareHost())
    do throws(Machine.Failure) {
      try machine.load(program)
      guard let test = program.script.tests.first else { return 0 }
      let start = Clock.processor
      try machine.run(test)
      return Clock.processor - start
    } catch {
      fail(error.fault.diagnostic)
    }
  }

  private static func fail(_ diagnostic: Diagnostic) -> Never {
    print("\(diagnostic.code): \(diagnostic.message)")
    exit(1)
  }

  private static func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = fgetc(file)
      if byte < 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
  }

  private struct NoModules: ModuleSource {
    func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
      .failure(.importFailed("a benchmark imports nothing"))
    }
  }
}
