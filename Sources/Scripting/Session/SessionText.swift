import Diagnostics
import Interpreter
import MarketModel
import Syntax

/// A session as the text of a script: declarations as they hold, and all else in a test that does it again.
///
/// A constant that reads data cannot stand at the top level of a script, and neither can what uses it; those go into the
/// test, under the days they were evaluated on. What cannot be said in a script any more, because a name has changed
/// since, becomes a comment. So the text always passes the checker.
struct SessionText {
  /// Where a piece stands.
  private enum Place: Int { case top, test, comment }

  /// A declaration or statement.
  private struct Piece {
    let text: String
    let asOf: Day?
    let form: Form
    var place: Place
    /// Its span in the text made last.
    var range = 0..<0
  }

  /// How a piece reads in the test.
  private enum Form {
    /// As it is.
    case declaration
    /// `let x = at DAY { … }`: what stands before the value, and the value.
    case binding(head: String, value: String)
    /// `let _3 = at DAY { … }`
    case result(Int)
    /// `at DAY { … }`
    case statement
  }

  private let check: (SourceFile) -> [Diagnostic]
  private var pieces: [Piece] = []

  /// The text of a session.
  ///
  /// - Parameter check: the problems of a text as a script.
  init(_ session: PromptSession, check: @escaping (SourceFile) -> [Diagnostic]) {
    self.check = check
    let latest = SessionText.latestBindings(session.entries)
    for (number, entry) in session.entries.enumerated() {
      var found: [(at: Int32, piece: Piece)] = []
      for declaration in session.declarations where declaration.file === entry.file {
        let piece = Piece(text: declaration.text, asOf: nil, form: .declaration, place: .top)
        found.append((declaration.span.lower, piece))
      }
      for (place, part) in entry.parts.enumerated() {
        found.append((part.span.lower, SessionText.piece(entry, part, holds: latest[number]?.contains(place) ?? false)))
      }
      pieces += found.sorted { $0.at < $1.at }.map(\.piece)
    }
  }

  /// The text, laid out as `strat fmt` does.
  mutating func text() -> String {
    // Every round moves at least one piece, and none moves more than twice.
    for _ in 0...2 * pieces.count {
      let file = SourceFile(name: "session.strat", text: compose())
      let errors = check(file).filter { $0.severity == .error }
      if errors.isEmpty { return formatted(file) ?? compose() }
      if !demote(errors) { break }
    }
    // Something that cannot be placed is wrong: nothing is left out, and nothing can fail.
    for place in pieces.indices { pieces[place].place = .comment }
    return compose()
  }

  /// Moves the pieces that have errors one place down.
  private mutating func demote(_ errors: [Diagnostic]) -> Bool {
    var moved = false
    for place in pieces.indices {
      let isWrong = errors.contains { error in
        guard case .source(_, let span)? = error.location else { return false }
        return pieces[place].range.contains(Int(span.lower))
      }
      guard isWrong, let next = Place(rawValue: pieces[place].place.rawValue + 1) else { continue }
      pieces[place].place = next
      moved = true
    }
    return moved
  }

  // MARK: Composition

  private mutating func compose() -> String {
    var top = ""
    var test = ""
    var ranges: [(piece: Int, range: Range<Int>, inTest: Bool)] = []
    for place in pieces.indices {
      let piece = pieces[place]
      switch piece.place {
      case .top:
        let start = top.utf8.count
        top += piece.text + "\n\n"
        ranges.append((place, start..<top.utf8.count, false))
      case .test:
        let start = test.utf8.count
        test += SessionText.inTest(piece) + "\n"
        ranges.append((place, start..<test.utf8.count, true))
      case .comment:
        let lines = piece.text.split(separator: "\n", omittingEmptySubsequences: false)
        test += lines.map { "# \($0)\n" }.joined()
      }
    }
    let head = "test \"this session\" {\n"
    for (piece, range, inTest) in ranges {
      let shift = inTest ? top.utf8.count + head.utf8.count : 0
      pieces[piece].range = range.lowerBound + shift..<range.upperBound + shift
    }
    return test.isEmpty ? top : top + head + test + "}\n"
  }

  private static func inTest(_ piece: Piece) -> String {
    let day = piece.asOf.map { "at \($0) " } ?? ""
    func block(_ text: String) -> String { day.isEmpty ? text : "\(day){\n\(text)\n}" }
    switch piece.form {
    case .declaration: return piece.text
    case .binding(let head, let value): return head + block(value)
    case .result(let number): return "let _\(number) = " + block(piece.text)
    case .statement: return block(piece.text)
    }
  }

  private static func piece(_ entry: PromptEntry, _ part: PromptEntry.Part, holds: Bool) -> Piece {
    let text = numbered(entry.file, part.span, part.latestReads)
    if let result = part.result {
      return Piece(text: text, asOf: entry.asOf, form: .result(result), place: .test)
    }
    guard let value = part.boundValue else {
      return Piece(text: text, asOf: entry.asOf, form: .statement, place: .test)
    }
    let head = entry.file.text(Span(Int(part.span.lower), Int(value.lower)))
    let bound = numbered(entry.file, value, part.latestReads)
    let place: Place = !holds ? .comment : head.hasPrefix("var") ? .test : .top
    return Piece(text: text, asOf: entry.asOf, form: .binding(head: head, value: bound), place: place)
  }

  /// A stretch of a file in which the latest result goes by its number.
  private static func numbered(
    _ file: SourceFile, _ span: Span, _ reads: [(span: Span, number: Int)]
  ) -> String {
    var text = ""
    var place = span.lower
    for read in reads.sorted(by: { $0.span.lower < $1.span.lower })
    where read.span.lower >= place && read.span.upper <= span.upper {
      text += file.text(Span(Int(place), Int(read.span.lower))) + "_\(read.number)"
      place = read.span.upper
    }
    return text + file.text(Span(Int(place), Int(span.upper)))
  }

  /// For each entry, which of its parts bind a name that nothing has bound since.
  private static func latestBindings(_ entries: [PromptEntry]) -> [Int: Set<Int>] {
    var latest: [String: (entry: Int, part: Int)] = [:]
    for (number, entry) in entries.enumerated() {
      for (place, part) in entry.parts.enumerated() { for name in part.binds { latest[name] = (number, place) } }
    }
    var held: [Int: Set<Int>] = [:]
    for (number, entry) in entries.enumerated() {
      for (place, part) in entry.parts.enumerated() where !part.binds.isEmpty {
        if part.binds.allSatisfy({ $0 == "_" || latest[$0] ?? (-1, -1) == (number, place) }) {
          held[number, default: []].insert(place)
        }
      }
    }
    return held
  }
}

extension MarketSession {
  /// The session as a script that passes the checker: declarations, and a test that does the rest again.
  public var savedText: String {
    var text = SessionText(prompt) { [folder, paths] file in
      SessionText.problems(file, folder: folder, paths: paths)
    }
    return text.text()
  }

  /// The declarations that can stand in a script, for a run.
  var declaredText: String { savedText }
}

extension SessionText {
  /// What is wrong with a text as a script.
  fileprivate static func problems(_ file: SourceFile, folder: String, paths: [String]) -> [Diagnostic] {
    do throws(Script.Problems) {
      _ = try Script.load(SourceFile(name: Paths.join(folder, file.name), bytes: file.bytes), paths: paths)
      return []
    } catch { return error.diagnostics }
  }
}
