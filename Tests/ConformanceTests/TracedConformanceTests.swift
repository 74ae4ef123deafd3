import Diagnostics
import Interpreter
import MarketData
import Testing

@testable import Scripting

/// Every conformance script, traced, does what it does untraced: the same outputs and the same errors at the same places.
@Suite struct TracedConformanceTests {
  @Test func tracingChangesNothing() {
    nonisolated(unsafe) var problems: [String] = []
    nonisolated(unsafe) var count = 0
    NativeStack.run {
      for path in ConformanceTests.scripts {
        guard case .success(let bytes) = ScriptText.read(path),
          let script = try? Script.load(SourceFile(name: path, bytes: bytes))
        else { continue }
        let plain = Self.outcomes(script, isTraced: false)
        let traced = Self.outcomes(script, isTraced: true)
        count += plain.count
        if plain != traced { problems.append("\(path): \(plain) but traced \(traced)") }
      }
    }
    for problem in problems { Issue.record("\(problem)") }
    #expect(count > 250)
  }

  private static func outcomes(_ script: Script, isTraced: Bool) -> [String] {
    let host = MarketHost(store: ConformanceTests.sample, calendar: ConformanceTests.sample.calendar)
    host.universe = script.block.universe
    // Enough for all but the scripts that try to go on for ever, which would take minutes when traced.
    var limits = Limits()
    limits.steps = 200_000
    let machine = Machine(limits: limits, host: host)
    let program = Program(script.program.graph, library: ScriptLibrary.builtins, isTraced: isTraced)
    if isTraced { machine.tracer = Tracer(.everything, limit: 2_000) }
    guard (try? machine.load(program)) != nil else { return ["does not load"] }
    return program.script.tests.map { test in
      machine.tracer?.reset()
      machine.output = ScriptOutput()
      do throws(Machine.Failure) {
        try machine.run(test)
        return machine.output.printed.joined(separator: "\n")
      } catch {
        let start = error.fault.diagnostic.location?.start
        return "\(error.fault.diagnostic.code) \(start?.line ?? 0):\(start?.column ?? 0)"
      }
    }
  }
}
