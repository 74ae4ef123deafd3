public import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What was typed at prompts, in this session and before, in this folder and elsewhere.
///
/// Whatever is wrong with the file is said once, and the session goes on without it.
public final class History {
  private let file: HistoryFile?
  private let folder: String
  private var mayWrite = true
  private let warn: (Diagnostic) -> Void
  /// The entries, oldest first, those of this folder behind all others; no two are equal.
  public private(set) var entries: [String] = []

  /// The history at a path, for a folder; none where there is no path.
  public init(path: String?, folder: String, warn: @escaping (Diagnostic) -> Void) {
    file = path.map { HistoryFile($0) }
    self.folder = folder
    self.warn = warn
    load()
  }

  /// The history that the environment wants, for the folder that the program was started in.
  public convenience init(environment: (String) -> String?, warn: @escaping (Diagnostic) -> Void) {
    var folder = ""
    if let path = getcwd(nil, 0) {
      folder = String(cString: path)
      free(path)
    }
    self.init(path: HistoryFile.path(environment), folder: folder, warn: warn)
  }

  private func load() {
    guard let file else { return }
    do throws(HistoryFile.Failure) {
      let (all, damaged) = try file.read()
      if damaged > 0 { warn(.damagedHistory(file.path, lines: damaged)) }
      entries = HistoryText.ordered(all, folder: folder, limit: HistoryFile.limit)
      if all.count > 2 * HistoryFile.limit { try file.shorten() }
    } catch {
      warn(.unusableHistory(file.path, reason: error.reason))
      mayWrite = false
    }
  }

  /// Keeps an entry as the latest one, without the passwords of addresses in it. What is blank is nothing, and control
  /// characters are no text.
  func add(_ text: String) {
    let text = HistoryText.shown(HistoryText.trimmed(text))
    guard !text.isEmpty else { return }
    entries.removeAll { $0 == text }
    entries.append(text)
    guard let file, mayWrite else { return }
    do throws(HistoryFile.Failure) {
      try file.append(HistoryEntry(folder: folder, text: text))
    } catch {
      warn(.unusableHistory(file.path, reason: error.reason))
      mayWrite = false
    }
  }
}

extension HistoryText {
  /// A text without the passwords of addresses; what follows a command of the prompt is one, blanks and all.
  static func shown(_ text: String) -> String {
    text.hasPrefix(":") ? AddressText.shown(word: text) : AddressText.shown(text)
  }

  /// A text without the blank lines and blanks at its end, and without control characters.
  static func trimmed(_ text: String) -> String {
    var characters = text.unicodeScalars.filter { scalar in
      scalar == "\t" || scalar == "\n" || scalar.properties.generalCategory != .control
    }
    while let last = characters.last, last == " " || last == "\n" || last == "\t" { characters.removeLast() }
    return String(String.UnicodeScalarView(characters.drop { $0 == "\n" }))
  }
}

/// The records of what can be wrong with the history.
public enum HistoryDiagnostics {
  /// All records.
  public static let records: [DiagnosticRecord] = [.damagedHistory, .unusableHistory]
}

extension DiagnosticRecord {
  static let damagedHistory = DiagnosticRecord(
    "W0931", "history that is damaged",
    explanation: "Some lines of the history are not as the prompt writes them. They are left out and all others are "
      + "used; delete the file, or mend it: an entry is `@` and a folder, then its lines, each behind a space.")
  static let unusableHistory = DiagnosticRecord(
    "W0932", "history that cannot be used",
    explanation: "What is typed is not kept beyond this session, because the file of the history can not be read or "
      + "written. Mend its permissions, or name another one: `STRAT_HISTORY=FILE`; an empty name turns the history "
      + "off.")
}

extension Diagnostic {
  static func damagedHistory(_ path: String, lines: Int) -> Diagnostic {
    Diagnostic(
      .damagedHistory,
      "\(lines) damaged line\(lines == 1 ? "" : "s") of the history \(path) \(lines == 1 ? "is" : "are") left out")
  }

  static func unusableHistory(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(.unusableHistory, "the history \(path) cannot be used: \(reason)")
  }
}
