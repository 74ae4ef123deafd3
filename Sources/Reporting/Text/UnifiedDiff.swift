/// The difference of two texts line by line, in the form of `diff -u` with three lines of context.
///
/// `LineMatches` says which lines stay.
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
    var passed = Passed()
    for hunk in Self.hunks(edits) {
      passed.count(edits, to: hunk.lowerBound)
      result += lines(of: hunk, in: edits, behind: passed)
    }
    return result
  }

  /// The edits before a hunk, counted once for all hunks.
  private struct Passed {
    private(set) var place = 0
    /// Lines of the old and of the new text among them.
    private(set) var old = 0
    private(set) var new = 0

    mutating func count(_ edits: [(Edit, Substring)], to end: Int) {
      for (edit, _) in edits[place..<end] {
        if edit != .added { old += 1 }
        if edit != .removed { new += 1 }
      }
      place = end
    }
  }

  /// Lines end at a line feed alone: a carriage return before it is a part of its line, and shows as a difference.
  private static func split(_ text: String) -> [Substring] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  /// Every line of both texts once, in order, with what becomes of it.
  private static func edits(_ old: [Substring], _ new: [Substring]) -> [(Edit, Substring)] {
    var edits: [(Edit, Substring)] = []
    var (left, right) = (0, 0)
    func pass(to end: LineMatches.Pair) {
      for line in old[left..<end.old] { edits.append((.removed, line)) }
      for line in new[right..<end.new] { edits.append((.added, line)) }
    }
    for pair in LineMatches(old, new).pairs {
      pass(to: pair)
      edits.append((.kept, old[pair.old]))
      (left, right) = (pair.old + 1, pair.new + 1)
    }
    pass(to: LineMatches.Pair(old: old.count, new: new.count))
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

  private func lines(
    of hunk: Range<Int>, in edits: [(Edit, Substring)], behind passed: Passed
  ) -> [String] {
    func count(_ range: Range<Int>, without edit: Edit) -> Int { edits[range].count { $0.0 != edit } }
    func place(_ start: Int, _ length: Int) -> String {
      // An empty range names the line before it.
      let first = length == 0 ? start : start + 1
      return length == 1 ? "\(first)" : "\(first),\(length)"
    }
    let old = place(passed.old, count(hunk, without: .added))
    let new = place(passed.new, count(hunk, without: .removed))
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
