import MarketModel
import Testing

@testable import Interpreter

@Suite struct MapBuiltinsTests {
  @Test func readingAndEditing() {
    check("keys", [["B": 1, "A": 2]], "[\"B\", \"A\"]")
    check("values", [["B": 1, "A": [2]]], "[1, [2]]")
    check("items", [["A": 1]], "[[\"A\", 1]]")
    check("has", [["A": 1], "A"], "true")
    check("has", [["A": 1], [1]], "E0301")
    check("get", [["A": 1], "B"], "none")
    check("get", [["A": 1], "B", 0], "0")
    check("get", [["A": 1], .na], "E0406")
    check("remove", [["A": 1, "B": 2], "A"], "[\"B\": 2]")
    check("remove", [["A": 1], "Z"], "[\"A\": 1]")
    check("merge", [["A": 1, "B": 2], ["C": 3, "A": 9]], "[\"A\": 9, \"B\": 2, \"C\": 3]")
  }

  @Test func functionsOverEntries() {
    check("map_values", [["A": 1], .two { key, _ in key }], "[\"A\": \"A\"]")
    check("map", [["A": 1, "B": 2], .one { Value($0.raw * 2) }], "[2, 4]")
    check("filter", [["A": 1, "B": -1], .one { Value($0.raw > 0) }], "[\"A\": 1]")
    check("filter", [["A": 1, "B": 2], .two { key, _ in Value(key.string?.text != "A") }], "[\"B\": 2]")
    check("reduce", [["A": 2, "B": 3], .two { Value($0.raw * $1.raw) }, 1], "6")
  }

  @Test func orderOfMaps() {
    check("sort", [["A": 2, "B": .na, "C": 1]], "[\"C\": 1, \"A\": 2, \"B\": na]")
    check("sort", [["A": 2, "B": .na, "C": 3], nil, true], "[\"C\": 3, \"A\": 2, \"B\": na]")
    check("sort", [["B": 1, "A": 1], .two { key, _ in key }], "[\"A\": 1, \"B\": 1]")
    check("sort", [["A": .series([("2024-01-01", 5)]), "B": 1]], "[\"B\": 1, \"A\": 5]")
    check("dropna", [["A": .na, "B": .series([("2024-01-01", 2)])]], "[\"B\": 2]")
  }
}

@Suite struct CrossSectionBuiltinsTests {
  private let scores: Sample = ["A": 1, "B": 3, "C": .na, "D": 3, "E": 2]

  @Test func selection() {
    check("top", [scores, 2], "[\"B\": 3, \"D\": 3]")
    check("top", [scores, 9], "[\"B\": 3, \"D\": 3, \"E\": 2, \"A\": 1]")
    check("bottom", [scores, 2], "[\"A\": 1, \"E\": 2]")
    check("top", [scores, nil, 0.5], "[\"B\": 3, \"D\": 3]")
    check("top", [scores, nil, 0.1], "[\"B\": 3]")
    check("top", [scores, 0], "[:]")
    check("top", [[:], nil, 0.5], "[:]")
    check("top", [scores], "E0401")
    check("top", [scores, 1, 0.5], "E0401")
    check("top", [scores, 1.5], "E0401")
    check("top", [scores, nil, 2], "E0401")
    check("top", [scores, .na], "E0401")
    check("top", [["A": "x"], 1], "E0301")
    check("top", [["A": .series([("2024-01-01", 2), ("2024-01-02", 7)]), "B": 3], 1], "[\"A\": 7]")
  }

  @Test func leftOutMembersAreNoted() {
    let bench = BuiltinBench()
    _ = bench.result("top", [scores, 1])
    _ = bench.result("demean", [["A": 1, "B": 2]])
    #expect(bench.machine.output.notes == ["`top` left out 1 member that is na"])
  }

