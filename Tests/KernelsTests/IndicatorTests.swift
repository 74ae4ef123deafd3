import Kernels
import MarketModel
import Testing

@Suite struct IndicatorTests {
  private static let close = Reference.numbers("input.close")
  private static let high = Reference.numbers("input.high")
  private static let low = Reference.numbers("input.low")

  /// Runs `body` over bars and gives what it writes.
  private func overBars(
    _ high: [Double] = high, _ low: [Double] = low, _ close: [Double] = close,
    _ body: (Bars, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    high.withUnsafeBufferPointer { high in
      low.withUnsafeBufferPointer { low in
        close.withUnsafeBufferPointer { close in
          guard let h = high.baseAddress, let l = low.baseAddress, let c = close.baseAddress else { return [] }
          return filled(close.count) { body(Bars(high: h, low: l, close: c, count: close.count), $0) }
        }
      }
    }
  }

  private func rsi(_ length: Int, _ values: [Double]) -> [Double] {
    filled(values.count) { RelativeStrength.fill(length: length, source: values, count: values.count, into: $0) }
  }

  @Test(arguments: [2, 5, 14]) func agreeWithTALib(_ length: Int) {
    expectClose(rsi(length, Self.close), Reference.numbers("rsi.\(length)"), "rsi")
    let range = overBars { AverageTrueRange.fill(length: length, bars: $0, into: $1) }
    expectClose(range, Reference.numbers("atr.\(length)"), "atr")
    let direction = overBars { DirectionalIndex.fill(length: length, bars: $0, into: $1) }
    expectClose(direction, Reference.numbers("adx.\(length)"), "adx")
  }

  @Test func stochasticAgreesWithTALib() {
    let k = overBars { bars, out in
      _ = filled(bars.count) { Stochastic.fill(length: 14, smooth: 3, signal: 3, bars: bars, k: out, d: $0) }
    }
    let d = overBars { bars, out in
      _ = filled(bars.count) { Stochastic.fill(length: 14, smooth: 3, signal: 3, bars: bars, k: $0, d: out) }
    }
    expectClose(k, Reference.numbers("stoch.k"), "k")
    expectClose(d, Reference.numbers("stoch.d"), "d")
  }

  @Test func firstValuesStandWhereTheyShould() {
    #expect(rsi(14, Self.close).firstIndex { !$0.isNaN } == 14)
    #expect(overBars { AverageTrueRange.fill(length: 14, bars: $0, into: $1) }.firstIndex { !$0.isNaN } == 14)
    #expect(overBars { DirectionalIndex.fill(length: 14, bars: $0, into: $1) }.firstIndex { !$0.isNaN } == 27)
  }

  @Test func missingBarsLeaveTheState() {
    let places = [3, 20, 21, 70]
    var gone = (Self.high, Self.low, Self.close)
    for place in places {
      gone.0[place] = .missing(.badValue)
      gone.2[place] = .missing(.missingBar)
    }
    let kept = Self.close.indices.filter { !places.contains($0) }
    let fills: [(Bars, UnsafeMutablePointer<Double>) -> Void] = [
      { AverageTrueRange.fill(length: 5, bars: $0, into: $1) },
      { DirectionalIndex.fill(length: 5, bars: $0, into: $1) },
    ]
    for fill in fills {
      let holed = overBars(gone.0, gone.1, gone.2, fill)
      let dense = overBars(kept.map { Self.high[$0] }, kept.map { Self.low[$0] }, kept.map { Self.close[$0] }, fill)
      expectSameBits(kept.map { holed[$0] }, dense)
      #expect(places.allSatisfy { holed[$0].missingReason == .badValue })
    }
    expectSameBits(kept.map { rsi(5, gone.2)[$0] }, rsi(5, kept.map { Self.close[$0] }))
  }

  @Test func noMovementHasNoStrength() {
    #expect(rsi(3, [5, 5, 5, 5, 5]).last?.missingReason == .divisionByZero)
    #expect(rsi(3, [5, 6, 7, 8, 9]).last == 100)
    #expect(rsi(3, [9, 8, 7, 6, 5]).last == 0)
    let flat = [Double](repeating: 5, count: 8)
    let k = overBars(flat, flat, flat) { bars, out in
      _ = filled(8) { Stochastic.fill(length: 3, smooth: 1, signal: 1, bars: bars, k: out, d: $0) }
    }
    #expect(k.last?.missingReason == .divisionByZero)
  }
}
