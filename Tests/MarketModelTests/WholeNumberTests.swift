import MarketModel
import Testing

@Suite struct WholeNumberTests {
  @Test func wholeNumbersAreCutAtTheBound() {
    #expect(Int(whole: 3) == 3 && Int(whole: -3) == -3 && Int(whole: -0.0) == 0)
    #expect(Int(whole: 0x1p53) == Int.wholeBound && Int(whole: 0x1p53 - 1) == Int.wholeBound - 1)
    for large in [0x1p54, 0x1p63, 1e308, .infinity] {
      #expect(Int(whole: large) == Int.wholeBound && Int(whole: -large) == -Int.wholeBound)
    }
    for no in [0.5, -2.25, .nan, .leastNonzeroMagnitude] { #expect(Int(whole: no) == nil) }
  }

  @Test func aRangeRefusesWhatLiesOutside() {
    #expect(Int(whole: 5, in: 1...5) == 5 && Int(whole: 6, in: 1...5) == nil && Int(whole: 0, in: 1...5) == nil)
    #expect(Int(whole: 1.5, in: 1...5) == nil && Int(whole: .nan, in: 1...5) == nil)
    #expect(Int(whole: 0x1p53, in: 0...Int.wholeBound - 1) == nil)
  }

  @Test func cuttingTakesTheFractionOff() {
    #expect(Int(cut: 2.9) == 2 && Int(cut: -2.9) == -2 && Int(cut: .nan) == 0)
    #expect(Int(cut: 1e300) == Int.wholeBound && Int(cut: -.infinity) == -Int.wholeBound)
  }

  @Test func aDurationThatCannotBeCountedIsNone() {
    #expect(CalendarDuration("306783378w")?.count == 2_147_483_646)
    #expect(CalendarDuration("306783379w") == nil && CalendarDuration("999999999y") == nil)
    #expect(CalendarDuration("-999999999d")?.count == -999_999_999)
  }
}
