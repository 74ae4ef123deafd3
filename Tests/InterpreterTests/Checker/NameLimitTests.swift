import Diagnostics
import MarketModel
import Syntax
import Testing

@testable import Interpreter

/// A program has so many names at the module level and no more, whichever file they stand in.
@Suite struct NameLimitTests {
  private struct Modules: ModuleSource {
    let texts: [String: String]

    func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
      guard case .name(let name) = reference, let text = texts[name] else {
        return .failure(.importFailed("no module"))
      }
      return .success(ModuleText(key: name, displayName: name, file: SourceFile(name: name + ".strat", text: text)))
    }
  }

  private static let most = NameLimit.standard

  private static func names(_ word: String, _ count: Int, _ prefix: String = "g") -> String {
    (0..<count).map { "\(word) \(prefix)\($0) = \($0)\n" }.joined()
  }

  /// The errors of a script.
  private static func errors(_ script: String, _ modules: [String: String] = [:]) -> [Diagnostic] {
    ModuleGraph.load(
      script: SourceFile(name: "main.strat", text: script), library: Running.library, source: Modules(texts: modules)
    ).diagnostics.filter { $0.severity == .error }
  }

  @Test(arguments: ["let", "state", "param"]) func theEdgeIsLetThroughAndOneMoreIsNot(_ word: String) throws {
    #expect(Self.errors(Self.names(word, Self.most)).isEmpty)
    let errors = Self.errors(Self.names(word, Self.most + 1))
    #expect(errors.map(\.code) == ["E0509"])
    #expect(errors.first?.message == "the program has more than 16384 names at the module level")
    guard case .source(let file, let span)? = errors.first?.location else {
      Issue.record("the error has a place")
      return
    }
    #expect(file.text(span) == "g16384")
  }

  @Test func namesOfModulesCount() {
    let half = Self.most / 2
    let script = "import one\nimport two\n" + Self.names("let", half / 2)
    let one = Self.names("let", half, "a")
    #expect(Self.errors(script, ["one": one, "two": Self.names("state", half / 2, "b")]).isEmpty)
    let errors = Self.errors(script, ["one": one, "two": Self.names("state", half / 2 + 1, "b")])
    #expect(errors.map(\.code) == ["E0509"])
    guard case .source(let file, let span)? = errors.first?.location else {
      Issue.record("the error has a place")
      return
    }
    #expect(file.name == "main.strat" && file.text(span) == "g\(half / 2 - 1)")
  }

  @Test func namesOfPatternsCountAndUnderscoresDoNot() {
    let pairs = (0..<Self.most / 2).map { "let [a\($0), b\($0), _] = [1, 2, 3]\n" }.joined()
    #expect(Self.errors(pairs + "let _ = 1\n").isEmpty)
    #expect(Self.errors(pairs + "let c = 1\n").map(\.code) == ["E0509"])
    // The lists that are taken apart have slots of their own, for which there is room.
    #expect(Running.run(pairs + "test \"t\" { print(a0 + b\(Self.most / 2 - 1)) }") == "3")
  }

  @Test func aSessionRefusesWhatIsTooMuchAndGoesOn() {
    let bench = PromptBench(modules: ["large": Self.names("let", Self.most + 1, "m")])
    bench.expect(("let x = 7", ""), (Self.names("let", Self.most), "!E0509"), ("x", "7"), ("g0", "!E0201"))
    bench.expect(("import large", "!E0509"), ("x + 1", "8"), ("let y = x", ""), ("y", "7"))
  }

  @Test func aMachineMakesRoomForTheProgramItIsGiven() {
    let machine = Machine(host: BareHost())
    #expect(machine.globals[1 << 20].isNone && machine.globals[-1].isNone)
    machine.globals[100_000] = Value(5)
    #expect(machine.globals[100_000].raw == 5 && machine.globals[99_999].isNone)
  }
}
