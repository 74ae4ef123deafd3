import Kernels
import MarketModel
import Testing

@Suite struct CrossSectionTests {
  private static let ties = Reference.numbers("input.ties")

  @Test(arguments: Ranking.Ties.allCases) func ranksAgreeWithPandas(_ ties: Ranking.Ties) {
    for (isDescending, word) in [(false, "True"), (true, "False")] {
      let ranking = Ranking(ties: ties, isDescending: isDescending)
      let found = Self.ties.withUnsafeBufferPointer { keys in filled(keys.count) { ranking.fill(keys, into: $0) } }
      #expect(found == Reference.numbers("ranks.\(ties.rawValue).\(word)"))
    }
  }

  @Test func missingMembersAreUnranked() {
    let keys = [3, .missing(.stale), 1, 3]
    let found = keys.withUnsafeBufferPointer { keys in
      filled(4) { Ranking(isFraction: true).fill(keys, into: $0) }
    }
    #expect(found[0] == 2.5 / 3 && found[2] == 1.0 / 3)
    #expect(found[1].missingReason == .stale)
  }

  @Test func topKeepsTheOrderOfTies() {
    Self.ties.withUnsafeBufferPointer { keys in
      #expect(TopSelection.indices(keys, count: 9).map(Double.init) == Reference.numbers("nlargest"))
      #expect(TopSelection.indices(keys, count: 9, isBottom: true).map(Double.init) == Reference.numbers("nsmallest"))
      #expect(TopSelection.indices(keys, count: 0).isEmpty)
    }
  }

  @Test func fewAndManyAreSelectedAlike() {
    let keys = (0..<500).map { (place: Int) -> Double in
      if place % 31 == 0 { return .missing(.stale) }
      return Double(place * 7919 % 211) / 7 - 9
    }
    keys.withUnsafeBufferPointer { keys in
      for isBottom in [false, true] {
        let all = TopSelection.indices(keys, count: 1000, isBottom: isBottom)
        #expect(all.count == keys.filter { !$0.isNaN }.count)
        for count in [1, 5, 64, 65, 200] {
          #expect(TopSelection.indices(keys, count: count, isBottom: isBottom) == Array(all.prefix(count)))
        }
      }
    }
    #expect([0.1, 0.29, 0.001, 1].map { TopSelection.count(fraction: $0, of: 100) } == [10, 28, 1, 100])
  }

  @Test(arguments: [3, 20, 48, 49, 400]) func sortingIsStableWithMissingNumbersLast(_ count: Int) {
    let keys = (0..<count).map { (place: Int) -> Double in
      if place % 13 == 4 { return .missing(.stale) }
      let level = Double(place * 7919 % 23 - 11)
      return place % 2 == 0 ? level : level / 4
    }
    for isDescending in [false, true] {
      let present = keys.indices.filter { !keys[$0].isNaN }
      let sorted = present.sorted { (a: Int, b: Int) -> Bool in
        if keys[a] == keys[b] { return a < b }
        return isDescending ? keys[a] > keys[b] : keys[a] < keys[b]
      }
      let expected = sorted + keys.indices.filter { keys[$0].isNaN }
      #expect(SortedOrder.permutation(keys, isDescending: isDescending) == expected)
      var values = keys
      values.withUnsafeMutableBufferPointer { SortedOrder.sort($0, isDescending: isDescending) }
      expectSameBits(values, expected.map { keys[$0] })
    }
    #expect(SortedOrder.permutation([0, -0.0, 0, -1], isDescending: false) == [3, 0, 1, 2])
    #expect(SortedOrder.permutation([-0.0, 0, 1], isDescending: true) == [2, 0, 1])
  }

  @Test func quantilesAreNumpys() {
    Reference.numbers("input.close").withUnsafeBufferPointer { values in
      #expect(Quantile.values(values, [0, 0.05, 0.25, 0.5, 0.61, 0.95, 1]) == Reference.numbers("quantiles"))
      let bounds = CrossSection.winsorBounds(values, p: 0.05)
      #expect([bounds.low, bounds.high] == Quantile.values(values, [0.05, 0.95]))
    }
  }

  @Test func membersStandAgainstTheirMean() {
    let values = [1.0, 2, 3, 6]
    values.withUnsafeBufferPointer { values in
      expectClose(filled(4) { CrossSection.demean(values, into: $0) }, [-2, -1, 0, 3])
      let scores = filled(4) { CrossSection.zscores(values, into: $0) }
      expectClose(scores, [-2, -1, 0, 3].map { $0 / (14.0 / 3).squareRoot() })
      #expect(CrossSection.gross(values) == 12)
    }
    let equal = [0.1, 0.1, 0.1]
    equal.withUnsafeBufferPointer { values in
      #expect(filled(3) { CrossSection.demean(values, into: $0) } == [0, 0, 0])
      #expect(
        filled(3) { CrossSection.zscores(values, into: $0) }.reasons == [
          .divisionByZero, .divisionByZero, .divisionByZero,
        ])
    }
  }
}
