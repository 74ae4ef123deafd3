import Diagnostics
import Reporting
import Syntax

enum ParserFuzzing {
  static func run(_ bytes: [UInt8]) -> Int {
    let file = SourceFile(name: "fuzz.strat", bytes: bytes)
    let prompt = parsePrompt(file)
    var sum = prompt.entries.count &+ shown(prompt.diagnostics)
    switch CanonicalText(file) {
    case .unreadable(let diagnostics):
      precondition(diagnostics.contains { $0.severity == .error }, "unreadable, and nothing says why")
      sum &+= shown(diagnostics)
    case .unfaithful: preconditionFailure("the canonical layout has another tree")
    case .text(let text):
      guard case .text(let again) = CanonicalText(SourceFile(name: "again.strat", text: text)) else {
        preconditionFailure("the canonical layout does not parse")
      }
      precondition(again == text, "laying out twice changes the text")
      sum &+= text.utf8.count
    }
    return sum
  }

  /// The diagnostics on a screen and in a document.
  static func shown(_ diagnostics: [Diagnostic]) -> Int {
    var sum = 0
    for diagnostic in diagnostics {
      for line in DiagnosticText(Terminal()).lines(diagnostic) { sum &+= line.utf8.count }
    }
    return sum &+ DiagnosticDocument.json(diagnostics).utf8.count
  }
}
