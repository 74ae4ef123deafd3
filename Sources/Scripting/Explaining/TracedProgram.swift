import Interpreter

/// A script's program once more, with what a tracer needs: linked when an error is first explained.
final class TracedProgram {
  private let script: Script
  private(set) lazy var program = Program(script.program.graph, library: ScriptLibrary.builtins, isTraced: true)

  init(_ script: Script) { self.script = script }
}
