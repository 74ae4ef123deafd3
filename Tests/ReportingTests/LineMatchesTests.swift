import Testing

@testable import Reporting

/// The pairs of two texts whose lines are the characters of two words, checked against what pairs must be.
private func matches(_ old: [Substring], _ new: [Substring]) -> [LineMatches.Pair] {
  let pairs = LineMatches(old, new).pairs
  for pair in pairs { #expect(old[pair.old] == new[pair.new]) }
  for (before, after) in zip(pairs, pairs.dropFirst()) {
    #expect(before.old < after.old && before.new < after.new)
  }
  return pairs
}

private func lines(_ word: String) -> [Substring] { word.map { Substring(String($0)) } }

/// The most pairs there can be, straight from the definition.
private func most(_ old: [Substring], _ new: [Substring]) -> Int {
  var row = [Int](repeating: 0, count: new.count + 1)
  for line in old {
    let above = row
    for (place, other) in new.enumerated() {
      row[place + 1] = line == other ? above[place] + 1 : max(above[place + 1], row[place])
    }
  }
  return row[new.count]
}

@Test func linesThatStayAreAsManyAsThereCanBe() {
  var state: UInt64 = 1
  func next(_ bound: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % bound
  }
  for _ in 0..<400 {
    let kinds = 1 + next(6)
    let old = (0..<next(30)).map { _ in Substring(String(next(kinds))) }
    let new = (0..<next(30)).map { _ in Substring(String(next(kinds))) }
    #expect(matches(old, new).count == most(old, new))
  }
}

@Test func wordsOfTheLiteratureAreMatchedAsThere() {
  #expect(matches(lines("ABCABBA"), lines("CBABAC")).count == 4)
  #expect(matches([], lines("AB")).isEmpty)
  #expect(matches(lines("AB"), []).isEmpty)
  #expect(matches(lines("AB"), lines("AB")).count == 2)
}

@Test func textsThatDifferInEveryOtherLineKeepTheOthers() {
  let old = (0..<20_000).map { Substring($0 % 2 == 0 ? "same \($0)" : "old \($0)") }
  let new = (0..<20_000).map { Substring($0 % 2 == 0 ? "same \($0)" : "new \($0)") }
  #expect(matches(old, new).count == 10_000)
}

@Test func textsOfLinesThatAreAllAlikeAreMatchedInOnePass() {
  let old = (0..<20_000).map { Substring($0 % 2 == 0 ? "a" : "b") }
  let new = [Substring](repeating: "b", count: 20_000)
  #expect(matches(old, new).count == 10_000)
  #expect(matches([Substring](repeating: "", count: 80_000), [""]).count == 1)
}

@Test func aLongDiffNumbersItsHunksByTheLinesBeforeThem() {
  let old = (0..<200).map { "line \($0)" }
  var new = old
  new[50] = "another"
  new.remove(at: 150)
  let diff = UnifiedDiff(Terminal()).lines(
    from: old.joined(separator: "\n") + "\n", to: new.joined(separator: "\n") + "\n", name: "a.strat")
  #expect(diff.filter { $0.hasPrefix("@@") } == ["@@ -48,7 +48,7 @@", "@@ -148,7 +148,6 @@"])
}

@Test func aCarriageReturnIsAPartOfItsLine() {
  let diff = UnifiedDiff(Terminal()).lines(from: "a\r\nb\n", to: "a\nb\n", name: "a.strat")
  #expect(diff.suffix(3) == ["-a\r", "+a", " b"])
}
