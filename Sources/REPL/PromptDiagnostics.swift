public import Diagnostics

/// The records of what can go wrong at the prompt itself.
public enum PromptDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [
    .unknownMeta, .metaArguments, .unknownLookup, .promptFile, .plotting, .dataAtPrompt, .promptInput,
  ]
}

extension DiagnosticRecord {
  static let unknownMeta = DiagnosticRecord(
    "E0940", "unknown command of the prompt",
    explanation: "What begins with a colon is a command of the prompt. `:help` lists them.")
  static let metaArguments = DiagnosticRecord(
    "E0941", "command of the prompt with wrong arguments",
    explanation: "`:help COMMAND` shows what a command takes, with an example.")
  static let unknownLookup = DiagnosticRecord(
    "E0942", "nothing of that name at the prompt",
    explanation: "What was asked for is neither in the session nor in the language, the library or the data.")
  static let promptFile = DiagnosticRecord(
    "E0943", "file that the prompt cannot use",
    explanation: "A file that a command of the prompt names cannot be read or written.")
  static let plotting = DiagnosticRecord(
    "E0944", "value that cannot be drawn",
    explanation: "Series, lists of numbers, and maps whose values are numbers can be drawn.")
  static let dataAtPrompt = DiagnosticRecord(
    "W0945", "data that changed under a session",
    explanation:
      "The data were changed or removed after the session had loaded them. The session goes on with what it has "
      + "loaded; `:reload` loads again.")
  static let promptInput = DiagnosticRecord(
    "E0946", "input that a command of the prompt cannot use",
    explanation: "The command takes an expression, or the number of an input that was entered.")
}

extension Diagnostic {
  static func unknownMeta(_ name: String, similar: [String]) -> Diagnostic {
    Diagnostic(
      .unknownMeta, "there is no command `:\(shown(name))`",
      notes: Note.didYouMean(similar.map { ":" + $0 }) + [Note("`:help` lists the commands")])
  }
  static func metaUsage(_ heading: String) -> Diagnostic {
    Diagnostic(.metaArguments, "this command is written `\(heading)`")
  }
  static func unknownMetaFlag(_ name: String, _ command: String, similar: [String]) -> Diagnostic {
    Diagnostic(
      .metaArguments, "`:\(command)` has no flag `--\(shown(name))`", notes: Note.didYouMean(similar.map { "--" + $0 }))
  }
  static func metaFlagWithoutValue(_ name: String, _ command: String) -> Diagnostic {
    Diagnostic(.metaArguments, "`--\(shown(name))` of `:\(command)` needs a value")
  }
  static func metaNoDate(_ text: String) -> Diagnostic {
    Diagnostic(
      .metaArguments, "`\(shown(text))` is no date",
      notes: [Note("dates are written 2008-09-15; a month such as 2008-09 stands for its last session")])
  }
  static func metaNoDistance(_ text: String, forward: Bool) -> Diagnostic {
    Diagnostic(
      .metaArguments, "`\(shown(text))` is no distance in time",
      notes: [
        Note(
          "a number of sessions; `week`, `month`, `quarter` or `year`, with a number before it or without; "
            + "a duration such as `3mo` or `10bd`")
      ] + (text.hasPrefix("-") ? [Note("`:\(forward ? "prev" : "next")` goes the other way")] : []))
  }
  static func metaNoHeight(_ text: String) -> Diagnostic {
    Diagnostic(.metaArguments, "`\(shown(text))` is no height; 3 to 100 rows are")
  }
  static func metaFailed(_ text: String) -> Diagnostic { Diagnostic(.promptInput, text) }
  static func noExpression(_ text: String) -> Diagnostic {
    Diagnostic(.promptInput, "`\(shown(text))` is no single expression")
  }
  static func noSuchInput(_ text: String, count: Int) -> Diagnostic {
    Diagnostic(.promptInput, "there is no input \(shown(text))", notes: [Note("there are \(count) so far")])
  }
  static func noInputNumber(_ text: String, _ heading: String) -> Diagnostic {
    Diagnostic(
      .promptInput, "`\(shown(text))` is no number of an input", notes: [Note("this command is written `\(heading)`")])
  }
  static func noEditor() -> Diagnostic {
    Diagnostic(
      .promptInput, "no editor could be started", notes: [Note("the variables VISUAL and EDITOR name one")])
  }
  static func unknownDocumentation(_ name: String, similar: [String]) -> Diagnostic {
    Diagnostic(.unknownLookup, "nothing is known of `\(shown(name))`", notes: Note.didYouMean(similar))
  }
  static func sourceOfBuiltin(_ name: String) -> Diagnostic {
    Diagnostic(
      .unknownLookup, "`\(shown(name))` is a builtin, which is not written in the language",
      notes: [Note("`:doc \(name)` says what it does")])
  }
  static func unknownTopic(_ name: String, similar: [String]) -> Diagnostic {
    Diagnostic(.unknownLookup, "there is no help on `\(shown(name))`", notes: Note.didYouMean(similar))
  }
  static func unknownMetaCode(_ code: String, similar: [String]) -> Diagnostic {
    Diagnostic(.unknownLookup, "there is no code `\(shown(code))`", notes: Note.didYouMean(similar))
  }
  static func noSuchData(_ name: String, similar: [String]) -> Diagnostic {
    Diagnostic(.unknownLookup, "the data hold nothing named `\(shown(name))`", notes: Note.didYouMean(similar))
  }
  static func unusableFile(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.promptFile, "\(shown(path, 300)): \(reason)")
  }
  static func nothingToPlot(_ text: String, _ reason: String) -> Diagnostic {
    Diagnostic(.plotting, "`\(shown(text))` cannot be drawn: \(reason)")
  }
  static func dataChanged(_ name: String) -> Diagnostic {
    Diagnostic(
      .dataAtPrompt, "\(name) has changed; the session goes on with what it has loaded",
      notes: [Note("`:reload` loads the data again")])
  }
  static func dataGone(_ name: String) -> Diagnostic {
    Diagnostic(.dataAtPrompt, "\(name) is gone; the session goes on with what it has loaded")
  }

  /// What was typed, as a message repeats it: one line that is not too long.
  private static func shown(_ text: String, _ length: Int = 60) -> String {
    let line = text.prefix(length + 1).split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > length ? line.prefix(length - 1) + "…" : line
  }
}
