import LanguageService
import Reporting

/// Candidates as lines for people: names in columns, and where they have a signature or a meaning, one to a line.
struct CandidateList {
  let completion: Completion
  let terminal: Terminal

  /// The lines, none wider than there are columns and no more than fit above the prompt.
  func lines(rows: Int, columns: Int) -> [String] {
    let room = max(4, rows - 3)
    // The last column stays free: some terminals wrap there.
    let width = max(20, columns - 1)
    let isTold = completion.candidates.contains { !$0.signature.isEmpty || !$0.documentation.isEmpty }
    return isTold ? table(room, width) : grid(room, width)
  }

  private func more(_ shown: Int) -> [String] {
    let rest = completion.total - shown
    return rest > 0 ? [terminal.paint("\(terminal.ellipsis) \(DisplayNumber(terminal).count(rest)) more", .dim)] : []
  }

  /// Columns that are read downwards.
  private func grid(_ room: Int, _ width: Int) -> [String] {
    let names = completion.candidates.map { DisplayWidth.fitted($0.text, to: width, ellipsis: terminal.ellipsis) }
    let cell = (names.map { DisplayWidth.of($0) }.max() ?? 0) + 2
    let perLine = max(1, (width + 2) / cell)
    let isWhole = completion.total == names.count && (names.count + perLine - 1) / perLine <= room
    let count = isWhole ? names.count : min(names.count, (room - 1) * perLine)
    let height = (count + perLine - 1) / perLine
    return (0..<height).map { line in
      stride(from: line, to: count, by: height).map { place in
        let isLast = place + height >= count
        return names[place] + (isLast ? "" : String(repeating: " ", count: cell - DisplayWidth.of(names[place])))
      }.joined()
    } + more(count)
  }

  /// What is written, and behind it what it means.
  private func table(_ room: Int, _ width: Int) -> [String] {
    let all = completion.candidates
    let count = all.count == completion.total && all.count <= room ? all.count : min(all.count, room - 1)
    let labels = all.prefix(count).map(label)
    let hasMeaning = all.prefix(count).contains { !$0.documentation.isEmpty }
    let widest = labels.map { DisplayWidth.of($0) }.max() ?? 0
    // Meanings begin where all can: behind the widest label, but not beyond the middle.
    let first = hasMeaning ? min(widest, max(24, width * 55 / 100)) : width
    return zip(all, labels).map { candidate, label in
      let shown = DisplayWidth.fitted(label, to: first, ellipsis: terminal.ellipsis)
      guard !candidate.documentation.isEmpty, width - first > 12 else { return shown }
      let gap = String(repeating: " ", count: first - DisplayWidth.of(shown) + 2)
      let meaning = DisplayWidth.fitted(candidate.documentation, to: width - first - 2, ellipsis: terminal.ellipsis)
      return shown + gap + terminal.paint(meaning, .dim)
    } + more(count)
  }

  private func label(_ candidate: Candidate) -> String {
    switch candidate.kind {
    case .function, .builtin: candidate.signature
    case .argument, .key, .variable, .constant:
      candidate.signature.isEmpty ? candidate.text : "\(candidate.text): \(candidate.signature)"
    case .command: ":\(candidate.text) \(candidate.signature)"
    default: candidate.signature.isEmpty ? candidate.text : "\(candidate.text) \(candidate.signature)"
    }
  }
}
