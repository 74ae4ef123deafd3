import Diagnostics
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program's two outputs: results on standard output, messages on standard error.
///
/// All that the program prints passes through here, but for the line that is edited at a prompt. What does not arrive is
/// remembered, and said at the program's end. A terminal is sent no control characters but our own.
enum Console {
  /// Where results go.
  static let output = Terminal(descriptor: 1)
  /// Where messages go.
  static let messages = Terminal(descriptor: 2)
  /// Whether messages are read by a person at a terminal.
  static var isInteractive: Bool { isatty(2) == 1 }

  /// Writes a result as it is.
  static func write(_ text: String) { StandardStreams.output.write(output.sent(text)) }

  /// Writes lines of a result.
  static func write(_ lines: [String]) { write(lines.map { $0 + "\n" }.joined()) }

  /// Writes a line to the user beside the result; a password that it repeats is hidden.
  static func note(_ line: String) { noteRaw(SecretWords.hidden(line) + "\n") }

  /// Writes what a script prints to the user beside the result, as it is.
  static func say(_ printed: [String]) { printed.forEach { noteRaw($0 + "\n") } }

  /// Writes text to the user beside the result, as it is.
  static func noteRaw(_ text: String) { StandardStreams.messages.write(messages.sent(text)) }

  /// Writes what moves the cursor of the user's terminal: text of our own only.
  static func draw(_ text: String) { StandardStreams.messages.write(text) }

  /// Shows problems to the user, of very many the first ones, errors before all others.
  static func report(_ diagnostics: [Diagnostic]) {
    let text = DiagnosticText(messages)
    let list = DiagnosticList(diagnostics)
    for diagnostic in list.shown {
      noteRaw(SecretWords.hidden(text.lines(diagnostic).map { $0 + "\n" }.joined()))
    }
    list.left.forEach { note($0) }
  }

  /// Whether results still arrive.
  static var isWhole: Bool { StandardStreams.output.failure == nil }

  /// Ends the output: says what was not written, and turns the status of what was done into that of the program.
  ///
  /// Whoever reads a pipe and has enough, as `head`, closes it; that is no problem of his, and nothing is said.
  static func end(_ status: ExitStatus) -> ExitStatus {
    StandardStreams.output.close()
    guard let failure = StandardStreams.output.failure else { return status }
    if failure != EPIPE { report([.outputLost(reason: String(cString: strerror(failure)))]) }
    return status == .done ? .data : status
  }
}

extension DiagnosticRecord {
  static let outputLost = DiagnosticRecord(
    "E0954", "output that cannot be written",
    explanation: "What the command prints could not be written whole: the disk is full, a limit on the size of files "
      + "is reached, or standard output is closed. What the command does besides printing, such as saving, was done. "
      + "Make room, or send the output elsewhere, and run the command again.")
}

extension Diagnostic {
  static func outputLost(reason: String) -> Diagnostic {
    Diagnostic(.outputLost, "the output could not be written to standard output, and is not whole: \(reason)")
  }
}
