import Interpreter
import LanguageService
import MarketModel
import Reporting

/// Puts the lines of a session together to whole entries.
///
/// An entry ends where the language says that it is complete. What was copied from a session is read as it was typed
/// there: prompts are taken off, answers left out.
final class EntrySource {
  /// What comes next.
  enum Event: Equatable {
    /// A whole entry; where it was copied from a prompt of a date, that date.
    case entry(String, copiedFrom: String?)
    /// The user has ended the input before the entry was complete, and has more to say.
    case abandoned
    /// There is nothing more.
    case end
  }

  private let reader: any LineReader
  private let output: PromptOutput
  /// Whether the session has a name of its own, which then is no command.
  private let isBound: (String) -> Bool
  /// Lines that were read and not yet looked at.
  private var pending: [Line] = []
  private var hasEnded = false
  /// What the lines of a pipe are told by: the first of them says whether the whole is a copy of a session.
  private var copy = CopiedSession()

  /// A line, or several that belong together, and where it was copied from.
  private struct Line {
    var text: String
    var date: String?
  }

  init(_ reader: any LineReader, _ output: PromptOutput, isBound: @escaping (String) -> Bool) {
    self.reader = reader
    self.output = output
    self.isBound = isBound
  }

  /// Whether nothing more can be read.
  var isAtEnd: Bool { hasEnded && pending.isEmpty }

  /// Waits for the next entry, behind a prompt that shows the date.
  func next(_ day: Day) -> Event {
    let date = day.description
    let prompt = output.terminal.paint(date, .cyan) + "> "
    let more = String(repeating: " ", count: max(0, date.count - 2)) + "... "
    var entry = EntryDraft()
    var copiedFrom: String?
    while true {
      switch nextLines(prompt: entry.isEmpty ? prompt : more, after: entry.text) {
      case .interrupted: entry = EntryDraft()
      case .end:
        if entry.isEmpty { return .end }
        reader.remember(entry.text)
        guard output.isInteractive else { return .entry(entry.text, copiedFrom: copiedFrom) }
        return .abandoned
      case .text(let line):
        if entry.isEmpty, MetaArguments.trimmed(line.text).isEmpty { continue }
        if entry.isEmpty { copiedFrom = line.date }
        entry.take(line.text)
        if command(entry.text) == nil, wantsMore(&entry, lastRead: line.text) { continue }
        reader.remember(entry.text)
        return .entry(entry.text, copiedFrom: copiedFrom)
      }
    }
  }

  /// The command that an entry is, without its colon; `nil` for the language.
  func command(_ entry: String) -> String? { PlainCommand.text(entry, isBound: isBound) }

  /// Whether an entry goes on: by the parser's word, after a documentation comment, and where no one is there to be
  /// kept waiting, if the next line says that it continues this one.
  private func wantsMore(_ entry: inout EntryDraft, lastRead: String) -> Bool {
    if entry.isIncomplete() { return true }
    let last = lastRead.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if MetaArguments.trimmed(String(last)).hasPrefix("##") { return !isAtEnd }
    guard !output.isInteractive else { return false }
    return followingLine().map { EntrySource.continues($0) } ?? false
  }

  /// Whether a line belongs to the statement above it.
  private static func continues(_ line: String) -> Bool {
    let text = MetaArguments.trimmed(line)
    if text.hasPrefix("??") { return text.dropFirst(2).first.map { $0 == " " } ?? false }
    if text.hasPrefix(".") { return text.dropFirst().first?.isLetter ?? false }
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return word == "else" || word == "and" || word == "or"
  }

  // MARK: Lines

  private enum LineRead {
    case text(Line)
    case interrupted, end
  }

  private func nextLines(prompt: String, after entry: String) -> LineRead {
    if !pending.isEmpty { return .text(pending.removeFirst()) }
    if hasEnded { return .end }
    switch reader.read(prompt: prompt, after: entry) {
    case .text(let text):
      pending += lines(of: text)
      // All of it may have been answers.
      return pending.isEmpty ? .text(Line(text: "")) : .text(pending.removeFirst())
    case .interrupted: return .interrupted
    case .end:
      // At a terminal Ctrl-D gives an unfinished entry up, and no more.
      hasEnded = !output.isInteractive || entry.isEmpty
      return .end
    }
  }

  /// What came at once, in the pieces that are entered one after the other.
  private func lines(of text: String) -> [Line] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let inputs = copy.inputs(lines, isWhole: output.isInteractive)
    guard inputs.count > 1, inputs.allSatisfy({ $0.date == nil }) else {
      return inputs.map { Line(text: $0.text, date: $0.date) }
    }
    // A paste is one entry unless there are commands in it.
    guard lines.contains(where: { command($0) != nil }) else { return [Line(text: text)] }
    return lines.map { Line(text: $0) }
  }

  /// The next line that is neither blank nor comment, which stays to be read; `nil` if it is not there yet.
  private func followingLine() -> String? {
    var place = 0
    while true {
      if place == pending.count {
        guard !hasEnded else { return nil }
        // Who waits for an answer before the next line would wait for ever.
        guard reader.isReady else { return nil }
        guard case .text(let text) = reader.read(prompt: "") else {
          hasEnded = true
          return nil
        }
        pending += lines(of: text)
        continue
      }
      let text = MetaArguments.trimmed(pending[place].text)
      if !text.isEmpty, !text.hasPrefix("#") { return pending[place].text }
      place += 1
    }
  }
}
