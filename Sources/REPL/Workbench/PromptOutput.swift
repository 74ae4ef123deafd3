public import Reporting

/// Where a session's answers and messages go.
public struct PromptOutput {
  /// What the place of the answers can show.
  public let terminal: Terminal
  /// What the place of the messages can show.
  public let messages: Terminal
  /// Whether somebody reads along and types: then answers are numbered, and grouped numbers are read more easily.
  public let isInteractive: Bool
  /// Writes an answer as it is.
  let write: (String) -> Void
  /// Writes a message as it is.
  let note: (String) -> Void

  /// An output.
  public init(
    terminal: Terminal, messages: Terminal, isInteractive: Bool, write: @escaping (String) -> Void,
    note: @escaping (String) -> Void
  ) {
    self.terminal = terminal
    self.messages = messages
    self.isInteractive = isInteractive
    self.write = write
    self.note = note
  }

  func show(_ lines: [String]) { if !lines.isEmpty { write(lines.map { $0 + "\n" }.joined()) } }
  func tell(_ lines: [String]) { if !lines.isEmpty { note(lines.map { $0 + "\n" }.joined()) } }
}
