public import Diagnostics
public import MarketModel
import Syntax

/// A program that is written one input at a time, while its values live.
///
/// Declarations make up a module of their own, the session's, which is compiled anew when one is added or replaced;
/// functions therefore always see the latest definition of what they use. A statement is compiled alone, on top of that
/// module, and run once. What a `let`, a `var`, a state variable or a result holds is kept in a store of the session's
/// own and is never computed again.
///
/// An input is taken whole or not at all: where any part of it fails, names, values and declarations are as before.
///
/// A session belongs to one thread, which should have a large stack (`NativeStack`).
public final class PromptSession {
  /// The name of the file that an expression stands in which is evaluated and changes nothing.
  public static let askedName = "expression"
  /// How many results are kept under their number; older ones are forgotten, so that a long session does not grow.
  public static let keptResults = 200

  /// What runs the code.
  public let machine: Machine
  let library: BuiltinLibrary
  let source: RememberedSource
  let rules: CheckingRules
  let slots = SlotTable()
  let store: ValueStore
  /// What holds now.
  var environment = PromptEnvironment()
  /// The linked declarations.
  var base: Program?
  /// Programs that hold modules, which stay loaded.
  var holders: [Program] = []
  /// The inputs that were taken, oldest first.
  public internal(set) var entries: [PromptEntry] = []
  /// Modules are to be read again.
  var isStale = false
  /// How many inputs were tried; names them in messages.
  var inputCount = 0

  /// A session without names.
  ///
  /// - Parameter source: finds the modules that are imported.
  public init(
    library: BuiltinLibrary, source: any ModuleSource, rules: CheckingRules = CheckingRules(),
    limits: Limits = Limits(), host: any EvaluationHost, cancellation: Cancellation = Cancellation()
  ) {
    self.library = library
    self.source = RememberedSource(source)
    self.rules = rules
    machine = Machine(limits: limits, host: host, cancellation: cancellation)
    store = ValueStore(limit: max(limits.memory, 1 << 30))
  }

  /// Asks the evaluation under way, on whatever thread, to stop; the session stays as it was before the input.
  public func interrupt() { machine.cancellation.request() }

  /// Whether a text is a beginning: right as far as it goes, and more must follow.
  public static func isIncomplete(_ text: String) -> Bool {
    parsePrompt(SourceFile(name: "", text: text)).isIncomplete
  }

  // MARK: Inputs

  /// Takes what was typed: declarations and statements mixed, evaluated at a date.
  ///
  /// The values of the outcome are valid until the next input.
  ///
  /// - Parameter asOf: the day whose knowledge counts; `nil` where there are no data.
  public func enter(_ text: String, asOf: Day?) throws(PromptFailure) -> PromptOutcome {
    inputCount += 1
    let file = SourceFile(name: "[\(inputCount)]", text: text)
    let input = parsePrompt(file, nesting: machine.limits.nesting)
    guard !input.diagnostics.contains(where: { $0.severity == .error }) else { throw PromptFailure(input.diagnostics) }
    return try enter(input.entries, PromptInputFile(file: file, nodeCount: input.nodeCount), asOf, isRecorded: true)
  }

  /// Takes the declarations of a script; its constants are evaluated in their order. Its tests are not run.
  public func load(_ file: SourceFile, asOf: Day?) throws(PromptFailure) -> PromptOutcome {
    let (unit, problems) = parse(file, nesting: machine.limits.nesting)
    guard !problems.contains(where: { $0.severity == .error }) else { throw PromptFailure(problems) }
    let entries = unit.declarations.map { declaration in
      guard case .binding(let binding, let id, let span) = declaration else {
        return PromptInput.Entry.declaration(declaration)
      }
      return .statement(Statement(id: id, span: span, kind: .binding(binding)))
    }
    let input = PromptInputFile(file: file, nodeCount: unit.nodeCount, runsTests: false)
    return try enter(entries, input, asOf, isRecorded: true)
  }

