import Diagnostics
import MarketModel
import Testing

@testable import Interpreter

/// Calls that would exhaust the host end with an error that names the limit.
@Suite struct HostileBuiltinsTests {
  private func bench(memory: Int = 1 << 20, steps: Int = 1_000_000) -> BuiltinBench {
    var limits = Limits()
    limits.memory = memory
    limits.steps = steps
    limits.string = min(limits.string, memory << 4)
    return BuiltinBench(limits: limits)
  }

  private func code(_ bench: BuiltinBench, _ work: () throws -> Void) -> String? {
    do { try work() } catch { return bench.machine.fault?.diagnostic.code }
    return nil
  }

  @Test func growingTexts() throws {
    let small = bench()
    let text = try small.value(.text(String(repeating: "a", count: 10_000)))
    let list = try small.machine.evaluation.list(capacity: 1_000)
    for _ in 0..<1_000 { try small.machine.evaluation.append(text, to: list) }
    #expect(code(small) { _ = try small.call("join", values: [list.value]) } == "E0502")
    let letter = try small.value("a")
    #expect(code(small) { _ = try small.call("replace", values: [text, letter, text]) } == "E0501")
    let roomy = bench(steps: 1 << 40)
    let texts = [try roomy.value(.text(String(repeating: "a", count: 10_000))), try roomy.value("a")]
    #expect(code(roomy) { _ = try roomy.call("replace", values: [texts[0], texts[1], texts[0]]) } == "E0507")
    let other = bench()
    #expect(other.result("split", [.text(String(repeating: "a", count: 10_000)), "b"]).utf8.count == 10_004)
  }

  @Test func slowSearches() throws {
    let small = bench(memory: 16 << 20)
    let text = try small.value(.text(String(repeating: "a", count: 1 << 20)))
    let part = try small.value(.text(String(repeating: "a", count: 1 << 19) + "b"))
    #expect(code(small) { _ = try small.call("contains", values: [text, part]) } == "E0501")
  }

  @Test func smallValuesThatPrintLong() throws {
    let small = bench(memory: 1 << 18, steps: 10_000_000)
    var value = try small.value([1, 2])
    for _ in 0..<40 { value = try small.machine.evaluation.pair(value, value) }
    #expect(code(small) { _ = try small.call("string", values: [value]) } == "E0507")
    let stingy = bench(memory: 1 << 30, steps: 10_000)
    var other = try stingy.value([1, 2])
    for _ in 0..<40 { other = try stingy.machine.evaluation.pair(other, other) }
    #expect(code(stingy) { _ = try stingy.call("index_of", values: [other, other]) } == nil)
    let twin = try stingy.machine.evaluation.pair(other, other)
    #expect(code(stingy) { _ = try stingy.call("approx", values: [twin, twin]) } == "E0501")
  }

  @Test func largeListsAndMatrices() throws {
    let small = bench()
    #expect(small.result("range", [1e14]) == "E0501")
    #expect(bench(steps: 1 << 60).result("range", [1e14]) == "E0506")
    #expect(bench().result("cov_matrix", [["A": .series([("2024-01-01", 1)])], 1e12]) == "[\"A\": [\"A\": na]]")
    let members = Sample.map(
      (0..<1_000).map { (.text("m\($0)"), .series([("2024-01-01", 1), ("2024-01-02", 2)])) })
    // A thousand members are a million covariances, of which none is made.
    #expect(bench(steps: 1 << 40).result("cov_matrix", [members, 2]) == "E0502")
    #expect(bench(memory: 1 << 30, steps: 1_000_000).result("cov_matrix", [members, 2]) == "E0501")
    #expect(bench().result("session_offset", [.day("2024-01-01"), -1e15]) == "E0401")
  }
}
