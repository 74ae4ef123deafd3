import Backtest
import Codecs
public import Diagnostics
public import Interpreter
import Syntax

/// A script that was read, checked and linked, ready to be run any number of times.
public struct Script: Sendable {
  /// The linked program.
  public let program: Program
  /// The strategy block, read; an empty one if there is none.
  public let block: StrategyBlock
  /// Warnings of the checker.
  public let warnings: [Diagnostic]
  /// SHA-256 of the script's bytes, in lower-case hex.
  public let hash: String
  /// Each imported module's name and hash, in order of name.
  public let modules: [(name: String, hash: String)]
  /// Where it was read from.
  public let path: String

  /// What was wrong with a script, with the warnings among it.
  public struct Problems: Error {
    /// Errors and warnings in order of place.
    public let diagnostics: [Diagnostic]
  }

  /// Reads, checks and links a script.
  ///
  /// - Parameters:
  ///   - paths: further folders in which modules are looked for.
  ///   - requiresSignals: whether a script without `signals` is refused; one with a strategy block always is.
  ///   - limits: of them, how deep brackets and blocks may be nested.
  public static func load(
    _ file: SourceFile, paths: [String] = [], requiresSignals: Bool = false, limits: Limits = Limits()
  ) throws(Problems) -> Script {
    let loader = ScriptLoader(scriptPath: file.name, paths: paths)
    let (parsed, unreadable) = parse(file, nesting: limits.nesting)
    let rules = CheckingRules(
      strategyEntry: StrategyBlock.Entry.problem, requiresSignals: requiresSignals || parsed.strategy != nil,
      limits: limits)
    var graph = ModuleGraph.load(script: file, library: ScriptLibrary.builtins, source: loader, rules: rules)
    let (block, problems, doubts) = StrategyBlock.read(graph.script.unit)
    // What could not be read as a whole is not checked, and the block's mistakes are certain all the same.
    if unreadable.contains(where: { $0.severity == .error }) { graph.diagnostics += problems }
    graph.diagnostics += doubts
    graph.diagnostics += loader.problemsOfTestData(in: graph)
    guard graph.isValid else { throw Problems(diagnostics: graph.diagnostics) }
    return Script(Program(graph, library: ScriptLibrary.builtins), block, path: file.name)
  }

  /// Whether a file is none of a strategy's: it can be read, and has neither `signals` nor a strategy block. Libraries
  /// and files of tests are such.
  public static func isNoStrategy(_ file: SourceFile, limits: Limits = Limits()) -> Bool {
    let (unit, problems) = parse(file, nesting: limits.nesting)
    let definesSignals = unit.declarations.contains { declaration in
      switch declaration {
      case .function(let function): function.name.text == "signals"
      // Whatever else takes the name is a mistake that a strategy makes.
      case .binding, .param, .state, .importing, .test, .strategy: false
      }
    }
    return unit.strategy == nil && !definesSignals && !problems.contains { $0.severity == .error }
  }

  private init(_ program: Program, _ block: StrategyBlock, path: String) {
    self.program = program
    self.block = block
    self.path = path
    warnings = program.graph.diagnostics
    hash = ContentHash.hex(of: program.graph.script.unit.file.bytes)
    modules = program.graph.modules.dropLast().map { ($0.displayName, ContentHash.hex(of: $0.unit.file.bytes)) }
      .sorted { $0.0 < $1.0 }
  }

  /// The name results are stored under: the block's id, else the file's base name.
  public var strategyID: String {
    if let id = block.id { return id }
    let base = path.split(separator: "/").last.map(String.init) ?? path
    return base.hasSuffix(".strat") ? String(base.dropLast(6)) : base
  }

  /// Whether it declares `signals`.
  public var hasSignals: Bool { program.script.hasSignals }
  /// Its tests.
  public var tests: [LinkedTest] { program.script.tests }
  /// Its params.
  public var params: [LinkedParam] { program.script.params }
}
