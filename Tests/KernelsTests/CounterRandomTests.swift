import Testing

@testable import Kernels

@Suite struct CounterRandomTests {
  /// The known answers of Random123 for philox4x32-10.
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
      SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0),
      SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ]) func philoxGivesItsKnownAnswers(_ counter: SIMD4<UInt32>, _ key: SIMD2<UInt32>, _ expected: SIMD4<UInt32>) {
    #expect(Philox.block(counter: counter, key: key) == expected)
  }

  @Test func everyPartOfTheKeyCounts() {
    let base = CounterRandom(seed: 1, day: 2, site: 3, count: 4)
    let others = [
      CounterRandom(seed: 2, day: 2, site: 3, count: 4), CounterRandom(seed: 1 << 40, day: 2, site: 3, count: 4),
      CounterRandom(seed: 1, day: -2, site: 3, count: 4), CounterRandom(seed: 1, day: 2, site: 4, count: 4),
      CounterRandom(seed: 1, day: 2, site: 3, count: 4 + 1 << 32),
    ]
    for other in others { #expect(other.bits != base.bits) }
    #expect(base.bits == CounterRandom(seed: 1, day: 2, site: 3, count: 4).bits)
  }

  @Test func numbersAreSpreadAsTheyShouldBe() {
    let draws = (0..<4000).map { CounterRandom(seed: 7, day: 19000, site: 1, count: $0) }
    let uniforms = draws.map(\.uniform)
    #expect(uniforms.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(Statistic.mean.reduce(uniforms) - 0.5) < 0.02)
    #expect(abs(Statistic.variance.reduce(uniforms) - 1.0 / 12) < 0.005)
    let normals = draws.map(\.normal)
    #expect(abs(Statistic.mean.reduce(normals)) < 0.05)
    #expect(abs(Statistic.deviation.reduce(normals) - 1) < 0.05)
    let choices = draws.map { $0.index(below: 5) }
    for choice in 0..<5 { #expect(abs(choices.filter { $0 == choice }.count - 800) < 120) }
  }
}
