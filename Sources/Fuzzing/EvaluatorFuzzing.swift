import Diagnostics
import Interpreter
import MarketData
import Scripting

/// The first byte says what the others are: a script as it stands, or the choices by which one is made.
enum EvaluatorFuzzing {
  static func run(_ bytes: [UInt8]) -> Int {
    guard let first = bytes.first else { return 0 }
    guard first % 2 == 1 else { return run(script: Array(bytes.dropFirst())) }
    var maker = ScriptMaker(Array(bytes.dropFirst()))
    return run(script: Array(maker.script().utf8))
  }

  /// Whether scripts run here at all: a fuzzer that sees the same error each time would find nothing.
  private static let works: Bool = {
    let text = "test \"t\" { at 2015-06-30 { assert sum([1, 2]) == 3 and price(\"SPY\") > 0 } }"
    guard let script = try? Script.load(SourceFile(name: "fuzz.strat", text: text)) else { return false }
    return run(script, Limits()).allSatisfy { $0.failure == nil }
  }()

  private static func run(_ script: Script, _ limits: Limits) -> [ScriptTests.Outcome] {
    ScriptTests(script, limits: limits).run(store: SampleMarket.store()) { path throws(Diagnostic) in
      throw Diagnostic.importFailed("there are no folders here")
    }
  }

  /// Checks a script and runs its tests on the sample market.
  static func run(script bytes: [UInt8]) -> Int {
    precondition(works, "no script runs here")
    let file = SourceFile(name: "fuzz.strat", bytes: bytes)
    let script: Script
    do throws(Script.Problems) { script = try Script.load(file) } catch {
      return ParserFuzzing.shown(error.diagnostics)
    }
    var limits = Limits()
    limits.steps = 100_000
    limits.memory = 8 << 20
    limits.depth = 100
    var sum = ParserFuzzing.shown(script.warnings)
    for outcome in run(script, limits) {
      sum &+= outcome.printed.count
      if let failure = outcome.failure { sum &+= ParserFuzzing.shown([failure]) }
    }
    return sum
  }
}
