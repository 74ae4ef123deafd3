import Diagnostics
import Interpreter
import Scripting

extension ScriptOptions {
  /// Reads, checks and links a script; warnings are said on standard error.
  func load(_ path: String) throws(CommandFailure) -> Script {
    let file = try ScriptFiles.read(path)
    let limits = try evaluationLimits()
    do throws(Script.Problems) {
      let script = try Script.load(file, paths: paths, requiresSignals: true, limits: limits)
      Console.report(script.warnings)
      return script
    } catch {
      throw CommandFailure(.failed, error.diagnostics)
    }
  }

  /// The values of the script's params that the command line gives.
  func values(_ script: Script) throws(CommandFailure) -> ParamValues {
    var values = ParamValues()
    for (name, text) in try assignments() {
      do throws(Diagnostic) {
        try values.set(name, text, of: script)
      } catch { throw .usage(error) }
    }
    return values
  }

  /// The end of a command whose script could not be evaluated. A param outside its domain is the script's refusal,
  /// whoever gave the value.
  func failure(_ problem: Diagnostic) -> CommandFailure { CommandFailure(.failed, [problem]) }
}

/// Work that evaluates scripts runs on a thread with a large stack.
enum LargeStack {
  /// Runs the work and gives or throws what it gives or throws.
  static func run<T>(_ work: () throws -> T) throws -> T {
    nonisolated(unsafe) var result: Result<T, any Error>?
    withoutActuallyEscaping(work) { work in
      nonisolated(unsafe) let work = work
      NativeStack.run { result = Result { try work() } }
    }
    guard let result else { preconditionFailure("the thread ended without running its work") }
    return try result.get()
  }
}
