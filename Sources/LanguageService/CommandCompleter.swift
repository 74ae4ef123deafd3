import Backtest

/// Completes the commands of a prompt: their names, their flags, and what each takes.
struct CommandCompleter {
  let bytes: [UInt8]
  /// From behind the colon to the place.
  let range: Range<Int>
  let scope: CompletionScope

  init(_ bytes: [UInt8], _ range: Range<Int>, _ scope: CompletionScope) {
    self.bytes = bytes
    self.range = range
    self.scope = scope
  }

  func completion() -> Completion {
    guard let blank = bytes[range].firstIndex(where: Self.isBlank) else { return commands() }
    let name = String(decoding: bytes[range.lowerBound..<blank], as: UTF8.self)
    guard let command = scope.commands.first(where: { $0.name == name }) else {
      return .nothing(at: range.upperBound)
    }
    let start = bytes[blank..<range.upperBound].firstIndex { !Self.isBlank($0) } ?? range.upperBound
    return argument(of: command, from: start)
  }

  /// The names to look up that begin with the whole of the range.
  func names() -> Completion {
    let written = String(decoding: bytes[range], as: UTF8.self)
    var matches = Matches(written)
    addNames(&matches, written)
    return matches.completion(range)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func commands() -> Completion {
    var matches = Matches(String(decoding: bytes[range], as: UTF8.self))
    matches.add(
      scope.commands.map { command in
        Candidate(
          command.name, .command, signature: command.usage, documentation: command.meaning,
          suffix: command.usage.isEmpty ? "" : " ")
      })
    return matches.completion(range)
  }

  private func argument(of command: PromptCommand, from start: Int) -> Completion {
    let rest = bytes[start..<range.upperBound]
    let word = (rest.lastIndex(where: Self.isBlank).map { $0 + 1 } ?? start)..<range.upperBound
    let written = String(decoding: bytes[word], as: UTF8.self)
    var matches = Matches(written)
    if written.hasPrefix("-"), !command.flags.isEmpty {
      matches.add(command.flags.map { Candidate($0, .flag, suffix: " ") })
      return matches.completion(word)
    }
    switch command.argument {
    case .nothing: return .nothing(at: range.upperBound)
    case .expression: return Completer(bytes, start..<range.upperBound, scope).completion()
    case .name: addNames(&matches, written)
    case .topic(let topics):
      matches.add(scope.commands.map { Candidate($0.name, .command, signature: $0.usage, documentation: $0.meaning) })
      matches.add(topics.map { Candidate($0, .word) })
    case .file: matches.add(FileNames.candidates(written, scope))
    case .data: addData(&matches, DataNames.Kind.allCases)
    case .series: addData(&matches, [.macro, .flow])
    case .code: matches.add(scope.codes.map { Candidate($0.code, .word, documentation: $0.title) })
    case .setting: addSettings(&matches, written)
    case .param: matches.add(scope.params.map { Candidate($0 + "=", .parameter) })
    case .words(let words): matches.add(words.map { Candidate($0, .word) })
    }
    return matches.completion(word)
  }

  private func addData(_ matches: inout Matches, _ kinds: [DataNames.Kind]) {
    for kind in kinds { matches.add(ascending: scope.data[kind]) { Candidate($0, kind.candidateKind) } }
  }

  /// Names to look up: those of the session, builtins, keys, and modules with their functions.
  private func addNames(_ matches: inout Matches, _ written: String) {
    matches.add(scope.names.reversed().map { Candidate.name($0).followed(by: "") })
    matches.add(Vocabulary.standard.builtins.map { Candidate.builtin($0).followed(by: "") })
    matches.add(Vocabulary.keys.map { $0.followed(by: "") })
    for module in Vocabulary.standard.modules {
      matches.add(Candidate(module.name, .module, documentation: module.documentation))
      guard written.hasPrefix(module.name + ".") else { continue }
      matches.add(
        module.members.map { member in
          let candidate = Candidate.name(member)
          return Candidate(
            module.name + "." + candidate.text, candidate.kind, signature: candidate.signature,
            documentation: candidate.documentation)
        })
    }
  }

  /// `key=`, and behind it the words that the key takes.
  private func addSettings(_ matches: inout Matches, _ written: String) {
    guard let sign = written.firstIndex(of: "=") else {
      matches.add(
        Vocabulary.keys.filter { ConfigKey.named($0.text) != nil }.map { key in
          Candidate(
            key.text + "=", .key, signature: key.signature, documentation: key.documentation)
        })
      return
    }
    let key = String(written[..<sign])
    matches.add(Vocabulary.words(ofKey: key).map { Candidate(key + "=" + $0, .word) })
    for kind in DataNames.kinds(ofKey: key) {
      matches.add(scope.data[kind].lazy.map { Candidate(key + "=" + $0, kind.candidateKind) })
    }
  }
}
