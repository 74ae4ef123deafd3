import MarketModel
import Testing

@testable import Interpreter

@Suite struct ListBuiltinsTests {
  @Test func editingMakesNewLists() throws {
    check("push", [[1], 2], "[1, 2]")
    check("pop", [[1, 2]], "[1]")
    check("pop", [[]], "E0404")
    check("insert", [[1, 3], 1, 2], "[1, 2, 3]")
    check("insert", [[1, 3], 2, 2], "[1, 3, 2]")
    check("insert", [[1, 3], -2, 2], "[2, 1, 3]")
    check("insert", [[1, 3], -3, 2], "E0404")
    check("insert", [[1, 3], 3, 2], "E0404")
    check("insert", [[1, 3], 0.5, 2], "E0401")
    check("insert", [[1], 1e300, 2], "E0404")
    check("remove", [[1, 2, 3], -1], "[1, 2]")
    check("remove", [[1, 2, 3], 3], "E0404")
    check("remove", [[], 0], "E0404")
    let bench = BuiltinBench()
    let list = try bench.value([1, 2])
    for name in ["reverse", "pop", "sort", "unique"] { _ = try bench.call(name, values: [list]) }
    _ = try bench.call("push", values: [list, Value(3)])
    #expect(try ValueText.text(list, bench.machine.evaluation) == "[1, 2]")
  }

  @Test func nestedListsStayWhatTheyWere() throws {
    let bench = BuiltinBench()
    let outer = try bench.value([[1], [2]])
    let copy = try bench.call("push", values: [outer, try bench.value([3])])
    #expect(copy.list?[0].list?.isShared == true)
    #expect(copy.list?[2].list?.isShared == true)
  }

  @Test func endsOfLists() {
    check("first", [[1, 2, 3]], "1")
    check("last", [[1, 2, 3], 2], "[2, 3]")
    check("last", [[1, 2, 3], 9], "[1, 2, 3]")
    check("first", [[1], 0], "[]")
    check("first", [[1], -1], "E0401")
    check("first", [[1], 1.5], "E0401")
    check("first", [[]], "E0404")
    check("len", ["né"], "2")
    check("len", [["A": 1]], "1")
    check("len", [nil], "E0301")
  }

  @Test func functionsOverItems() {
    let isLarge = Sample.one { Value($0.raw > 1) }
    check("map", [[1, 2], .one { Value($0.raw * 2) }], "[2, 4]")
    check("filter", [[1, 2, 3], isLarge], "[2, 3]")
    check("filter", [[1], .one { $0 }], "E0402")
    check("filter", [[1, .na], .one { $0.isMissing ? $0 : Value(true) }], "E0403")
    check("partition", [[1, 2, 3], isLarge], "[[2, 3], [1]]")
    check("reduce", [[1, 2, 3], .two { Value($0.raw - $1.raw) }, 10], "4")
    check("group_by", [[1, 2, 3], .one { Value($0.raw.truncatingRemainder(dividingBy: 2)) }], "[1: [1, 3], 0: [2]]")
    check("group_by", [[1], .one { _ in .none }], "E0406")
    check("map", [[1], .two { _, _ in .none }], "[none]")
  }

  @Test func quantifiersAreThreeValued() {
    check("any", [[false, .na]], "na")
    check("any", [[.na, true]], "true")
    check("all", [[true, .na]], "na")
    check("all", [[.na, false]], "false")
    check("any", [[]], "false")
    check("all", [[]], "true")
    check("any", [[1]], "E0402")
    check("any", [["A": true], nil], "true")
    check("all", [["A": 1, "B": 2], .two { _, v in Value(v.raw > 1) }], "false")
  }

