import Foundation
import Testing

/// `Sources/MEMORY.md` names the files that touch raw memory, and the rule that each keeps.
@Suite struct MemoryTests {
  /// How memory is touched that nobody checks.
  private static let ways = ["Unsafe", "withUTF8", "baseAddress", "unsafelyUnwrapped", "withMemoryRebound"]

  private static func touchesMemory(_ path: String) throws -> Bool {
    // What comments say counts as nothing.
    try Repository.text(path).split(separator: "\n").contains { line in
      !line.drop { $0 == " " }.hasPrefix("//") && ways.contains { line.contains($0) }
    }
  }

  @Test func everyFileThatTouchesRawMemoryIsNamedOnceAndNoOther() throws {
    let document = try Repository.text("Sources/MEMORY.md")
    let named = document.split(separator: "`").filter { $0.hasSuffix(".swift") && $0.contains("/") }.map(String.init)
    let touching = try Repository.sources.filter(Self.touchesMemory).map { String($0.dropFirst("Sources/".count)) }
    #expect(touching.count > 100)
    #expect(Set(touching).subtracting(named).sorted() == [], "touch raw memory: enter them in Sources/MEMORY.md")
    #expect(Set(named).subtracting(touching).sorted() == [], "touch no raw memory: take them out of Sources/MEMORY.md")
    #expect(named.count == Set(named).count, "a file keeps one rule")
  }

  /// Lists and maps show nobody where their items stand, but for the sorting of a whole list.
  @Test func listsAndMapsHandOutNoPointer() throws {
    for name in ["ListRef", "MapRef"] {
      for line in try Repository.text("Sources/Interpreter/Values/\(name).swift").split(separator: "\n") {
        let isStored = line.contains("private ") || line.contains("fileprivate ") || line.contains("    var ")
        guard line.contains("UnsafeMutable"), line.contains(" var "), !isStored else { continue }
        #expect(line.contains("var buffer:"), "\(name) hands out memory: \(line)")
      }
    }
  }
}
