import Interpreter
import Syntax

/// The names that a text declares before a place, found by its words alone, so that unfinished text has them too.
struct DeclaredNames {
  /// The names, newest first.
  private(set) var names: [ScopeName] = []
  /// The modules that it imports.
  private(set) var modules: [ScopeModule] = []

  init(_ cursor: CursorReader) {
    let words = cursor.words
    func text(_ index: Int) -> String { index < words.count ? cursor.text(words[index]) : "" }
    func isName(_ index: Int) -> Bool { index < words.count && [.name, .function].contains(words[index].kind) }
    var index = 0
    while index < words.count {
      defer { index += 1 }
      if words[index].kind == .sign, text(index) == "->" { addLambda(text, isName, before: index) }
      guard words[index].kind == .keyword, isName(index + 1) || text(index + 1) == "[" else { continue }
      switch text(index) {
      case "let", "var", "for":
        // `[a, b]` and `a, b` name several.
        var next = text(index + 1) == "[" ? index + 2 : index + 1
        while isName(next) {
          names.append(ScopeName(text(next), .value(type: "")))
          guard text(next + 1) == "," else { break }
          next += 2
        }
      case "param": names.append(ScopeName(text(index + 1), .param(value: "")))
      case "state": names.append(ScopeName(text(index + 1), .state))
      case "fn": addFunction(text, isName, at: index + 1, count: words.count)
      case "import":
        let isRenamed = text(index + 2) == "as" && isName(index + 3)
        modules.append(ScopeModule(text(isRenamed ? index + 3 : index + 1), libraryName: text(index + 1)))
      default: break
      }
    }
    names.reverse()
  }

  /// The parameters of a lambda: `x -> …`, `(a, b) -> …`.
  private mutating func addLambda(_ text: (Int) -> String, _ isName: (Int) -> Bool, before arrow: Int) {
    var index = arrow - 1
    if index >= 0, isName(index) { names.append(ScopeName(text(index), .value(type: ""))) }
    guard index >= 0, text(index) == ")" else { return }
    index -= 1
    while index >= 0, isName(index) || text(index) == "," {
      if isName(index) { names.append(ScopeName(text(index), .value(type: ""))) }
      index -= 1
    }
  }

  /// A function, and its parameters as names.
  private mutating func addFunction(
    _ text: (Int) -> String, _ isName: (Int) -> Bool, at place: Int, count: Int
  ) {
    var parameters: [String] = []
    var depth = 0
    var index = place + 1
    while index < count {
      switch text(index) {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: if depth == 1, isName(index), ["(", ","].contains(text(index - 1)) { parameters.append(text(index)) }
      }
      index += 1
      if depth <= 0 { break }
    }
    names.append(
      ScopeName(text(place), .function(Signature(name: text(place), parameters: parameters), documentation: "")))
    names += parameters.map { ScopeName($0, .value(type: "")) }
  }
}