  @Test func sortingIsStableWithMissingLast() {
    check("sort", [[3, .na, 1, 2]], "[1, 2, 3, na]")
    check("sort", [[3, .na, 1, 2], nil, true], "[3, 2, 1, na]")
    check("sort", [["b", "a", "é", "Z"]], "[\"Z\", \"a\", \"b\", \"é\"]")
    check("sort", [[.day("2024-01-02"), .day("2023-01-02")], nil, true], "[2024-01-02, 2023-01-02]")
    check("sort", [[.duration("3mo"), .duration("1y")], nil, true], "[1y, 3mo]")
    check("sort", [[.duration("3mo"), .duration("1d")]], "E0307")
    check("sort", [[[2, 1], [1, 5], [1]]], "[[1], [1, 5], [2, 1]]")
    check("sort", [[[1, .na], [1, 2]], nil, true], "[[1, 2], [1, na]]")
    check("sort", [[1, "a"]], "E0307")
    check("sort", [[[1], ["a"]]], "E0307")
    check("sort", [[true, false]], "E0307")
    check("sort", [[["A": 1], ["A": 2]]], "E0307")
    let firstItem = Sample.one { (value: Value) -> Value in value.list.map { $0[0] } ?? Value.none }
    check(
      "sort", [[[1, "x"], [2, "y"], [1, "z"]], firstItem],
      "[[1, \"x\"], [1, \"z\"], [2, \"y\"]]")
    check(
      "sort", [[[1, "x"], [2, "y"], [1, "z"]], firstItem, true],
      "[[2, \"y\"], [1, \"x\"], [1, \"z\"]]")
    let changesType = Sample.one { (value: Value) -> Value in value.raw > 2 ? Value(true) : value }
    check("sort", [[1, 2, 3], changesType], "E0307")
  }

  @Test func radixSortAgreesWithComparison() throws {
    let bench = BuiltinBench()
    var numbers: [Double] = []
    var state: UInt64 = 7
    for place in 0..<2_000 {
      state = StringRef.mix(state &+ 1)
      let number = Double(Int64(truncatingIfNeeded: state) % 1_000) / 7
      numbers.append(place % 50 == 0 ? .missing(.stale) : place % 3 == 0 ? -number * 1e200 : number)
    }
    for descending in [false, true] {
      let list = try bench.machine.evaluation.list(numbers.withUnsafeBufferPointer { $0 }).value
      let sorted = try bench.call("sort", values: [list, .none, Value(descending)])
      let present = numbers.filter { !$0.isNaN }.sorted { descending ? $0 > $1 : $0 < $1 }
      let found = (0..<numbers.count).map { sorted.list?[$0].raw ?? 0 }
      #expect(Array(found.prefix(present.count)) == present)
      #expect(found.dropFirst(present.count).allSatisfy { $0.missingReason == .stale })
    }
  }

  @Test func shapes() {
    check("reverse", [[1, 2, 3]], "[3, 2, 1]")
    check("unique", [[2, 1, 2, .na, .na, "a", "a", [1], [1], nil, nil, true]], "[2, 1, na, \"a\", [1], none, true]")
    check("flatten", [[[1], [2, [3]], 4]], "[1, 2, [3], 4]")
    check("zip", [[1, 2], ["a", "b"]], "[[1, \"a\"], [2, \"b\"]]")
    check("zip", [[1], []], "E0401")
    check("enumerate", [["a", "b"], 1], "[[1, \"a\"], [2, \"b\"]]")
    check("index_of", [["a", 1, .na], .na], "2")
    check("index_of", [["a", 1], 2], "none")
    check("dropna", [[1, .na]], "[1]")
  }

  @Test func ranges() {
    check("range", [3], "[0, 1, 2]")
    check("range", [-3], "[]")
    check("range", [2.5], "E0401")
    check("range", [1, 4], "[1, 2, 3]")
    check("range", [0, 1, 0.25], "[0, 0.25, 0.5, 0.75]")
    check("range", [0, 0.3, 0.1], "[0, 0.1, 0.2]")
    check("range", [3, 0, -1], "[3, 2, 1]")
    check("range", [3, 0], "[]")
    check("range", [0, 1, 0], "E0401")
    check("range", [0, .na], "E0401")
    check("range", [1e18], "E0401")
    check("range", [1e14], "E0501")
    check("range", [-1e308, 1e308], "E0401")
    check("range", [1e308, -1e308], "[]")
    check("range", [.na], "E0401")
  }
}
