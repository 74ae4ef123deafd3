import Diagnostics
import Interpreter
import Locks
import StandardLibrary
import Syntax

/// The modules of the standard library, each parsed when it is first imported and kept for all later scripts.
enum ParsedLibrary {
  private static let modules = Guarded<[String: ModuleText]>([:])

  /// A module by its name; `nil` if there is none.
  static func module(_ name: String) -> ModuleText? {
    if let known = modules.withLock({ $0[name] }) { return known }
    guard let text = StandardLibrary.modules.first(where: { $0.name == name })?.text else { return nil }
    let file = SourceFile(name: name + ".strat", text: text)
    let (unit, problems) = parse(file)
    // While somebody works on the library, its problems are said like those of any module.
    let module =
      problems.isEmpty
      ? ModuleText(key: "library:" + name, displayName: name, parsed: unit)
      : ModuleText(key: "library:" + name, displayName: name, file: file)
    // Another thread may have been sooner; its tree is the same.
    modules.withLock { $0[name] = module }
    return module
  }
}
