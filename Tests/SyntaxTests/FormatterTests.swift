import Diagnostics
import Foundation
import Syntax
import Testing

/// The dump of a text's tree, or `nil` where it does not parse.
private func tree(_ text: String) -> String? {
  let (unit, diagnostics) = parse(SourceFile(name: "test.strat", text: text))
  return diagnostics.contains { $0.severity == .error } ? nil : SyntaxDump.text(unit)
}

private func formatted(_ text: String) -> String? { Syntax.formatted(SourceFile(name: "test.strat", text: text)) }

/// The words of all comments of a text, in order.
private func comments(_ text: String) -> [String] {
  parse(SourceFile(name: "test.strat", text: text)).unit.comments.map { span in
    SourceFile(name: "", text: text).text(span).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Formatting keeps the tree and the comments, and doing it twice changes nothing.
private func checkProperties(_ text: String, _ name: String = "") {
  guard let before = tree(text) else { return }
  guard let once = formatted(text) else {
    Issue.record("not formatted: \(name)\n\(text)")
    return
  }
  #expect(tree(once) == before, "the tree changed: \(name)\n\(text)\n----\n\(once)")
  #expect(formatted(once) == once, "not idempotent: \(name)\n\(once)\n----\n\(formatted(once) ?? "")")
  #expect(comments(once) == comments(text), "comments changed: \(name)\n\(text)\n----\n\(once)")
}

@Suite struct FormatterTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static var scripts: [String] {
    var found: [String] = []
    for folder in ["Scripts", "Stdlib", "Tests"] {
      let walker = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
      while let path = walker?.nextObject() as? String {
        if path.hasSuffix(".strat") { found.append(folder + "/" + path) }
      }
    }
    return found.sorted()
  }

  @Test func scriptsOfTheRepositoryKeepTheirMeaning() throws {
    let scripts = Self.scripts
    #expect(scripts.count > 300)
    for path in scripts {
      guard let text = try? String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8) else {
        continue
      }
      checkProperties(text, path)
    }
  }

  /// `STRAT_LONG=1` makes ten thousand programs.
  @Test func generatedProgramsKeepTheirMeaning() throws {
    let count = ProcessInfo.processInfo.environment["STRAT_LONG"] == nil ? 600 : 10_000
    var maker = SentenceMaker(try Grammar().productions, seed: 7)
    var noise = Noise(seed: 11)
    var parsed = 0
    for turn in 0..<count {
      let words = maker.sentence("declaration", depth: 3 + turn % 12)
      let text = noise.text(words) + "\n"
      if tree(text) != nil { parsed += 1 }
      checkProperties(text)
    }
    #expect(parsed > count * 9 / 10, "only \(parsed) of \(count) programs parse")
  }
}

/// Space and comments between the tokens of a sentence, where they change nothing.
private struct Noise {
  private var random: UInt64

  init(seed: UInt64) { random = seed }

  private mutating func draw(_ count: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((random >> 33) % UInt64(count))
  }

  /// The words with spaces; in brackets and behind operators also with newlines and comments.
  mutating func text(_ words: [String]) -> String {
    var text = ""
    var open: [String] = []
    for (place, word) in words.enumerated() {
      if ["(", "["].contains(word) || word == "{" { open.append(word) }
      if [")", "]", "}"].contains(word) { _ = open.popLast() }
      text += word
      let next = place + 1 < words.count ? words[place + 1] : ""
      let newlineIsFree = open.last == "(" || open.last == "[" || ["+", "*", ",", "=", "->"].contains(word)
      let beginsLine = next == "and" || next == "or" || next == "??"
      let endsStatement = word == ";" || word == "\n" || (word == "{" && open.last == "{")
      if newlineIsFree || beginsLine || endsStatement, draw(6) == 0 {
        text += [" # c\n", "\n", "\n  # own line\n", "\n\n", " # a\n # b\n"][draw(5)]
      } else {
        text += [" ", "  "][draw(2)]
      }
    }
    return text
  }
}
