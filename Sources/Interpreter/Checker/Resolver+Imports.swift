import Diagnostics
import Syntax

/// What an import would find, for whoever forgot one. It is asked only where a name is unknown.
protocol ImportableModules {
  /// Whether `import name` finds a module.
  func has(_ name: String) -> Bool
  /// The modules of the library with a function of a name, in order.
  func owners(of function: String) -> [String]
}

/// Nothing can be imported.
struct NoModules: ImportableModules {
  func has(_ name: String) -> Bool { false }
  func owners(of function: String) -> [String] { [] }
}

/// What the source of modules has, as a file sees it.
struct SourceModules: ImportableModules {
  let source: any ModuleSource
  let file: SourceFile

  func has(_ name: String) -> Bool {
    if case .success = source.module(.name(name), importedBy: file) { true } else { false }
  }

  func owners(of function: String) -> [String] {
    source.library.filter { module in
      let unit = module.parsed ?? parse(module.file).unit
      return unit.functions.contains { $0.name.text == function } && !function.hasPrefix("_")
    }.map(\.displayName)
  }
}

/// Names that a module has which was not imported.
extension Resolver {
  /// `stats.sharpe(r)` without `import stats`: said once for each module.
  func reportForgottenImport(of module: String, _ span: Span) -> Bool {
    guard isBeforeDot(span), importable.has(module) else { return false }
    report(forgotten: module, "unknown name `\(module)`", span, replacement: nil)
    return true
  }

  /// `sharpe(r)` for `stats.sharpe(r)`.
  func reportForgottenImport(ofFunction name: String, _ span: Span) -> Bool {
    report(owners: importable.owners(of: name), of: name, span) { "\($0).\(name)" }
  }

  /// `r.sharpe()` without `import stats`.
  func reportForgottenImport(behindDot name: Name) -> Bool {
    report(owners: importable.owners(of: name.text), of: name.text, name.span) { _ in nil }
  }

  private func report(
    owners: [String], of name: String, _ span: Span, _ replacement: (String) -> String?
  ) -> Bool {
    guard let first = owners.first else { return false }
    guard owners.count == 1 else {
      let modules = owners.map { "`\($0)`" }.joined(separator: ", ")
      diagnostics.append(
        .unknownName(name, suggestions: [], note: "modules have it: \(modules)", at: location(span)))
      return true
    }
    report(forgotten: first, "unknown name `\(name)`", span, replacement: replacement(first))
    return true
  }

  /// The import is part of the fix of the first mistake that wants it.
  private func report(forgotten module: String, _ message: String, _ span: Span, replacement: String?) {
    var fixIts = replacement.map { [FixIt(span, $0)] } ?? []
    let isImported = imports.contains { $0.name == module }
    if !isImported, missingModules.insert(module).inserted { fixIts.insert(importing(module), at: 0) }
    let use = replacement.map { ", and the function is `\($0)`" } ?? ""
    diagnostics.append(
      Diagnostic(
        .unknownName, message, at: location(span), notes: [Note("it is in a module: `import \(module)`\(use)")],
        fixIts: fixIts))
  }

  private func isBeforeDot(_ span: Span) -> Bool {
    let end = Int(span.upper)
    return end < unit.file.bytes.count && unit.file.bytes[end] == 0x2E
  }

  /// An import behind those that are there, else before the first declaration and what is said about it.
  private func importing(_ module: String) -> FixIt {
    if prompt != nil { return FixIt(Span(0, 0), "import \(module); ") }
    let imported = unit.declarations.last { if case .importing = $0 { true } else { false } }
    if let imported {
      let end = Int(imported.span.upper)
      return FixIt(Span(end, end), "\nimport \(module)")
    }
    let place = startOfDeclarations
    return FixIt(Span(place, place), "import \(module)\n")
  }

  /// The line of the first declaration, or of the first of the `##` lines above it.
  private var startOfDeclarations: Int {
    let bytes = unit.file.bytes
    var place = start(ofLineAt: Int(unit.declarations.first?.span.lower ?? 0))
    while place > 0 {
      let above = start(ofLineAt: place - 1)
      let line = bytes[above..<place].drop { $0 == 0x20 || $0 == 0x09 }
      guard line.starts(with: [0x23, 0x23]) else { break }
      place = above
    }
    return place
  }

  private func start(ofLineAt offset: Int) -> Int {
    var place = min(max(0, offset), unit.file.bytes.count)
    while place > 0, unit.file.bytes[place - 1] != 0x0A { place -= 1 }
    return place
  }
}
