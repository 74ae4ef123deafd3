import Diagnostics
import Interpreter
import Syntax

/// Lexes, parses, checks and runs what the fuzzer gives, as a script without data. Any trap is a finding; errors are not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let file = SourceFile(name: "fuzz.strat", bytes: Array(UnsafeBufferPointer(start: bytes, count: count)))
  let graph = ModuleGraph.load(script: file, library: Fuzzing.library, source: Fuzzing.NoModules())
  // What is found is shown, so that rendering is under test too.
  Fuzzing.seen &+= graph.diagnostics.reduce(0) { $0 &+ $1.message.utf8.count &+ ($1.location?.start.column ?? 0) }
  guard graph.isValid else { return 0 }
  let program = Program(graph, library: Fuzzing.library)
  var limits = Limits()
  limits.steps = 100_000
  limits.memory = 8 << 20
  limits.depth = 100
  let machine = Machine(limits: limits, host: BareHost())
  do throws(Machine.Failure) {
    try machine.load(program)
    for test in program.script.tests {
      do throws(Machine.Failure) { try machine.run(test) } catch {
        Fuzzing.seen &+= error.fault.diagnostic.message.utf8.count
      }
    }
  } catch {
    Fuzzing.seen &+= error.fault.diagnostic.message.utf8.count
  }
  return 0
}

enum Fuzzing {
  static let library = BuiltinLibrary(BuiltinLibrary.coreBuiltins)
  /// Keeps the optimiser from removing the work.
  nonisolated(unsafe) static var seen = 0

  struct NoModules: ModuleSource {
    func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
      .failure(.importFailed("nothing can be imported here"))
    }
  }
}
