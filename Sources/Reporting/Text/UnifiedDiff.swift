/// The difference of two texts line by line, in the form of `diff -u` with three lines of context.
///
/// The edit script is the shortest one (Myers 1986, as the standard library finds it).
public struct UnifiedDiff: Sendable {
  private enum Edit { case kept, removed, added }

  private static let context = 3
  private let terminal: Terminal

  /// A diff for a terminal, which decides about colour.
  public init(_ terminal: Terminal) { self.terminal = terminal }

  /// The lines of the diff; none if the texts are equal.
  public func lines(from old: String, to new: String, name: String) -> [String] {
    let edits = Self.edits(Self.split(old), Self.split(new))
    guard edits.contains(where: { $0.0 != .kept }) else { return [] }
    var result = [terminal.paint("--- \(name)", .bold), terminal.paint("+++ \(name)", .bold)]
    for hunk in Self.hunks(edits) { result += lines(of: hunk, in: edits) }
    return result
  }

  private static func split(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Every line of both texts once, in order, with what becomes of it.
  private static func edits(_ old: [Substring], _ new: [Substring]) -> [(Edit, Substring)] {
    let difference = new.difference(from: old)
    var removed = [Bool](repeating: false, count: old.count)
    var added = [Bool](repeating: false, count: new.count)
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed[offset] = true
      case .insert(let offset, _, _): added[offset] = true
      }
    }
    var edits: [(Edit, Substring)] = []
    var place = 0
    for (index, line) in old.enumerated() {
      if removed[index] {
        edits.append((.removed, line))
        continue
      }
      while place < new.count, added[place] {
        edits.append((.added, new[place]))
        place += 1
      }
      edits.append((.kept, line))
      place += 1
    }
    while place < new.count {
      edits.append((.added, new[place]))
      place += 1
    }
    return edits
  }

  /// Ranges of edits with their context; those that touch are one.
  private static func hunks(_ edits: [(Edit, Substring)]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (place, edit) in edits.enumerated() where edit.0 != .kept {
      let range = max(0, place - context)..<min(edits.count, place + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private func lines(of hunk: Range<Int>, in edits: [(Edit, Substring)]) -> [String] {
    func count(_ range: Range<Int>, without edit: Edit) -> Int { edits[range].count { $0.0 != edit } }
    func place(_ start: Int, _ length: Int) -> String {
      // An empty range names the line before it.
      let first = length == 0 ? start : start + 1
      return length == 1 ? "\(first)" : "\(first),\(length)"
    }
    let old = place(count(0..<hunk.lowerBound, without: .added), count(hunk, without: .added))
    let new = place(count(0..<hunk.lowerBound, without: .removed), count(hunk, without: .removed))
    var result = [terminal.paint("@@ -\(old) +\(new) @@", .cyan)]
    for (edit, line) in edits[hunk] {
      switch edit {
      case .kept: result.append(" " + line)
      case .removed: result.append(terminal.paint("-" + line, .red))
      case .added: result.append(terminal.paint("+" + line, .green))
      }
    }
    return result
  }
}
