import Diagnostics
import MarketModel
import Testing

@testable import Interpreter

@Suite struct ComparisonTests {
  /// Checks `left == right`: "yes", "no", "missing" or the code of the error.
  private func equal(
    _ left: Sample, _ right: Sample, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let bench = BuiltinBench()
    let found = outcome(bench) { () throws(Trap) in
      try Equality.equal(try bench.value(left), try bench.value(right), bench.machine.evaluation)
    }
    #expect(found == expected, sourceLocation: sourceLocation)
  }

  private func compare(
    _ left: Sample, _ operation: OrderOperator, _ right: Sample, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let bench = BuiltinBench()
    let found = outcome(bench) { () throws(Trap) in
      try Ordering.compare(operation, try bench.value(left), try bench.value(right), bench.machine.evaluation)
    }
    #expect(found == expected, sourceLocation: sourceLocation)
  }

  private func outcome(_ bench: BuiltinBench, _ work: () throws(Trap) -> Truth) -> String {
    do { return "\(try work())" } catch { return bench.machine.fault?.diagnostic.code ?? "no fault" }
  }

  @Test func equalityIsStructural() {
    equal(1, 1, "yes")
    equal(0, -0.0, "yes")
    equal(1, .na, "missing")
    equal(true, .na, "missing")
    equal([1, .na], [1, .na], "yes")
    equal([1, .na], [1, 2], "no")
    equal([1], [1, 2], "no")
    equal(["A": 1, "B": [2]], ["B": [2], "A": 1], "yes")
    equal(["A": 1], ["B": 1], "no")
    equal("a", "a", "yes")
    equal("é", "e\u{301}", "no")
    equal(.day("2024-01-01"), .day("2024-01-01"), "yes")
    equal(.duration("1y"), .duration("12mo"), "yes")
    equal(.duration("1mo"), .duration("30d"), "E0306")
    equal(nil, nil, "yes")
    equal(nil, 1, "no")
    equal([nil], [1], "no")
    equal(1, "1", "E0306")
    equal([1], ["1"], "E0306")
    equal(.series([("2024-01-01", 1), ("2024-01-02", 5)]), 5, "yes")
    equal(.one { $0 }, .one { $0 }, "E0306")
    equal(.one { $0 }, nil, "no")
  }

  @Test func order() {
    compare(1, .less, 2, "yes")
    compare(2, .lessOrEqual, 2, "yes")
    compare(2, .greater, 2, "no")
    compare(.na, .greaterOrEqual, 2, "missing")
    compare("Z", .less, "a", "yes")
    compare("z", .less, "é", "yes")
    compare(.day("2024-01-01"), .less, .day("2024-01-02"), "yes")
    compare(.duration("1y"), .greater, .duration("3mo"), "yes")
    compare(.duration("1y"), .greater, .duration("3d"), "E0307")
    compare(.series([("2024-01-01", 5)]), .greater, 4, "yes")
    compare(.series([]), .greater, 4, "missing")
    compare(1, .less, "a", "E0307")
    compare(nil, .less, .day("2024-01-01"), "E0307")
    compare([1], .less, [2], "E0307")
    compare(true, .less, false, "E0307")
  }

  @Test func membership() throws {
    let bench = BuiltinBench()
    func contains(_ container: Sample, _ item: Sample) throws -> Bool {
      try Membership.contains(try bench.value(container), try bench.value(item), bench.machine.evaluation)
    }
    #expect(try contains(["a", 1], 1))
    #expect(try !contains(["a", 1], "1"))
    #expect(try contains([1, .na], .na))
    #expect(try contains([[1, 2]], [1, 2]))
    #expect(try contains(["A": 1], "A"))
    #expect(try contains("momentum", "ment"))
    #expect(throws: Trap.self) { try contains(.series([]), 1) }
    #expect(throws: Trap.self) { try contains("a", 1) }
    #expect(throws: Trap.self) { try contains(["A": 1], [1]) }
  }

  @Test func deepValuesEndAtALimit() throws {
    let bench = BuiltinBench()
    let evaluation = bench.machine.evaluation
    func nested(_ depth: Int) throws -> Value {
      var value = Value(1)
      for _ in 0..<depth {
        let list = try evaluation.list(capacity: 1)
        try evaluation.append(value, to: list)
        value = list.value
      }
      return value
    }
    #expect(try Equality.equal(try nested(900), try nested(900), evaluation) == .yes)
    let deep = [try nested(100_000), try nested(100_000)]
    #expect(throws: Trap.self) { try Equality.equal(deep[0], deep[1], evaluation) }
    #expect(bench.machine.fault?.diagnostic.code == "E0503")
    let pair = try evaluation.pair(deep[0], deep[1])
    for name in ["sort", "unique"] {
      #expect(throws: Trap.self) { try bench.call(name, values: [pair]) }
      #expect(bench.machine.fault?.diagnostic.code == "E0503")
    }
    #expect(throws: Trap.self) { try bench.call("approx", values: deep) }
    #expect(try ValueText.text(deep[0], evaluation).utf8.count < 200)
  }
}
