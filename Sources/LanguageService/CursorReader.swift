import Diagnostics
import Syntax

/// Reads a text up to a place: its last words, and the brackets that are open there. Reads any text, however wrong.
struct CursorReader {
  /// Where the part that is read begins in the whole text: in an interpolation, behind its brace.
  let base: Int
  let file: SourceFile
  /// The words before the one that is being written.
  private(set) var words: [ColoredText.Word] = []
  /// The word that is being written, in bytes of `file`; empty where none is.
  private(set) var partial: Range<Int>
  /// What the place is in.
  private(set) var place = Place.code
  /// The open brackets, outermost first.
  private(set) var frames: [Frame] = []
  /// The bracket that was closed last.
  private(set) var closed: Frame?

  /// What a place is in.
  enum Place: Equatable {
    case code
    /// A string that begins at a byte of `file`.
    case string(from: Int)
    /// Nothing can be completed: a comment, a number, the middle of a text.
    case elsewhere
  }

  /// Reads the bytes up to the end.
  init(_ bytes: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    var file = SourceFile(name: "", bytes: Array(bytes))
    var all = ColoredText(file).words
    // Interpolations nest, and each turn is shorter.
    while let last = all.last, last.kind == .string, Int(last.span.upper) == file.bytes.count,
      case .interpolation(let inner) = StringEnd(file.bytes, Int(last.span.lower))
    {
      start += inner
      file = SourceFile(name: "", bytes: Array(bytes[start...]))
      all = ColoredText(file).words
    }
    base = start - bytes.startIndex
    self.file = file
    let end = file.bytes.count
    partial = end..<end
    words = all
    readLastWord(end)
    for index in words.indices { read(index) }
    if let last = words.last, startsLine(after: last, at: partial.lowerBound) { endEntry() }
  }

  /// The text of a word.
  func text(_ word: ColoredText.Word) -> String { file.text(word.span) }

  /// The text of the word so many before the place: 0 is the last one before what is being written.
  func word(back: Int) -> String? {
    words.count > back ? text(words[words.count - 1 - back]) : nil
  }

  /// Its kind.
  func kind(back: Int) -> ColoredText.Kind? { words.count > back ? words[words.count - 1 - back].kind : nil }

  private mutating func readLastWord(_ end: Int) {
    guard let last = words.last, Int(last.span.upper) == end else { return }
    let start = Int(last.span.lower)
    switch last.kind {
    case .name, .function, .member, .keyword, .constant:
      partial = start..<end
      words.removeLast()
    case .string:
      guard case .open = StringEnd(file.bytes, start) else { return }
      // What follows an interpolation is the rest of a text.
      place = file.bytes[start] == 0x22 ? .string(from: start) : .elsewhere
      partial = start + 1..<end
      words.removeLast()
    case .sign: break
    case .comment, .documentation, .number, .date, .duration, .interpolation, .invalid: place = .elsewhere
    }
  }

  private func startsLine(after word: ColoredText.Word, at offset: Int) -> Bool {
    file.bytes[min(Int(word.span.upper), offset)..<offset].contains(0x0A)
  }

  /// A new line ends an entry of a strategy block.
  private mutating func endEntry() {
    guard let last = frames.last, last.kind == .strategy else { return }
    frames[frames.count - 1].next()
  }

  private mutating func read(_ index: Int) {
    let word = words[index]
    if index > 0, startsLine(after: words[index - 1], at: Int(word.span.lower)) { endEntry() }
    guard word.kind == .sign else { return add(text(word), isWord: isWord(word.kind)) }
    switch text(word) {
    case "(": open(parenthesis(index))
    case "[": open(.list(isIndex: index > 0 && isOperand(words[index - 1])))
    case "{": open(isStrategy(index) ? .strategy : .other)
    case ")", "]", "}": closed = frames.popLast() ?? closed
    case ",":
      guard !frames.isEmpty else { return }
      frames[frames.count - 1].argument += 1
      frames[frames.count - 1].next()
    case ":":
      guard let frame = frames.last, frame.words.count == 1, frame.beginsWithWord else {
        return add(":", isWord: false)
      }
      frames[frames.count - 1].name = frame.words[0]
      frames[frames.count - 1].given.append(frame.words[0])
    case let sign: add(sign, isWord: false)
    }
  }

  private mutating func add(_ text: String, isWord: Bool) {
    guard !frames.isEmpty else { return }
    if frames[frames.count - 1].words.isEmpty { frames[frames.count - 1].beginsWithWord = isWord }
    frames[frames.count - 1].words.append(text)
  }

  private mutating func open(_ kind: Frame.Kind) {
    // To the bracket around, all of this is one more word.
    add("", isWord: false)
    frames.append(Frame(kind: kind))
  }

  private func isWord(_ kind: ColoredText.Kind) -> Bool {
    switch kind {
    case .name, .function, .member, .keyword, .constant: true
    default: false
    }
  }

  private func isOperand(_ word: ColoredText.Word) -> Bool {
    switch word.kind {
    case .name, .member, .string: true
    case .sign: [")", "]"].contains(text(word))
    default: false
    }
  }

  private func parenthesis(_ index: Int) -> Frame.Kind {
    guard index > 0, [.function, .member].contains(words[index - 1].kind) else { return .other }
    let name = text(words[index - 1])
    guard index > 1 else { return .call(Frame.Callee(name: name, qualifier: nil, isMember: false)) }
    let before = words[index - 2]
    if before.kind == .keyword, text(before) == "fn" { return .parameters }
    guard words[index - 1].kind == .member else {
      return .call(Frame.Callee(name: name, qualifier: nil, isMember: false))
    }
    let isQualified = index > 2 && words[index - 3].kind == .name
    return .call(
      Frame.Callee(name: name, qualifier: isQualified ? text(words[index - 3]) : nil, isMember: true))
  }

  private func isStrategy(_ index: Int) -> Bool {
    index > 1 && words[index - 1].kind == .string && text(words[index - 2]) == "strategy"
  }
}

/// How a string or the part of one behind an interpolation ends.
private enum StringEnd {
  case closed, open
  /// In an interpolation that is not closed, whose text begins so far behind.
  case interpolation(from: Int)

  /// Reads from the quote or the closing brace at `start`.
  init(_ bytes: [UInt8], _ start: Int) {
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case 0x5C: index += 1
      case 0x22:
        self = .closed
        return
      case 0x7B:
        let inside = bytes[(index + 1)...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
        guard inside < bytes.count, bytes[inside] == 0x7D else {
          self = .interpolation(from: index + 1)
          return
        }
        index = inside
      default: break
      }
      index += 1
    }
    self = .open
  }
}
