public import Diagnostics
import Syntax

extension ModuleGraph {
  /// Loads a script and everything it imports, each module once, finds out what all names mean, and checks them.
  public static func load(
    script: SourceFile, library: BuiltinLibrary, source: any ModuleSource, rules: CheckingRules = CheckingRules()
  ) -> ModuleGraph {
    var loader = ModuleLoader(library: library, source: source, rules: rules)
    loader.load(ModuleText(key: "", displayName: "", file: script), path: [])
    let problems = NameLimit(modules: loader.modules).problems() + TestingReach(modules: loader.modules).problems()
    return ModuleGraph(modules: loader.modules, diagnostics: loader.diagnostics + problems)
  }
}

extension ModuleGraph {
  /// Loads what a session at a prompt has declared, as a script that sees the values of `prompt`; modules that are
  /// loaded already come first in the graph and are not loaded again.
  static func load(
    session: SourceFile, library: BuiltinLibrary, source: any ModuleSource, rules: CheckingRules,
    loaded: [ModuleUnit], prompt: PromptScope
  ) -> ModuleGraph {
    var loader = ModuleLoader(library: library, source: source, rules: rules, loaded: loaded, prompt: prompt)
    loader.load(ModuleText(key: "", displayName: "", file: session), path: [])
    return ModuleGraph(modules: loader.modules, diagnostics: loader.diagnostics)
  }
}

/// Loads modules depth first.
private struct ModuleLoader {
  let library: BuiltinLibrary
  let source: any ModuleSource
  let rules: CheckingRules
  var modules: [ModuleUnit] = []
  var diagnostics: [Diagnostic] = []
  private var indices: [String: Int] = [:]
  /// What the script sees of earlier inputs, where it is a session at a prompt.
  private let prompt: PromptScope?

  init(
    library: BuiltinLibrary, source: any ModuleSource, rules: CheckingRules, loaded: [ModuleUnit] = [],
    prompt: PromptScope? = nil
  ) {
    self.library = library
    self.source = source
    self.rules = rules
    self.prompt = prompt
    modules = loaded
    for (index, module) in loaded.enumerated() { indices[module.key] = index }
  }

  /// Loads a module after those it imports; `path` are the modules on the way to it.
  mutating func load(_ text: ModuleText, path: [ModuleText]) {
    let (unit, problems) = text.parsed.map { ($0, []) } ?? parse(text.file, nesting: rules.nesting)
    let before = diagnostics.count
    var imports: [(name: String, index: Int)] = []
    var exports: [(name: String, exports: ModuleExports, span: Span)] = []
    var spans: [String: Span] = [:]
    var missing: Set<String> = []
    for case .importing(let declaration) in unit.declarations {
      guard let (name, index) = follow(declaration, from: text, path: path + [text]) else {
        if let name = declaration.boundName { missing.insert(name) }
        continue
      }
      if let first = spans[name] {
        diagnostics.append(
          .duplicateName(name, at: .source(text.file, declaration.span), first: .source(text.file, first)))
        continue
      }
      spans[name] = declaration.span
      imports.append((name, index))
      exports.append((name, ModuleExports(modules[index].unit), declaration.span))
    }
    var exported: [String: StaticType] = [:]
    let resolver = Resolver(
      unit, library: library, imports: exports, missingModules: missing,
      importable: SourceModules(source: source, file: text.file), prompt: path.isEmpty ? prompt : nil)
    var (resolution, found) = resolver.resolve()
    if problems.contains(where: { $0.severity == .error }) {
      // What follows from text that could not be read is not said; unknown names are certain.
      let certain = problems.contains { $0.code == "E0111" } ? [] : found.filter { $0.isUnknownName }
      diagnostics.insert(
        contentsOf: certain.isEmpty ? problems : Diagnostic.inOrder(problems + certain, of: text.file), at: before)
    } else {
      diagnostics.insert(contentsOf: problems, at: before)
      diagnostics.append(contentsOf: found)
      let checker = checker(unit, resolution, imports, isScript: path.isEmpty)
      diagnostics.append(contentsOf: checker.check())
      exported = checker.exported
    }
    joinPurity(&resolution, unit, imports)
    indices[text.key] = modules.count
    modules.append(
      ModuleUnit(
        key: text.key, displayName: text.displayName, unit: unit, resolution: resolution, imports: imports))
    modules[modules.count - 1].exports = exported
  }

  /// Modules are checked as scripts are, but what a run asks of its script is not asked of them.
  private func checker(
    _ unit: SourceUnit, _ resolution: Resolution, _ imports: [(name: String, index: Int)], isScript: Bool
  ) -> Checker {
    let units = imports.reduce(into: [String: SourceUnit]()) { $0[$1.name] = modules[$1.index].unit }
    let known = imports.reduce(into: [String: [String: StaticType]]()) { $0[$1.name] = modules[$1.index].exports }
    let rules = isScript ? self.rules : CheckingRules()
    return Checker(unit, resolution, library: library, imports: units, rules: rules, exports: known)
  }

  private func joinPurity(_ resolution: inout Resolution, _ unit: SourceUnit, _ imports: [(name: String, index: Int)]) {
    for case .state in unit.declarations { resolution.isPure = false }
    for one in imports {
      resolution.isPure = resolution.isPure && modules[one.index].resolution.isPure
      resolution.readsPortfolio = resolution.readsPortfolio || modules[one.index].resolution.readsPortfolio
    }
  }

  private mutating func follow(
    _ declaration: ImportDeclaration, from importer: ModuleText, path: [ModuleText]
  ) -> (String, Int)? {
    let place = Location.source(importer.file, declaration.span)
    let reference = declaration.reference
    guard let name = declaration.alias?.text ?? reference.baseName else {
      diagnostics.append(
        Diagnostic(
          .importFailed, "this file's name is no identifier, so the import needs `as`", at: place,
          notes: [Note("`import \"…\" as name`")]))
      return nil
    }
    switch source.module(reference, importedBy: importer.file) {
    case .failure(var diagnostic):
      diagnostic.location = place
      diagnostics.append(diagnostic)
      return nil
    case .success(let text):
      if let start = path.firstIndex(where: { $0.key == text.key }) {
        let names = path[start...].map { $0.displayName.isEmpty ? importer.file.name : $0.displayName }
        diagnostics.append(.importCycle(names + [names[0]], at: place))
        return nil
      }
      if indices[text.key] == nil { load(text, path: path) }
      return indices[text.key].map { (name, $0) }
    }
  }
}

extension Diagnostic {
  /// Whether it is about a name that stands nowhere, which is so whatever else is wrong with the file.
  fileprivate var isUnknownName: Bool { code == "E0201" || code == "E0207" }
}

extension ImportDeclaration {
  /// What it names.
  fileprivate var reference: ModuleReference {
    switch target {
    case .name(let name): .name(name.text)
    case .path(let text, _): .path(text)
    }
  }

  /// The name it binds; `nil` if it has none.
  fileprivate var boundName: String? { alias?.text ?? reference.baseName }
}

extension ModuleReference {
  /// The name a module goes by without `as`; `nil` if the file's base name is no identifier.
  var baseName: String? {
    switch self {
    case .name(let name): return name
    case .path(let path):
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let base = file.hasSuffix(".strat") ? String(file.dropLast(6)) : file
      let isIdentifier = base.utf8.enumerated().allSatisfy { place, byte in
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || byte == 0x5F
          || (place > 0 && byte >= 0x30 && byte <= 0x39)
      }
      return isIdentifier && !base.isEmpty ? base : nil
    }
  }
}
