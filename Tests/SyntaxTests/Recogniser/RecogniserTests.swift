import Foundation
import Testing

/// The parser and the recogniser say the same of every text.
@Suite struct RecogniserTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All scripts of the repository, by path.
  private static func scripts() throws -> [(path: String, text: String)] {
    var found: [(path: String, text: String)] = []
    for folder in ["Scripts", "Stdlib", "Tests"] {
      let walker = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
      while let path = walker?.nextObject() as? String {
        let url = root.appendingPathComponent(folder + "/" + path)
        guard path.hasSuffix(".strat"), let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
        found.append((folder + "/" + path, text))
      }
    }
    return found.sorted { $0.path < $1.path }
  }

  /// What differs between the two on a text; `nil` where they agree.
  private static func difference(_ text: String, _ recogniser: Recogniser) -> String? {
    let found = codes(text)
    // What nests too deep is in the language and refused for its depth.
    if found.contains("E0108") { return nil }
    let accepts = recogniser.accepts(text)
    guard accepts != found.isEmpty else { return nil }
    return "the grammar \(accepts ? "accepts" : "rejects"), the parser says \(found):\n\(text)"
  }

  @Test func examplesOfTheGrammar() throws {
    let grammar = try Grammar()
    let recogniser = Recogniser(grammar.productions)
    for text in grammar.accepted { #expect(recogniser.accepts(text), "\(text)") }
    for text in grammar.rejected { #expect(!recogniser.accepts(text), "\(text)") }
  }

  @Test func everyScript() throws {
    let recogniser = Recogniser(try Grammar().productions)
    let scripts = try Self.scripts()
    #expect(scripts.count > 300)
    for script in scripts {
      let difference = Self.difference(script.text, recogniser)
      #expect(difference == nil, "\(script.path): \(difference ?? "")")
    }
  }

  /// `STRAT_LONG=1` makes forty times as many.
  @Test func mutationsOfScripts() throws {
    let recogniser = Recogniser(try Grammar().productions)
    let isLong = ProcessInfo.processInfo.environment["STRAT_LONG"] != nil
    var mutator = Mutator(seed: 5)
    var rejected = 0
    var total = 0
    var differences = 0
    for script in try Self.scripts() where script.text.utf8.count < 1_200 {
      for _ in 0..<(isLong ? 240 : 6) {
        let text = mutator.mutated(script.text)
        total += 1
        if !codes(text).isEmpty { rejected += 1 }
        guard let difference = Self.difference(text, recogniser) else { continue }
        differences += 1
        #expect(Bool(false), "\(script.path): \(difference)")
        if differences > 20 { return }
      }
    }
    #expect(rejected > total / 3 && rejected < total * 19 / 20, "\(rejected) of \(total) are rejected")
  }

  @Test func mutationsOfSentences() throws {
    let grammar = try Grammar()
    let recogniser = Recogniser(grammar.productions)
    let isLong = ProcessInfo.processInfo.environment["STRAT_LONG"] != nil
    var maker = SentenceMaker(grammar.productions, seed: 31)
    var mutator = Mutator(seed: 6)
    var differences = 0
    for turn in 0..<(isLong ? 40_000 : 1_000) {
      let text = maker.sentence("declaration", depth: 3 + turn % 9).joined(separator: " ")
      for candidate in [text, mutator.mutated(text)] {
        guard let difference = Self.difference(candidate, recogniser) else { continue }
        differences += 1
        #expect(Bool(false), "\(difference)")
        if differences > 20 { return }
      }
    }
  }
}

/// Changes a text by a token: removes, doubles, swaps, replaces or inserts one. Newlines count as tokens.
struct Mutator {
  private var random: UInt64

  init(seed: UInt64) { random = seed }

  private static let words = [
    "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "..", "..<", "->", "=", "+=", "==", "<", "+", "-", "*", "/", "%",
    "**", "??", "?", "\n", "\n", "\n", "a", "b", "1", "2.5", "3mo", "2024-01-31", "\"s\"", "\"{a}\"", "where", "with",
    "and",
    "assert", "at",
    "break", "else", "false", "fn", "for", "if", "import", "in", "let", "na", "not", "or", "param", "return", "state",
    "step", "strategy", "test", "var", "while", "as",
  ]

  private mutating func draw(_ count: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((random >> 33) % UInt64(max(count, 1)))
  }

  mutating func mutated(_ text: String) -> String {
    var tokens = Mutator.tokens(text)
    for _ in 0...draw(2) {
      let place = draw(tokens.count)
      let word = Mutator.words[draw(Mutator.words.count)]
      switch draw(6) {
      case 5: tokens.insert("\n", at: min(place, tokens.count))
      case 0 where !tokens.isEmpty: tokens.remove(at: place)
      case 1 where !tokens.isEmpty: tokens.insert(tokens[place], at: place)
      case 2 where !tokens.isEmpty: tokens.swapAt(place, draw(tokens.count))
      case 3 where !tokens.isEmpty: tokens[place] = word
      default: tokens.insert(word, at: min(place, tokens.count))
      }
    }
    return tokens.joined(separator: " ")
  }

  /// Rough tokens: names and numbers, strings, comments with their newline left out, signs.
  private static func tokens(_ text: String) -> [String] {
    let pattern =
      /"(\\.|[^"\\\n])*"|#[^\n]*|[A-Za-z0-9_]+(\.[0-9]+)?(-[0-9]+-[0-9]+)?|\.\.<|\*\*|[=!<>+\-*\/]=|->|\?\?|\.\.|\n|[^\s]/
    return text.matches(of: pattern).map { String($0.output.0) }.filter { !$0.hasPrefix("#") }
  }
}
