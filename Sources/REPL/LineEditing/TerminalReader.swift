import CLineEditor
public import LanguageService
public import Reporting

/// Reads lines from a terminal, with an editor, a history and completion.
///
/// While it reads, Ctrl-C, resizing and stopping are its own business; between two lines signals go where they went
/// before. What was typed is shown once more in colours when its line is complete.
public final class TerminalReader: LineReader {
  /// Says what can stand at a place (a UTF-8 offset) of the entry that is being typed.
  public var complete: (_ entry: String, _ offset: Int) -> Completion = { _, offset in
    Completion.nothing(at: offset)
  }
  private let terminal: Terminal
  private let history: History
  private var found: Completion?
  /// The lines of the entry before the one that is read, with their line ends.
  private var before = ""

  /// A reader of the terminal behind standard input, or `nil` where the editor cannot be opened.
  ///
  /// - Parameters:
  ///   - terminal: What the terminal can show.
  ///   - history: What was typed before; the reader adds to it.
  public init?(_ terminal: Terminal, history: History) {
    self.terminal = terminal
    self.history = history
    let context = Unmanaged.passUnretained(self).toOpaque()
    let status = cline_open(
      "strat", context,
      { context, line, point, answer in
        guard let context, let line, let answer else { return }
        Unmanaged<TerminalReader>.fromOpaque(context).takeUnretainedValue()
          .answer(String(cString: line), Int(point), answer)
      },
      { context, rows, columns in
        guard let context else { return }
        Unmanaged<TerminalReader>.fromOpaque(context).takeUnretainedValue().list(Int(rows), Int(columns))
      })
    guard status == 0 else { return nil }
    for entry in history.entries { offer(entry) }
  }

  deinit { cline_close() }

  /// Edits a line behind a prompt, whose colours take no columns.
  public func read(prompt: String) -> LineEvent { read(prompt: prompt, after: "") }

  /// Edits a further line of an entry.
  public func read(prompt: String, after entry: String) -> LineEvent {
    before = entry.isEmpty || entry.hasSuffix("\n") ? entry : entry + "\n"
    var line: UnsafeMutablePointer<CChar>?
    let status = Int(cline_read(ScreenText.marked(terminal.sent(prompt)), &line))
    defer { cline_free(line) }
    switch status {
    case CLINE_LINE:
      guard let line else { return .end }
      let text = String(cString: line)
      showAgain(prompt, text)
      return .text(text)
    case CLINE_INTERRUPTED: return .interrupted
    default:
      // The prompt stands alone on its line.
      cline_write("\n")
      return .end
    }
  }

  /// Keeps an entry as the latest one of the history, here and for later sessions.
  public func remember(_ entry: String) {
    history.add(entry)
    guard let kept = history.entries.last else { return }
    cline_history_remove(kept)
    offer(kept)
  }

  /// Offers an entry to be edited again; one that would steer the terminal when it is shown stays in the file.
  private func offer(_ entry: String) {
    if !entry.unicodeScalars.contains(where: ControlText.isSteering) { cline_history_add(entry) }
  }

  /// Gives the editor back; what was remembered is written already.
  public func close() { cline_close() }

  // MARK: Completion

  private func answer(_ line: String, _ offset: Int, _ answer: OpaquePointer) {
    if isIndentation(line, offset) {
      found = nil
      cline_answer_set(answer, Int32(clamping: offset), "  ")
      cline_answer_add(answer, "  ")
      return
    }
    let shift = before.utf8.count
    let completion = complete(before + line, shift + offset)
    found = completion
    // What stands in lines before cannot be edited any more.
    guard completion.total > 0, completion.range.lowerBound >= shift else { return }
    // What would steer the terminal, as a name of a file may, is listed and not typed.
    guard !ControlText.isNeeded(by: completion.insertion) else { return }
    cline_answer_set(answer, Int32(clamping: completion.range.lowerBound - shift), completion.insertion)
    for candidate in completion.candidates { cline_answer_add(answer, candidate.text) }
  }

  /// Nothing but blanks stand before the place in its line, which is not the first of its entry.
  private func isIndentation(_ line: String, _ offset: Int) -> Bool {
    let behindLast = line.utf8.prefix(offset).reversed().prefix { $0 != 0x0A }
    return behindLast.allSatisfy { $0 == 0x20 || $0 == 0x09 } && (behindLast.count < offset || !before.isEmpty)
  }

  private func list(_ rows: Int, _ columns: Int) {
    guard let found else { return }
    for line in CandidateList(completion: found, terminal: terminal).lines(rows: rows, columns: columns) {
      cline_write(terminal.sent(line + "\n"))
    }
  }

  // MARK: Colours

  /// Writes the finished line over itself, in colours.
  private func showAgain(_ prompt: String, _ text: String) {
    guard terminal.usesColour, cline_is_plain() != 0, !text.isEmpty else { return }
    var rows: Int32 = 0
    var columns: Int32 = 0
    cline_size(&rows, &columns)
    let taken = ScreenText.rows(prompt: prompt, text: text, columns: Int(columns))
    // What has left the screen cannot be written over.
    guard taken < rows, !text.unicodeScalars.contains(where: ControlText.isSteering) else { return }
    cline_write(
      "\u{1B}[\(taken)A\r\u{1B}[J" + terminal.sent(prompt + SourcePainter.paint(text, terminal) + "\n"))
  }
}
