import Diagnostics
import Interpreter
import MarketModel
import StandardLibrary
import Syntax

extension Reference {
  /// The modules of the standard library, each followed by its functions.
  static func modules() -> [ReferenceEntry] {
    StandardLibrary.modules.flatMap { module in
      let file = SourceFile(name: module.name + ".strat", bytes: Array(module.text.utf8))
      let unit = parse(file).unit
      let functions: [FunctionDeclaration] = unit.declarations.compactMap { declaration in
        if case .function(let function) = declaration, !function.name.text.hasPrefix("_") { function } else { nil }
      }
      return [self.module(module)] + functions.map { entry($0, module.name) }
    }
  }

  /// The module itself: what its first comment says.
  private static func module(_ module: StandardLibrary.Module) -> ReferenceEntry {
    let lines = module.text.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("##") }
    let paragraphs = paragraphs(lines.map { String($0.dropFirst(2).drop { $0 == " " }) }.joined(separator: "\n"))
    return ReferenceEntry(
      kind: .module, name: module.name, group: "modules", signatures: ["import \(module.name)"],
      meaning: paragraphs.first ?? "", conventions: Array(paragraphs.dropFirst()), examples: [], dependence: "")
  }

  /// A function: meaning, conventions, and as the last paragraph of its documentation an example.
  private static func entry(_ function: FunctionDeclaration, _ module: String) -> ReferenceEntry {
    var paragraphs = paragraphs(function.documentation ?? "")
    var examples: [ReferenceEntry.Example] = []
    if paragraphs.count > 1, let example = paragraphs.last.flatMap(example) {
      examples.append(example)
      paragraphs.removeLast()
    }
    return ReferenceEntry(
      kind: .function, name: "\(module).\(function.name.text)", group: module,
      signatures: ["\(module).\(Signature(function).text)"], meaning: paragraphs.first ?? "",
      conventions: Array(paragraphs.dropFirst()), examples: examples, dependence: "")
  }

  /// `expression`, or `expression` is `value`.
  private static func example(_ paragraph: String) -> ReferenceEntry.Example? {
    guard paragraph.hasPrefix("`"), paragraph.hasSuffix("`") else { return nil }
    let parts = paragraph.split(separator: "`").map(String.init)
    switch parts.count {
    case 1: return ReferenceEntry.Example(expression: parts[0], result: nil)
    case 3 where parts[1] == " is ": return ReferenceEntry.Example(expression: parts[0], result: parts[2])
    default: return nil
    }
  }

  /// The paragraphs of a documentation, each in one line.
  private static func paragraphs(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).split(separator: "")
      .map { $0.joined(separator: " ") }
  }
}