  @Test func transformations() {
    check("demean", [["A": 1, "B": 3, "C": .na]], "[\"A\": -1, \"B\": 1]")
    check("demean", [["A": 0.1, "B": 0.1, "C": 0.1]], "[\"A\": 0, \"B\": 0, \"C\": 0]")
    check(
      "neutralize", [["A": 1, "B": 3, "C": 5, "D": 7], ["A": "x", "B": "x", "C": "y", "D": nil]],
      "[\"A\": -1, \"B\": 1, \"C\": 0]")
    check(
      "winsorize", [["A": 0, "B": 1, "C": 2, "D": 3, "E": 100], 0.25],
      "[\"A\": 1, \"B\": 1, \"C\": 2, \"D\": 3, \"E\": 3]")
    check("winsorize", [["A": 0], 0.6], "E0401")
    check("winsorize", [[:], 0.1], "[:]")
  }

  @Test func scaling() {
    check("scale", [["A": 1, "B": -3], 2], "[\"A\": 0.5, \"B\": -1.5]")
    check("normalize", [["A": 49]], "[\"A\": 1]")
    check("normalize", [["A": 0, "B": .na]], "[\"A\": 0]")
    check("normalize", [[:]], "[:]")
    check("normalize", [["A": 1e308, "B": 1e308]], "[\"A\": 0.5, \"B\": 0.5]")
    check("scale", [["A": 1], .na], "[\"A\": na]")
    check("equal_weight", [["A", "B", "A", "C", "D"]], "[\"A\": 0.25, \"B\": 0.25, \"C\": 0.25, \"D\": 0.25]")
    check("equal_weight", [["A": "x", "B": .na]], "[\"A\": 1]")
    check("equal_weight", [[]], "[:]")
    check("equal_weight", [[[1]]], "E0406")
  }

  @Test func ranksAndScores() {
    check("rank", [scores], "[\"A\": 1, \"B\": 3.5, \"D\": 3.5, \"E\": 2]")
    check("rank", [scores, true], "[\"A\": 0.25, \"B\": 0.875, \"D\": 0.875, \"E\": 0.5]")
    check("rank", [scores, false, true, "min"], "[\"A\": 4, \"B\": 1, \"D\": 1, \"E\": 3]")
    check("rank", [scores, false, true, "first"], "[\"A\": 4, \"B\": 1, \"D\": 2, \"E\": 3]")
    check("rank", [scores, false, false, "max"], "[\"A\": 1, \"B\": 4, \"D\": 4, \"E\": 2]")
    check("rank", [scores, false, false, "dense"], "[\"A\": 1, \"B\": 3, \"D\": 3, \"E\": 2]")
    check("rank", [scores, false, false, "best"], "E0401")
    check("zscore", [["A": 1, "B": 2, "C": 3]], "[\"A\": -1, \"B\": 0, \"C\": 1]")
    check("zscore", [["A": 0.1, "B": 0.1, "C": 0.1]], "[:]")
    check("zscore", [["A": 1]], "[:]")
  }

  @Test func covariances() {
    let a = Sample.series([("2024-01-01", 9), ("2024-01-02", 1), ("2024-01-03", 3)])
    let b = Sample.series([("2024-01-02", 2), ("2024-01-03", 1)])
    let short = Sample.series([("2024-01-03", 1)])
    let full = "[\"A\": [\"A\": 2, \"B\": -1], \"B\": [\"A\": -1, \"B\": 0.5]]"
    check("cov_matrix", [["A": a, "B": b], 2], full)
    check("cov_matrix", [["A": a, "B": b, "C": short], 2], full)
    check("cov_matrix", [["A": a, "B": b], 2, 1], "[\"A\": [\"A\": 2, \"B\": 0], \"B\": [\"A\": 0, \"B\": 0.5]]")
    check("cov_matrix", [["A": short], 2], "[\"A\": [\"A\": na]]")
    check("cov_matrix", [[:], 2], "[:]")
    check("cov_matrix", [["A": a], 0], "E0401")
    check("cov_matrix", [["A": a], 2, 1.5], "E0401")
    check("cov_matrix", [["A": 1], 2], "E0301")
    check("cov_matrix", [["A": a], 1], "[\"A\": [\"A\": na]]")
  }
}
