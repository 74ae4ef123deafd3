import StandardLibrary
import Testing

/// A function that a module of the standard library exports, as its text shows it.
struct ExportedFunction {
  /// An expression and, where the documentation states it, its value.
  struct Example {
    let expression: String
    let result: String?
  }

  let name: String
  /// The paragraphs of the documentation, each joined into a line.
  let paragraphs: [String]
  /// The text from the name to the body.
  private let signature: String

  /// The functions of a module in the order of its text, private ones left out.
  static func all(ofModule name: String) throws -> [ExportedFunction] {
    let module = try #require(StandardLibrary.modules.first { $0.name == name })
    var result: [ExportedFunction] = []
    var documentation: [String] = []
    let lines = module.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (place, line) in lines.enumerated() {
      if line.hasPrefix("##") {
        documentation.append(String(line.dropFirst(2)).trimmed)
      } else {
        if line.hasPrefix("fn "), !line.hasPrefix("fn _") {
          result.append(ExportedFunction(lines[place...].prefix(12).joined(separator: " "), documentation))
        }
        documentation = []
      }
    }
    return result
  }

  private init(_ text: String, _ documentation: [String]) {
    name = String(text.dropFirst(3).prefix { $0 != "(" })
    paragraphs = documentation.split(separator: "").map { $0.joined(separator: " ") }
    var depth = 0
    var end = text.endIndex
    for place in text.indices where end == text.endIndex {
      switch text[place] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{": end = place
      case "=" where depth == 0: end = place
      default: break
      }
    }
    signature = String(text[..<end])
  }

  /// The last paragraph, if it has the form of an example: `expression`, or `expression` is `value`.
  var example: Example? {
    guard let last = paragraphs.last, last.hasPrefix("`"), last.hasSuffix("`") else { return nil }
    let parts = last.split(separator: "`").map(String.init)
    switch parts.count {
    case 1: return Example(expression: parts[0], result: nil)
    case 3 where parts[1] == " is ": return Example(expression: parts[0], result: parts[2])
    default: return nil
    }
  }

  /// Whether the result and every parameter have a type.
  var hasTypes: Bool {
    guard signature.contains("->"), let open = signature.firstIndex(of: "("),
      let close = signature.lastIndex(of: ")")
    else { return false }
    var depth = 0
    var parameters = [""]
    for character in signature[signature.index(after: open)..<close] {
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      if character == ",", depth == 0 {
        parameters.append("")
      } else {
        parameters[parameters.count - 1].append(character)
      }
    }
    return parameters.map(\.trimmed).allSatisfy { $0.isEmpty || $0.contains(": ") }
  }
}

extension String {
  /// Without white space at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
