import Diagnostics
import Reporting
import Testing

/// The codes that are shown of so many problems, and what is said of those that are not.
private func shown(_ codes: [String]) -> ([String], [String]) {
  let list = DiagnosticList(
    codes.map { Diagnostic(DiagnosticRecord($0, "for this test", explanation: "It is made up."), "wrong") })
  return (list.shown.map(\.code), list.left)
}

private func many(_ code: String, _ count: Int) -> [String] { Array(repeating: code, count: count) }

@Suite struct DiagnosticListTests {
  @Test func errorsComeBeforeWarningsAndKeepTheirOrder() {
    #expect(shown(["W0201", "E0202", "W0203", "E0201"]) == (["E0202", "E0201", "W0201", "W0203"], []))
    #expect(shown(["W0201", "W0203"]) == (["W0201", "W0203"], []))
    #expect(shown([]) == ([], []))
  }

  @Test func noNumberOfWarningsHidesAnError() {
    let (codes, left) = shown(many("W0201", 200) + ["E0201"])
    #expect(codes == ["E0201"] + many("W0201", 10))
    #expect(left == ["… and 190 more warnings"])
    #expect(shown(many("W0201", 11) + ["E0201"]).1 == ["… and 1 more warning"])
    #expect(shown(many("W0201", 10) + ["E0201"]).1 == [])
  }

  @Test func aHundredAreShown() {
    #expect(shown(many("W0201", 100)).1 == [])
    #expect(shown(many("W0201", 101)) == (many("W0201", 100), ["… and 1 more warning"]))
    let (codes, left) = shown(many("W0201", 7) + many("E0201", 150))
    #expect(codes == many("E0201", 100))
    #expect(left == ["… and 50 more errors", "… and 7 more warnings"])
    #expect(shown(many("W0201", 7) + many("E0201", 96)).0 == many("E0201", 96) + many("W0201", 4))
  }
}
