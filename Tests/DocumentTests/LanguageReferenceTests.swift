import Diagnostics
import Foundation
import Interpreter
import MarketData
import Scripting
import Testing

/// `Grammar/LANGUAGE.md`: its rules are numbered, each is held by conformance scripts, and its blocks do what they say.
@Suite struct LanguageReferenceTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let text =
    (try? String(contentsOf: root.appendingPathComponent("Grammar/LANGUAGE.md"), encoding: .utf8)) ?? ""

  /// A rule: its section and number, and the scripts behind it.
  struct Rule {
    let section: Int
    let number: Int
    let scripts: [String]
  }

  /// The rules in the order of the page: paragraphs that begin with `**L3.1**` and end with names in brackets.
  static let rules: [Rule] = text.components(separatedBy: "\n\n").compactMap { paragraph in
    guard let match = paragraph.firstMatch(of: #/^\*\*L(\d+)\.(\d+)\*\* /#), let section = Int(match.1),
      let number = Int(match.2)
    else { return nil }
    let tail = paragraph.firstMatch(of: #/\[([a-z_]+/[a-z_]+(?:,\s+[a-z_]+/[a-z_]+)*)\]\s*$/#)
    let scripts = tail?.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? []
    return Rule(section: section, number: number, scripts: scripts)
  }

  /// The scripts of a folder of tests, by their paths in it without the ending.
  static func scripts(of folder: String) -> Set<String> {
    let folder = root.appendingPathComponent("Tests/\(folder)")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    return Set(paths.filter { $0.hasSuffix(".strat") }.map { String($0.dropLast(".strat".count)) })
  }

  @Test func rulesAreNumberedInOrder() {
    #expect(Self.rules.count > 90)
    var expected = (section: 1, number: 1)
    for rule in Self.rules {
      if rule.section == expected.section + 1 { expected = (rule.section, 1) }
      #expect(rule.section == expected.section && rule.number == expected.number, "L\(rule.section).\(rule.number)")
      expected.number += 1
    }
  }

  @Test func everyRuleIsHeldByScriptsThatExist() {
    let scripts = Self.scripts(of: "Conformance").union(Self.scripts(of: "Wrong"))
    for rule in Self.rules {
      #expect(!rule.scripts.isEmpty, "L\(rule.section).\(rule.number) names no script")
      for script in rule.scripts {
        #expect(scripts.contains(script), "L\(rule.section).\(rule.number): there is no \(script)")
      }
    }
  }

  /// What scripts import lies in folders named `lib`.
  @Test func everyScriptIsNamedByARule() {
    let named = Set(Self.rules.flatMap(\.scripts))
    let left = Self.scripts(of: "Conformance").subtracting(named).filter { !$0.contains("/lib/") }
    #expect(left.isEmpty, "name these in Grammar/LANGUAGE.md: \(left.sorted())")
  }

  /// A block of the page: ```` ```strat ```` runs without a word, or its first line says what happens.
  struct Block {
    let expectation: String
    let text: String
  }

  static let blocks: [Block] = text.components(separatedBy: "```strat").dropFirst().map { part in
    let lines = part.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
    return Block(
      expectation: lines[0].trimmingCharacters(in: .whitespaces), text: lines.dropFirst().joined(separator: "\n"))
  }

  @Test func everyBlockDoesWhatItSays() {
    #expect(Self.blocks.count >= 4)
    for block in Self.blocks {
      let found = Self.outcome(of: block.text)
      #expect(found == block.expectation, "\(block.text)")
    }
  }

  /// What a script leads to: nothing, `error: CODE` when it is read, or `fails: CODE` of a test.
  private static func outcome(of text: String) -> String {
    nonisolated(unsafe) var result = ""
    NativeStack.run {
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: "block.strat", text: text))
        let store = SampleMarket.store()
        let outcomes = ScriptTests(script).run(store: store) { (_) throws(Diagnostic) in store }
        let failure = outcomes.lazy.compactMap(\.failure).first
        result = failure.map { "fails: \($0.code)" } ?? script.warnings.first.map { "warning: \($0.code)" } ?? ""
      } catch {
        result = "error: \(error.diagnostics.first { $0.severity == .error }?.code ?? "")"
      }
    }
    return result
  }
}
