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

/// The language, one behaviour a script: tests in a script pass, and what a comment expects of its line happens.
///
/// `# error: E0201` and `# warning: W0201` expect a diagnostic of the line when the script is read, `# fails: E0404` a
/// test that ends with the code at the line, `# decides 2012-06-29: SPY 1` what `signals` gives at a date (`Decision`).
/// Whatever is not expected must not happen, and a script that expects nothing and tests nothing fails.
@Suite struct ConformanceTests {
  static let folder = String(#filePath.dropLast("ConformanceTests/ConformanceTests.swift".count)) + "Conformance"
  static let sample = SampleMarket.store()
  static let scripts = files(under: folder)

  /// All scripts of a folder and its folders, in order of path.
  static func files(under folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var result: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if name.hasSuffix(".strat") {
        result.append(folder + "/" + name)
      } else {
        result += files(under: folder + "/" + name)
      }
    }
    return result.sorted()
  }

  @Test func thereAreEnoughScripts() { #expect(Self.scripts.count >= 250) }

  /// All scripts run on one thread with a large stack, which makes the suite ten times faster than one each.
  @Test func scriptsDoWhatTheyExpect() {
    nonisolated(unsafe) var problems: [String] = []
    NativeStack.run { problems = Self.scripts.compactMap { Self.problem(of: $0) } }
    for problem in problems { Issue.record("\(problem)") }
  }

  /// What a script expects of a line.
  private struct Expectation: Hashable {
    let line: Int
    let code: String
  }

  /// Why a script does not do what it expects; `nil` if it does.
  private static func problem(of path: String) -> String? {
    let name = path.dropFirst(folder.count + 1)
    guard case .success(let bytes) = ScriptText.read(path) else { return "\(name) cannot be read" }
    let expected = expectations(String(decoding: bytes, as: UTF8.self))
    var found: [Expectation] = []
    var tests = 0
    do throws(Script.Problems) {
      let script = try Script.load(SourceFile(name: path, bytes: bytes))
      found += script.warnings.map { Expectation(line: $0.location?.start.line ?? 0, code: $0.code) }
      let outcomes = ScriptTests(script).run(store: sample) { (folder) throws(Diagnostic) in try data(folder) }
      let decisions = Decision.expected(in: String(decoding: bytes, as: UTF8.self))
      if let problem = decisions.lazy.compactMap({ $0.problem(of: script, on: sample) }).first {
        return "\(name): \(problem)"
      }
      tests = outcomes.count + decisions.count
      for case let failure? in outcomes.map(\.failure) {
        found.append(Expectation(line: failure.location?.start.line ?? 0, code: failure.code))
      }
    } catch {
      found += error.diagnostics.map { Expectation(line: $0.location?.start.line ?? 0, code: $0.code) }
    }
    if expected.isEmpty, tests == 0, found.isEmpty { return "\(name) expects nothing" }
    let missing = expected.filter { !found.contains($0) }
    let surplus = found.filter { !expected.contains($0) }
    if missing.isEmpty, surplus.isEmpty { return nil }
    func list(_ expectations: [Expectation]) -> String {
      expectations.map { "\($0.code) in line \($0.line)" }.joined(separator: ", ")
    }
    return "\(name): expected but not found: [\(list(missing))], found but not expected: [\(list(surplus))]"
  }

  /// The data of a test that has its own.
  private static func data(_ folder: String) throws(Diagnostic) -> MarketStore {
    do throws(DataLoadingFailure) {
      return try DataFolder(folder).load().store
    } catch {
      guard let first = error.diagnostics.first else { return sample }
      throw first
    }
  }

  private static func expectations(_ text: String) -> [Expectation] {
    var result: [Expectation] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for marker in ["# error: ", "# warning: ", "# fails: "] {
        guard let range = line.firstRange(of: marker) else { continue }
        result.append(Expectation(line: index + 1, code: String(line[range.upperBound...].prefix(5))))
      }
    }
    return result
  }
}
