import Diagnostics
import StandardLibrary
import Syntax

/// The text of the standard library's functions.
enum LibrarySource {
  /// The names of all functions, with and without their module.
  static var names: [String] {
    StandardLibrary.modules.flatMap { module in
      [module.name] + functions(of: module.text, module.name).map { "\(module.name).\($0.name)" }
    }
  }

  /// The text of `portfolio.cap`, of `cap` where one module has it, or of a whole module.
  static func text(of name: String) -> String? {
    if let module = StandardLibrary.modules.first(where: { $0.name == name }) { return module.text }
    let parts = name.split(separator: ".").map(String.init)
    guard let first = parts.first else { return nil }
    var found: [String] = []
    for module in StandardLibrary.modules where parts.count == 1 || module.name == first {
      found += functions(of: module.text, module.name).filter { $0.name == parts.last }.map(\.text)
    }
    return found.count == 1 ? found[0] : nil
  }

  private static func functions(of text: String, _ module: String) -> [(name: String, text: String)] {
    let file = SourceFile(name: module + ".strat", text: text)
    return parse(file).unit.functions.map { function in
      let comment = function.documentation.map { documentation in
        documentation.split(separator: "\n", omittingEmptySubsequences: false).map { "## \($0)\n" }.joined()
      }
      return (function.name.text, (comment ?? "") + file.text(function.span))
    }
  }
}
