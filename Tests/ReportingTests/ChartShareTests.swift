import Reporting
import Testing

@Suite struct ChartShareTests {
  private let most = Double.greatestFiniteMagnitude

  @Test func aShareLiesBetweenTheBounds() {
    #expect(ChartShare.of(5, from: 0, to: 10) == 0.5 && ChartShare.of(-1, from: 0, to: 10) == 0)
    #expect(ChartShare.of(11, from: 0, to: 10) == 1 && ChartShare.of(3, from: 10, to: 0) == 0.7)
    #expect(ChartShare.of(.nan, from: 0, to: 10) == 0 && ChartShare.of(1, from: 1, to: 1) == 0)
  }

  @Test func boundsMayLieFartherApartThanADoubleCanSay() {
    #expect(ChartShare.of(0, from: -most, to: most) == 0.5 && ChartShare.of(most, from: -most, to: most) == 1)
    #expect(ChartShare.cell(most, from: -most, to: most, of: 8) == 7)
    #expect(ChartShare.cell(-most, from: -most, to: most, of: 8) == 0)
    #expect(ChartShare.cell(.infinity, from: -.infinity, to: .infinity, of: 8) == 0)
    #expect(ChartShare.value(0.5, from: -most, to: most) == 0 && ChartShare.value(1, from: -most, to: most) == most)
    #expect(ChartShare.around(most).high == most && ChartShare.around(-most).low == -most)
  }
}
