import Diagnostics
import Foundation
import Syntax
import Testing

/// `Layout/NAME.before.strat` formatted is `Layout/NAME.after.strat`; `STRAT_UPDATE_GOLDEN=1` rewrites the second.
@Suite struct FormatterLayoutTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Layout")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".before.strat") }.map { String($0.dropLast(".before.strat".count)) }.sorted()
  }()

  @Test(arguments: names) func layout(name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent("\(name).before.strat"), encoding: .utf8)
    let file = SourceFile(name: name, text: text)
    guard case .text(let result) = CanonicalText(file) else {
      Issue.record("\(parse(file).diagnostics.map { $0.message })")
      return
    }
    let after = Self.folder.appendingPathComponent("\(name).after.strat")
    if ProcessInfo.processInfo.environment["STRAT_UPDATE_GOLDEN"] != nil {
      try Data(result.utf8).write(to: after)
    }
    #expect(result == (try String(contentsOf: after, encoding: .utf8)))
  }

  @Test func thereAreLayouts() { #expect(Self.names.count >= 4) }

  @Test func lineEndsAndTheLastNewline() {
    func result(_ text: String) -> String? { formatted(SourceFile(name: "x", text: text)) }
    #expect(result("let a = 1\r\nlet b = 2\r\n") == "let a = 1\nlet b = 2\n")
    #expect(result("let a = 1") == "let a = 1\n")
    #expect(result("") == "")
    #expect(result("\n\n# only a comment\n\n") == "# only a comment\n")
    #expect(result("\u{FEFF}let a = 1\n") == "let a = 1\n")
    #expect(result("let a = (\n") == nil)
  }
}
