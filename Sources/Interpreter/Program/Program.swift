import Diagnostics
public import Syntax

/// A linked program: a script and its modules as executable nodes, ready for any number of machines.
///
/// A program is immutable once made and shared by threads; what changes while it runs belongs to a `Machine`.
public final class Program: @unchecked Sendable {
  // Unchecked because nodes are classes; nothing is written after `init`.

  /// The files in order of initialisation; the script is the last.
  public let graph: ModuleGraph
  /// The builtins it was linked with.
  public let library: BuiltinLibrary
  /// Whether its nodes record what they give, for a machine with a tracer.
  public let isTraced: Bool
  /// What notes which branches of the script are taken, if anything does.
  let watch: BranchWatch?
  /// The linked files, as in the graph.
  public private(set) var modules: [LinkedModule] = []
  /// The module-level slots.
  let slots: SlotTable

  let frozen: Region
  let sites: SiteTable
  private(set) var codes: [FunctionCode] = []
  /// The slots without names that it took.
  private(set) var unnamedSlots: [Int] = []
  /// Where a place of the text is said to be, for programs whose text was put together of several.
  let original: (SourceFile, Span) -> (SourceFile, Span)

  /// Links a graph without errors.
  ///
  /// - Parameter isTraced: nodes that a `Tracer` can listen to; they are slower, and give the same.
  /// - Parameter watch: notes which branches of the script are taken; what it has seen is linked without marks.
  /// - Precondition: `graph.isValid`.
  public init(
    _ graph: ModuleGraph, library: BuiltinLibrary, isTraced: Bool = false, watch: BranchWatch? = nil
  ) {
    self.isTraced = isTraced
    self.watch = watch
    watch?.begin()
    self.graph = graph
    self.library = library
    slots = SlotTable()
    sites = SiteTable()
    frozen = Region(limit: 1 << 30)
    original = { ($0, $1) }
    for index in graph.modules.indices {
      modules.append(Linker(module: index, in: self).link())
    }
  }

  /// Links the last modules of a graph on top of those that are linked already, whose programs the caller keeps alive.
  ///
  /// - Parameter isTraced: what is linked has nodes that a `Tracer` can listen to.
  /// - Precondition: `graph.isValid`, and the graph begins with the modules of `linked`.
  init(
    _ graph: ModuleGraph, library: BuiltinLibrary, onto linked: [LinkedModule], slots: SlotTable, sites: SiteTable,
    isTraced: Bool = false, original: @escaping (SourceFile, Span) -> (SourceFile, Span) = { ($0, $1) }
  ) {
    self.isTraced = isTraced
    watch = nil
    self.graph = graph
    self.library = library
    self.slots = slots
    self.sites = sites
    self.original = original
    frozen = Region(limit: 1 << 30, firstChunk: 1 << 10)
    modules = linked
    for index in linked.count..<graph.modules.count {
      modules.append(Linker(module: index, in: self).link())
    }
  }

  deinit { for code in codes { code.unlink() } }

  /// The linked script.
  public var script: LinkedModule { modules[modules.count - 1] }

  /// Whether the script's weights depend on `as_of` alone: no state, no random numbers, no portfolio.
  public var isPure: Bool { graph.script.resolution.isPure }

  func addSite(_ file: SourceFile, _ span: Span) -> Int32 {
    let place = original(file, span)
    return sites.add(place.0, place.1)
  }

  /// How many places have been noted.
  var siteCount: Int { sites.own.end }

  /// The slot of a module-level name.
  func addGlobal(_ name: String, of module: ModuleUnit) -> Int { slots.slot(name, of: module.key) }

  /// A slot without a name.
  func addGlobal() -> Int {
    unnamedSlots.append(slots.add())
    return unnamedSlots[unnamedSlots.count - 1]
  }

  /// Where a place of the text is said to be.
  func location(_ file: SourceFile, _ span: Span) -> Location {
    let place = original(file, span)
    return .source(place.0, place.1)
  }

  func keep(_ code: FunctionCode) { codes.append(code) }

  /// A string that lives as long as the program.
  func string(_ text: String) -> Value {
    var text = text
    return text.withUTF8 { bytes in
      // Sources are limited in size, so literals cannot exhaust a gibibyte.
      guard let memory = frozen.allocate(StringRef.bytesOffset + bytes.count) else { return .none }
      return marked(Value(object: StringRef.initialize(memory, bytes).hashed.pointer))
    }
  }

  /// A function object without captures that lives as long as the program.
  func function(_ callable: Callable) -> Value {
    guard let memory = frozen.allocate(FunctionRef.capturesOffset) else { return .none }
    return marked(Value(object: FunctionRef.initialize(memory, callable, captures: 0).pointer))
  }

  /// An object of the program, which several threads may run: it is marked here, and nothing writes to it again.
  private func marked(_ value: Value) -> Value {
    value.share()
    return value
  }
}

/// A file of a program, linked.
public final class LinkedModule {
  /// The file.
  public let unit: ModuleUnit
  /// Its functions by name.
  var functions: [String: FunctionCode] = [:]
  /// The slots of its constants, params and state variables by name.
  var globals: [String: Int] = [:]
  /// Its params in order.
  public internal(set) var params: [LinkedParam] = []
  /// What is evaluated when a machine loads the program, in order of the file.
  var constants: [(slot: Int, value: Node, frameSize: Int)] = []
  /// Its state variables in order.
  public internal(set) var states: [LinkedState] = []
  /// Its tests in order.
  public internal(set) var tests: [LinkedTest] = []

  init(_ unit: ModuleUnit) { self.unit = unit }

  /// Whether it declares `signals`.
  public var hasSignals: Bool { functions["signals"] != nil }
}

/// A param, linked: its default and its condition as nodes.
public struct LinkedParam {
  /// The declaration.
  public let declaration: ParamDeclaration
  /// Its default and the values it may take, as constants.
  public let domain: ParamDomain
  let slot: Int
  let initial: Node
  let constraint: Node?
  let frameSize: Int

  /// The name.
  public var name: String { declaration.name.text }
}

/// A state variable, linked.
public struct LinkedState {
  /// The name.
  public let name: String
  let slot: Int
  let initial: Node
  let frameSize: Int
}

/// A test, linked.
public struct LinkedTest {
  /// The declaration.
  public let declaration: TestDeclaration
  let code: FunctionCode

  /// The name.
  public var name: String { declaration.name.text }
}
