import Diagnostics
import Interpreter
import MarketData
import Scripting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wrong scripts, one mistake each, with everything that is said about them.
///
/// The last lines of a script say what is expected, in order: `# expect E0201 2:9-2:11` a problem with its place, and
/// behind `fix` the text that mends it. What mends all of a script's errors, applied, makes a script that loads.
@Suite struct WrongTests {
  static let folder = String(#filePath.dropLast("ConformanceTests/WrongTests.swift".count)) + "Wrong"
  static let scripts = ConformanceTests.files(under: folder)
  private static let marker = "# expect "

  @Test func thereAreEnoughScripts() { #expect(Self.scripts.count >= 150) }

  @Test func everyMistakeIsSaidAsExpected() {
    nonisolated(unsafe) var problems: [String] = []
    NativeStack.run { problems = Self.scripts.compactMap { Self.problem(of: $0) } }
    for problem in problems { Issue.record("\(problem)") }
  }

  @Test func everyFixItMends() {
    nonisolated(unsafe) var problems: [String] = []
    nonisolated(unsafe) var mended = 0
    NativeStack.run {
      for path in Self.scripts {
        guard let problem = Self.problemOfMending(path, &mended) else { continue }
        problems.append(problem)
      }
    }
    for problem in problems { Issue.record("\(problem)") }
    #expect(mended >= 60, "few of the scripts have fix-its: \(mended)")
  }

  /// The script without what it expects, and that.
  private static func read(_ path: String) -> (text: String, expected: [String]) {
    guard case .success(let bytes) = ScriptText.read(path) else { return ("", ["unreadable"]) }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    var expected: [String] = []
    while let last = lines.last, last.hasPrefix(marker) {
      expected.insert(String(last.dropFirst(marker.count)), at: 0)
      lines.removeLast()
    }
    return (lines.joined(separator: "\n") + "\n", expected)
  }

  private static func problem(of path: String) -> String? {
    let (text, expected) = read(path)
    let file = SourceFile(name: path, bytes: Array(text.utf8))
    let found = diagnostics(of: file).map { described($0, file) }
    if expected == found, !expected.isEmpty { return nil }
    if getenv("STRAT_UPDATE_GOLDEN") != nil, expected.map({ $0.prefix(5) }) == found.map({ $0.prefix(5) }) {
      write(text + found.map { marker + $0 + "\n" }.joined(), to: path)
      return nil
    }
    return "\(path.dropFirst(folder.count + 1)): expected \(expected), found \(found)"
  }

  private static func described(_ diagnostic: Diagnostic, _ file: SourceFile) -> String {
    guard let location = diagnostic.location else { return diagnostic.code }
    let (start, end) = (location.start, location.end)
    let place = "\(diagnostic.code) \(start.line):\(start.column)-\(end.line):\(end.column)"
    if diagnostic.fixIts.isEmpty { return place }
    return place + " fix "
      + diagnostic.fixIts.map { fix in
        let old = file.text(fix.span)
        return "`\(old)` -> `\(fix.text)`".replacing("\n", with: "\\n")
      }.joined(separator: ", ")
  }

  /// What is said when the script is read, or when its tests run if nothing is wrong until then.
  private static func diagnostics(of file: SourceFile) -> [Diagnostic] {
    do throws(Script.Problems) {
      let script = try Script.load(file)
      let store = ConformanceTests.sample
      let outcomes = ScriptTests(script).run(store: store) { (_) throws(Diagnostic) in store }
      return script.warnings + outcomes.compactMap(\.failure)
    } catch { return error.diagnostics }
  }

  /// Applies the fix-its until none is left; errors that all had fix-its must be gone then, the others as they were.
  private static func problemOfMending(_ path: String, _ mended: inout Int) -> String? {
    var file = SourceFile(name: path, bytes: Array(read(path).text.utf8))
    let name = path.dropFirst(folder.count + 1)
    let first = diagnostics(of: file)
    guard first.contains(where: { !$0.fixIts.isEmpty }) else { return nil }
    mended += 1
    var current = first
    for _ in 0..<4 where current.contains(where: { !$0.fixIts.isEmpty }) {
      file = SourceFile(name: path, bytes: apply(current.flatMap(\.fixIts), to: file.bytes))
      current = diagnostics(of: file)
    }
    let without = first.filter { $0.fixIts.isEmpty }.map(\.code)
    let left = current.map(\.code)
    if left.allSatisfy({ without.contains($0) }) { return nil }
    return "\(name): mended, it still has \(left): \(String(decoding: file.bytes, as: UTF8.self))"
  }

  private static func apply(_ fixIts: [FixIt], to bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var end = Int32.max
    for fix in fixIts.sorted(by: { ($0.span.lower, $0.span.upper) > ($1.span.lower, $1.span.upper) })
    where fix.span.upper <= end {
      result.replaceSubrange(Int(fix.span.lower)..<Int(fix.span.upper), with: Array(fix.text.utf8))
      end = fix.span.lower
    }
    return result
  }

  private static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}
