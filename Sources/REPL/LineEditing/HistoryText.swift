/// An entry of the history: what was typed, and in which folder.
struct HistoryEntry: Equatable, Sendable {
  /// The folder that the program was started in; empty if it is not known.
  var folder: String
  /// The text, of one or more lines.
  var text: String
}

/// How the history is kept: a text that people can read and mend.
///
/// An entry is `@` and the folder on a line, then its own lines, each behind a space; blank lines part entries. What
/// fits nothing of this is damaged and counts for nothing, and neither does a file's first line that begins with `#`.
enum HistoryText {
  static let header = "# history of strat: @folder, then the lines of an entry behind a space\n"

  /// The entry as it is written. It begins with a line end, so that what was torn before it does not touch it.
  static func encoded(_ entry: HistoryEntry) -> String {
    let folder = entry.folder.contains("\n") ? "" : entry.folder
    let lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false).map { " \($0)\n" }
    return "\n@\(folder)\n" + lines.joined()
  }

  /// The entries in order, and how many lines are damaged.
  static func decoded(_ bytes: some Collection<UInt8>) -> (entries: [HistoryEntry], damaged: Int) {
    var entries: [HistoryEntry] = []
    var damaged = 0
    var folder: String?
    var lines: [String] = []
    func finish() {
      if let folder, !lines.isEmpty {
        entries.append(HistoryEntry(folder: folder, text: lines.joined(separator: "\n")))
      }
      lines = []
      folder = nil
    }
    var isFirst = true
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { isFirst = false }
      guard let sign = line.first, !(isFirst && sign == 0x23) else { continue }
      guard let text = text(line.dropFirst()), sign == 0x40 || (sign == 0x20 && folder != nil) else {
        // What stood before it may be whole; what follows belongs to nothing that is known.
        damaged += 1
        finish()
        continue
      }
      if sign == 0x40 {
        finish()
        folder = text
      } else {
        lines.append(text)
      }
    }
    finish()
    return (entries, damaged)
  }

  /// What a person typed: UTF-8 without control characters, but for tabs.
  private static func text(_ bytes: some Collection<UInt8>) -> String? {
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// What a prompt offers: other folders' entries first, then those of the folder, so that they are met first on the
  /// way back; of equal texts the last one only, and no more than there is room for.
  static func ordered(_ entries: [HistoryEntry], folder: String, limit: Int) -> [String] {
    var seen: Set<String> = []
    var result: [String] = []
    for isHere in [true, false] {
      for entry in entries.reversed() where (entry.folder == folder) == isHere {
        guard result.count < limit, seen.insert(entry.text).inserted else { continue }
        result.append(entry.text)
      }
    }
    return result.reversed()
  }
}
