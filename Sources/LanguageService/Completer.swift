import Interpreter
import Syntax

/// What can stand at a place of a text.
///
/// Reads any text, however unfinished; what stands behind the place decides nothing but whether a bracket or quote is
/// wanted. Candidates begin with what is written, those that agree in case before all others.
///
/// - Parameters:
///   - text: A file, or what was typed at a prompt so far.
///   - offset: The place, a UTF-8 offset.
///   - scope: What is known there.
public func complete(_ text: String, at offset: Int, in scope: CompletionScope) -> Completion {
  let bytes = Array(text.utf8)
  let end = min(max(offset, 0), bytes.count)
  guard let blank = bytes[..<end].firstIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }) else {
    return Completer(bytes, 0..<end, scope).completion()
  }
  if !scope.commands.isEmpty {
    if bytes[blank] == 0x3A { return CommandCompleter(bytes, blank + 1..<end, scope).completion() }
    // `?name` and `??name` look a name up.
    let behind = bytes[blank..<end].firstIndex { $0 != 0x3F } ?? end
    if behind > blank { return CommandCompleter(bytes, behind..<end, scope).names() }
  }
  return Completer(bytes, 0..<end, scope).completion()
}

/// Completes code: what stands in a range, in which nothing else stands.
struct Completer {
  let bytes: [UInt8]
  let range: Range<Int>
  let scope: CompletionScope
  let cursor: CursorReader
  /// What the text itself declares.
  let declared: DeclaredNames

  init(_ bytes: [UInt8], _ range: Range<Int>, _ scope: CompletionScope) {
    self.bytes = bytes
    self.range = range
    self.scope = scope
    cursor = CursorReader(bytes[range])
    declared = DeclaredNames(cursor)
  }

  /// The byte behind the place.
  private var next: UInt8? { range.upperBound < bytes.count ? bytes[range.upperBound] : nil }

  private var partial: Range<Int> {
    let start = range.lowerBound + cursor.base
    return start + cursor.partial.lowerBound..<start + cursor.partial.upperBound
  }

  private var written: String { String(decoding: bytes[partial], as: UTF8.self) }

  func completion() -> Completion {
    var matches = Matches(written)
    switch cursor.place {
    case .elsewhere: return .nothing(at: range.upperBound)
    case .string: addNamesOfData(&matches)
    case .code: addWords(&matches)
    }
    return matches.completion(partial)
  }

  // MARK: Words

  private func addWords(_ matches: inout Matches) {
    let before = cursor.word(back: 0)
    let isWord = cursor.kind(back: 0) == .keyword
    switch before {
    case "." where cursor.kind(back: 0) == .sign: addMembers(&matches)
    case "import" where isWord: addModules(&matches)
    case "let" where isWord, "var" where isWord, "fn" where isWord, "param" where isWord, "state" where isWord,
      "for" where isWord, "as" where isWord:
      return
    case ":" where ["let", "var"].contains(cursor.word(back: 2) ?? ""): matches.add(Vocabulary.types)
    default: addInFrame(&matches)
    }
  }

  private func addInFrame(_ matches: inout Matches) {
    guard let frame = cursor.frames.last else { return addNames(&matches) }
    switch frame.kind {
    case .parameters:
      if frame.name != nil || frame.words.contains("=") {
        if frame.words.contains("=") { addNames(&matches) } else { matches.add(Vocabulary.types) }
      }
    case .strategy where frame.words.isEmpty:
      matches.add(Vocabulary.keys.filter { !frame.given.contains($0.text) }.map { fitted($0) })
    case .strategy:
      matches.add(Vocabulary.words(ofKey: frame.name ?? "").map { Candidate("\"\($0)\"", .word) })
      addNames(&matches)
    case .call(let callee):
      if frame.words.isEmpty { matches.add(arguments(of: callee, frame).map { fitted($0) }) }
      addNames(&matches)
    case .list, .other: addNames(&matches)
    }
  }

  private func addModules(_ matches: inout Matches) {
    for module in Vocabulary.standard.modules {
      matches.add(
        Candidate(module.name, .module, documentation: Candidate.firstSentence(module.documentation)))
    }
  }

  /// Everything that can begin an operand or a statement.
  private func addNames(_ matches: inout Matches) {
    matches.add(declared.names.map { fitted(.name($0)) })
    matches.add(scope.names.reversed().map { fitted(.name($0)) })
    for module in declared.modules + scope.modules { matches.add(Candidate(module.name, .module, suffix: ".")) }
    matches.add(Vocabulary.standard.builtins.lazy.map { fitted(.builtin($0)) })
    matches.add(Vocabulary.constants)
    matches.add(Vocabulary.keywords)
  }

  /// What follows a dot: a module's functions, or whatever takes what stands before as its first argument.
  private func addMembers(_ matches: inout Matches) {
    if cursor.kind(back: 1) == .name, let name = cursor.word(back: 1), let members = members(ofModule: name) {
      matches.add(members.map { fitted(.name($0)) })
      return
    }
    let types = receiverTypes
    for name in declared.names + scope.names.reversed() {
      guard case .function(let signature, _) = name.meaning, ReceiverType.accepts(signature, types) else { continue }
      matches.add(fitted(.name(name, skipped: 1)))
    }
    for builtin in Vocabulary.standard.builtins
    where builtin.overloads.contains(where: { ReceiverType.accepts($0.signature, types) }) {
      matches.add(fitted(.builtin(builtin, skipped: 1)))
    }
  }

  func members(ofModule name: String) -> [ScopeName]? {
    guard let module = (declared.modules + scope.modules).first(where: { $0.name == name }) else { return nil }
    return module.members ?? Vocabulary.standard.module(module.libraryName) ?? []
  }

  /// Without the bracket or colon that stands behind the place already.
  private func fitted(_ candidate: Candidate) -> Candidate {
    switch (candidate.suffix.first, next) {
    case ("(", 0x28), (":", 0x3A): candidate.followed(by: "")
    default: candidate
    }
  }

  // MARK: Strings

  private func addNamesOfData(_ matches: inout Matches) {
    let suffix = next == 0x22 ? "" : "\""
    if cursor.word(back: 0) == "import" {
      matches.add(FileNames.candidates(written, scope).map { fitted($0) })
      return
    }
    if case .strategy? = cursor.frames.last?.kind, let key = cursor.frames.last?.name {
      matches.add(Vocabulary.words(ofKey: key).map { Candidate($0, .word, suffix: suffix) })
    }
    for kind in kindsOfData {
      matches.add(ascending: scope.data[kind]) { Candidate($0, kind.candidateKind, suffix: suffix) }
    }
  }

  /// Which names a string means where it stands.
  private var kindsOfData: [DataNames.Kind] {
    guard let frame = cursor.frames.last else { return isCompared ? [.ticker] : [] }
    switch frame.kind {
    case .call(let callee):
      guard let parameter = parameterName(of: callee, frame) else { return [] }
      return DataNames.kinds(ofParameter: parameter, function: callee.name)
    case .strategy: return frame.name.map { DataNames.kinds(ofKey: $0) } ?? []
    case .list: return [.ticker]
    case .other, .parameters: return isCompared ? [.ticker] : []
    }
  }

  private var isCompared: Bool { ["==", "!="].contains(cursor.word(back: 0) ?? "") }
}