  /// Evaluates an expression whose value counts as no result, and leaves everything as it was.
  ///
  /// - Returns: the value, which is valid until the next input; `nil` if the text is no single expression.
  public func evaluate(_ text: String, asOf: Day?) throws(PromptFailure) -> Value? {
    guard let (statement, input) = try expression(text) else { return nil }
    let saved = begin()
    defer { restore(saved) }
    return try run(statement, input, asOf, keepsResult: false).value
  }

  /// The statement that an expression is; `nil` if the text is no single one.
  func expression(_ text: String) throws(PromptFailure) -> (statement: Statement, input: PromptInputFile)? {
    let file = SourceFile(name: Self.askedName, text: text)
    let input = parsePrompt(file, nesting: machine.limits.nesting)
    guard !input.diagnostics.contains(where: { $0.severity == .error }) else { throw PromptFailure(input.diagnostics) }
    guard input.entries.count == 1, case .statement(let statement) = input.entries[0],
      case .expression = statement.kind
    else { return nil }
    return (statement, PromptInputFile(file: file, nodeCount: input.nodeCount))
  }

  private func enter(
    _ entries: [PromptInput.Entry], _ input: PromptInputFile, _ asOf: Day?, isRecorded: Bool
  ) throws(PromptFailure) -> PromptOutcome {
    // Not when the input is done: its values are still to be shown.
    tidy()
    let saved = begin()
    do throws(PromptFailure) {
      var outcome = PromptOutcome()
      try declare(entries, input, &outcome)
      var parts: [PromptEntry.Part] = []
      for entry in entries {
        switch entry {
        case .declaration(let declaration): try settle(declaration, input, asOf, &outcome)
        case .statement(let statement):
          let done = try run(statement, input, asOf, keepsResult: true)
          outcome.events += done.events
          outcome.warnings += done.warnings
          parts.append(done.part)
        }
      }
      if isRecorded { self.entries.append(PromptEntry(file: input.file, parts: parts, asOf: asOf)) }
      return outcome
    } catch {
      restore(saved)
      throw error
    }
  }

  // MARK: Transactions

  /// Everything an input may change.
  struct Saved {
    let environment: PromptEnvironment
    let base: Program?
    let holders: [Program]
    let values: [Value]
  }

  func begin() -> Saved {
    machine.cancellation.clear()
    machine.output = ScriptOutput()
    return Saved(environment: environment, base: base, holders: holders, values: values)
  }

  func restore(_ saved: Saved) {
    environment = saved.environment
    base = saved.base
    holders = saved.holders
    for slot in 0..<slots.count {
      machine.globals[slot] = slot < saved.values.count ? saved.values[slot] : .none
    }
  }

  /// The kept values of all slots.
  private var values: [Value] { (0..<slots.count).map { machine.globals[$0] } }
}

/// The file that entries of an input come from.
struct PromptInputFile {
  let file: SourceFile
  let nodeCount: Int32
  /// Tests are run when they are entered; those of a file that is loaded are not.
  var runsTests = true
}

/// The names of a session and what they stand for.
struct PromptEnvironment {
  /// A `let` or `var`.
  struct Binding {
    let kind: Symbol.Kind
    let slot: Int
    /// Its value was computed; until then the name is only known.
    var isSet = false
  }

  /// The declarations that hold, in order.
  var declarations: [PromptDeclaration] = []
  /// The values by name.
  var bindings: [String: Binding] = [:]
  /// The names of `bindings` in order of their latest definition.
  var order: [String] = []
  /// The values that params were set to; the others have their defaults.
  var params: [(name: String, value: Constant)] = []
  /// The numbered results, as far as they are kept.
  var results: [Int: Value] = [:]
  /// The number of the latest result; 0 before the first.
  var latest = 0
  /// Results that a function refers to, which therefore stay.
  var pinned: Set<Int> = []
  /// A function refers to the latest result.
  var pinsLatest = false
}
