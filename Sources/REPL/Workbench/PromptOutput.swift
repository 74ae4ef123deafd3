public import Reporting

/// Where a session's answers and messages go.
public struct PromptOutput {
  /// What the place of the answers can show, now: a terminal may change its size.
  public var terminal: Terminal { currentTerminal() }
  /// What the place of the messages can show, now.
  public var messages: Terminal { currentMessages() }
  private let currentTerminal: () -> Terminal
  private let currentMessages: () -> Terminal
  /// Whether somebody reads along and types: then answers are numbered, and grouped numbers are read more easily.
  public let isInteractive: Bool
  /// Writes an answer as it is.
  let write: (String) -> Void
  /// Writes a message as it is.
  let note: (String) -> Void
  /// Whether answers still arrive where they are written to.
  let isWhole: () -> Bool

  /// An output.
  public init(
    terminal: @autoclosure @escaping () -> Terminal, messages: @autoclosure @escaping () -> Terminal,
    isInteractive: Bool, write: @escaping (String) -> Void,
    note: @escaping (String) -> Void, isWhole: @escaping () -> Bool = { true }
  ) {
    currentTerminal = terminal
    currentMessages = messages
    self.isInteractive = isInteractive
    self.write = write
    self.note = note
    self.isWhole = isWhole
  }

  func show(_ lines: [String]) { if !lines.isEmpty { write(joined(lines, terminal)) } }
  /// A message.
  func say(_ text: String) { tell([text]) }
  func tell(_ lines: [String]) { if !lines.isEmpty { note(joined(lines, messages)) } }
  /// Messages that are laid out already.
  func tell(asTheyAre lines: [String]) { if !lines.isEmpty { note(lines.map { $0 + "\n" }.joined()) } }

  /// The lines, where a terminal would break them anywhere broken between words where they are wider than it.
  private func joined(_ lines: [String], _ terminal: Terminal) -> String {
    let width = terminal.width
    let fitted = terminal.breaksLines ? lines.flatMap { ScreenText.fitted($0, to: width) } : lines
    return fitted.map { $0 + "\n" }.joined()
  }
}
