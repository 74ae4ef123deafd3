public import Diagnostics
public import Syntax

/// Where the text of a module comes from. The interpreter reads no files; whoever embeds it does.
public protocol ModuleSource {
  /// The text that `import name` or `import "path"` in a file means.
  ///
  /// - Returns: the file and a key that is the same for every import of the same module, or a diagnostic without a place.
  func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic>

  /// The modules that every script can import, for whoever uses one without.
  var library: [ModuleText] { get }
}

extension ModuleSource {
  /// None, unless it says so.
  public var library: [ModuleText] { [] }
}

/// How a module is named in an import.
public enum ModuleReference: Hashable, Sendable {
  /// `import portfolio`
  case name(String)
  /// `import "./lib/mine.strat"`
  case path(String)
}

/// A module's text and identity.
public struct ModuleText: Sendable {
  /// The same for every import of the same module: an absolute path, or the name of a library module.
  public let key: String
  /// The name results show: the library module's name, or the path as the script's folder sees it.
  public let displayName: String
  /// The text.
  public let file: SourceFile
  /// The tree of the text, where somebody has it; nothing is wrong with that text.
  let parsed: SourceUnit?

  /// Makes a module's text.
  public init(key: String, displayName: String, file: SourceFile) {
    self.key = key
    self.displayName = displayName
    self.file = file
    parsed = nil
  }

  /// Makes the text of a module that was parsed without problems.
  public init(key: String, displayName: String, parsed unit: SourceUnit) {
    self.key = key
    self.displayName = displayName
    file = unit.file
    parsed = unit
  }
}

/// One parsed and resolved file of a program.
public struct ModuleUnit: Sendable {
  /// Identity of the module; empty for the script itself.
  public let key: String
  /// The name results show.
  public let displayName: String
  /// The tree.
  public let unit: SourceUnit
  /// What its names mean.
  public var resolution: Resolution
  /// The modules it imports: name in this file and index in the graph, in order of import.
  public let imports: [(name: String, index: Int)]
  /// What is known of the results of its functions and the types of its values.
  var exports: [String: StaticType] = [:]

  /// Makes a unit.
  public init(
    key: String, displayName: String, unit: SourceUnit, resolution: Resolution, imports: [(name: String, index: Int)]
  ) {
    self.key = key
    self.displayName = displayName
    self.unit = unit
    self.resolution = resolution
    self.imports = imports
  }
}

/// A script and all modules it imports, each once, every module after those it imports; the script is the last.
public struct ModuleGraph: Sendable {
  /// The files, in order of initialisation.
  public var modules: [ModuleUnit]
  /// What was found wrong or doubtful in any of them.
  public var diagnostics: [Diagnostic]

  /// The script itself.
  public var script: ModuleUnit { modules[modules.count - 1] }
  /// Whether nothing forbids a run.
  public var isValid: Bool { !diagnostics.contains { $0.severity == .error } }

  /// Makes a graph.
  public init(modules: [ModuleUnit], diagnostics: [Diagnostic]) {
    self.modules = modules
    self.diagnostics = diagnostics
  }
}
