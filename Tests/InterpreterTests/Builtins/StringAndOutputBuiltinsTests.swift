import MarketModel
import Testing

@testable import Interpreter

@Suite struct StringBuiltinsTests {
  @Test func changingTexts() {
    check("upper", ["straße"], "STRASSE")
    check("lower", ["SPY"], "spy")
    check("trim", [" \u{3000}a b\n"], "a b")
    check("trim", ["  "], "")
    check("replace", ["a-b-", "-", "+"], "a+b+")
    check("replace", ["aaa", "aa", "b"], "ba")
    check("replace", ["a", "x", "y"], "a")
    check("replace", ["a", "", "y"], "E0401")
    check("split", ["a,b,,c", ","], "[\"a\", \"b\", \"\", \"c\"]")
    check("split", ["", ","], "[\"\"]")
    check("split", ["ab", ""], "E0401")
    check("join", [["a", "b"], ", "], "a, b")
    check("join", [[], ","], "")
    check("join", [["a", 1]], "E0301")
  }

  @Test func askingTexts() {
    check("contains", ["momentum", "men"], "true")
    check("contains", ["momentum", "x"], "false")
    check("contains", ["", ""], "true")
    check("starts_with", ["SPY.US", "SPY"], "true")
    check("ends_with", ["SPY.US", ".US"], "true")
    check("ends_with", ["US", "SPY.US"], "false")
  }

  @Test func conversions() {
    check("number", ["1.5e3"], "1500")
    check("number", [" -2\n"], "-2")
    check("number", ["1e999"], "na")
    check("number", ["0x10"], "na")
    check("number", ["nan"], "na")
    check("number", [""], "na")
    check("string", [[1, "a", nil]], "[1, \"a\", none]")
    check("format", [3.14159, ".2f"], "3.14")
    check("format", [1, "?"], "E0401")
  }
}

@Suite struct OutputBuiltinsTests {
  @Test func printsAndNotes() {
    let bench = BuiltinBench()
    _ = bench.result("print", ["vol", 0.25, [1, "a"]])
    _ = bench.result("print", [])
    _ = bench.result("note", ["thin"])
    #expect(bench.machine.output.printed == ["vol 0.25 [1, \"a\"]", ""])
    #expect(bench.machine.output.notes == ["thin"])
    check("error", ["no data"], "E0409")
  }

  @Test func outputIsLimited() {
    var limits = Limits()
    limits.output = 8
    limits.tracks = 2
    let bench = BuiltinBench(limits: limits)
    #expect(bench.result("print", ["1234567"]) == "none")
    #expect(bench.result("print", [""]) == "E0504")
    let other = BuiltinBench(limits: limits)
    #expect(other.result("plot", ["a", 1]) == "none")
    #expect(other.result("plot", ["b", 1]) == "none")
    #expect(other.result("plot", ["a", 2]) == "none")
    #expect(other.machine.output.tracks.map(\.value) == [2, 1])
    #expect(other.result("plot", ["c", 1]) == "E0504")
  }
}

@Suite struct RandomBuiltinsTests {
  @Test func countsAtItsPlace() {
    let bench = BuiltinBench()
    let first = bench.result("random", [])
    let second = bench.result("random", [])
    #expect(first != second)
    bench.machine.begin(asOf: Day(iso: "2024-06-28"))
    #expect(bench.result("random", []) == first)
    bench.machine.begin(asOf: Day(iso: "2024-06-27"))
    #expect(bench.result("random", []) != first)
    bench.machine.seed = 1
    bench.machine.begin(asOf: Day(iso: "2024-06-28"))
    #expect(bench.result("random", []) != first)
    check("choice", [[7]], "7")
    check("choice", [[]], "E0404")
  }
}

@Suite struct TestingBuiltinsTests {
  @Test func closeness() {
    check("approx", [0.3, 0.30000000000000004], "true")
    check("approx", [1, 1.1], "false")
    check("approx", [1, 1.1, 0.2], "true")
    check("approx", [0, 1e-13], "true")
    check("approx", [.na, .na], "true")
    check("approx", [.na, 1], "false")
    check("approx", [1e308, -1e308], "false")
    check("approx", [[1, [.na, "a"]], [1, [.na, "a"]]], "true")
    check("approx", [["A": 1, "B": 2], ["B": 2, "A": 1]], "true")
    check("approx", [["A": 1], ["B": 1]], "false")
    check("approx", [1, "1"], "E0306")
    check("approx", [1, nil], "false")
    check("approx", [1, 1, -1], "E0401")
  }

  @Test func failuresAreSwallowedButLimitsAreNot() {
    let bench = BuiltinBench()
    let context = bench.machine.context
    let failing = NativeFunction(count: 0) { _, evaluation in
      context.pointee.depth += 5
      context.pointee.asOf = 0
      throw evaluation.fail(.wrongArgument("no"))
    }
    #expect(bench.result("fails", [.function(failing)]) == "true")
    #expect(context.pointee.depth == 0)
    #expect(bench.machine.asOf == Day(iso: "2024-06-28"))
    #expect(bench.machine.fault == nil)
    #expect(bench.result("fails", [.function(NativeFunction(count: 0) { _, _ in Value(1) })]) == "false")
    let hungry = NativeFunction(count: 0) { _, evaluation in
      try evaluation.charge(1 << 50)
      return Value(1)
    }
    #expect(bench.result("fails", [.function(hungry)]) == "E0501")
  }
}
