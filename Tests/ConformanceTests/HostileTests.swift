import Diagnostics
import Interpreter
import MarketData
import Scripting
import Testing

/// Scripts that mean harm: each ends with a diagnostic that its last line allows, `# ends: E0501 E0502`.
///
/// `Tests/Hostile/run.py` runs them, and larger ones, by the program as it is shipped.
@Suite struct HostileTests {
  static let folder = String(#filePath.dropLast("ConformanceTests/HostileTests.swift".count)) + "Hostile"
  static let scripts = ConformanceTests.files(under: folder)

  @Test func thereAreEnoughScripts() { #expect(Self.scripts.count >= 60) }

  @Test func eachEndsWithADiagnostic() {
    nonisolated(unsafe) var problems: [String] = []
    NativeStack.run { problems = Self.scripts.compactMap { Self.problem(of: $0) } }
    for problem in problems { Issue.record("\(problem)") }
  }

  private static func problem(of path: String) -> String? {
    let name = path.dropFirst(folder.count + 1)
    guard case .success(let bytes) = ScriptText.read(path) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let marker = text.ranges(of: "# ends: ").last else { return "\(name) says no code" }
    var allowed = text[marker.upperBound...].split(whereSeparator: \.isWhitespace).map(String.init)
    // The limits are lower than those of the program, so which of them ends a script may differ.
    if allowed.contains(where: { $0.hasPrefix("E05") }) { allowed += ["E0501", "E0502"] }
    let found = codes(SourceFile(name: path, bytes: bytes))
    return found.contains(where: allowed.contains) ? nil : "\(name): expected one of \(allowed), found \(found)"
  }

  private static func codes(_ file: SourceFile) -> [String] {
    // A debug build takes some fifty times as long as a release.
    var limits = Limits()
    limits.steps = 4_000_000
    limits.memory = 128 << 20
    do throws(Script.Problems) {
      let script = try Script.load(file)
      let store = ConformanceTests.sample
      let outcomes = ScriptTests(script, limits: limits).run(store: store) { (_) throws(Diagnostic) in store }
      return outcomes.compactMap { $0.failure?.code }
    } catch { return error.diagnostics.map(\.code) }
  }
}
