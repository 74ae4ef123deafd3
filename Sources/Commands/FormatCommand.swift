import ArgumentParser
import Diagnostics
import Reporting

import enum Syntax.CanonicalText

/// `strat fmt`: lays out scripts in the canonical way.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay out scripts in the one canonical way.",
    discussion: """
      EXAMPLE:
        strat fmt my_idea.strat
        strat fmt --check Scripts
        strat fmt --diff my_idea.strat
        strat fmt - < my_idea.strat

      Folders are searched for scripts. `-` reads standard input and writes to standard output. What a script means is \
      never changed, comments are kept, and a script with syntax errors is left as it is. The exit status is 1 if a \
      script cannot be read as one, and with --check or --diff if one would change.
      """)

  @Argument(help: ArgumentHelp("Scripts and folders, or - for standard input.", valueName: "paths"))
  var files: [String]

  @Flag(name: .customLong("check"), help: "Change nothing; list the scripts that would change.")
  var isCheck = false

  @Flag(name: .customLong("diff"), help: "Change nothing; show what would change.")
  var isDiff = false

  @Option(
    name: .customLong("stdin-name"), help: ArgumentHelp("What messages call standard input.", valueName: "name"))
  var inputName = "-"

  func run() throws {
    var outcome = Outcome()
    if files.contains("-") {
      guard files.count == 1 else { throw CommandFailure.usage(.inputAmongFiles()) }
      let file = try ScriptFiles.readInput(name: inputName)
      try visit(file, &outcome) { Console.write($0) }
      return try finish(outcome)
    }
    for script in try ScriptFiles.search(files) {
      let path = script.path
      // Who names a folder does not mean what lies elsewhere.
      if !script.isWithinRoot {
        Console.note("passed over \(path): it is a link to a script outside of the folder")
        continue
      }
      let file = try ScriptFiles.read(path)
      try visit(file, &outcome) { text in
        if text != file.text(Span(0, file.bytes.count)) { try ReplacedFile.write(text, to: path) }
      }
    }
    try finish(outcome)
  }

  /// What became of the scripts.
  private struct Outcome {
    var count = 0
    var changed: [String] = []
    var failed = 0
  }

  /// Formats a script and shows or keeps the result.
  private func visit(_ file: SourceFile, _ outcome: inout Outcome, keep: (String) throws -> Void) throws {
    outcome.count += 1
    let text: String
    switch try LargeStack.run({ CanonicalText(file) }) {
    case .text(let canonical): text = canonical
    case .unreadable(let diagnostics): return leave(&outcome, diagnostics)
    case .unfaithful: return leave(&outcome, [.formatChangesMeaning(file.name)])
    }
    let old = String(decoding: file.bytes, as: UTF8.self)
    if text != old { outcome.changed.append(file.name) }
    if isDiff {
      Console.write(UnifiedDiff(Console.output).lines(from: old, to: text, name: file.name))
    } else if !isCheck {
      try keep(text)
    }
  }

  /// Says why a script is left as it is.
  private func leave(_ outcome: inout Outcome, _ diagnostics: [Diagnostic]) {
    outcome.failed += 1
    Console.report(diagnostics)
  }

  private func finish(_ outcome: Outcome) throws {
    if isCheck, !isDiff { Console.write(outcome.changed) }
    let isReport = isCheck || isDiff
    if files != ["-"], outcome.count > 1 || isReport { Console.note(summary(outcome, isReport: isReport)) }
    if outcome.failed > 0 || (isReport && !outcome.changed.isEmpty) { throw CommandEnd(status: .failed) }
  }

  private func summary(_ outcome: Outcome, isReport: Bool) -> String {
    func scripts(_ count: Int) -> String { count == 1 ? "1 script" : "\(count) scripts" }
    var parts: [String] = []
    let changed = outcome.changed.count
    if changed > 0 { parts.append(isReport ? "\(scripts(changed)) would change" : "\(scripts(changed)) changed") }
    let canonical = outcome.count - changed - outcome.failed
    if canonical > 0 { parts.append("\(scripts(canonical)) \(canonical == 1 ? "is" : "are") canonical") }
    if outcome.failed > 0 {
      parts.append("\(scripts(outcome.failed)) left as \(outcome.failed == 1 ? "it is" : "they are")")
    }
    return parts.joined(separator: ", ")
  }
}
