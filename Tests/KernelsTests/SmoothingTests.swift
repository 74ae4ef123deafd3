import Kernels
import MarketModel
import Testing

@Suite struct SmoothingTests {
  private func ema(_ span: Double, _ values: [Double]) -> [Double] {
    filled(values.count) { ExponentialMean.fill(span: span, source: values, count: values.count, into: $0) }
  }

  @Test func exponentialMeanAgreesWithPandas() {
    expectClose(ema(12, Reference.numbers("input.close")), Reference.numbers("ema.close.12"))
  }

  @Test func missingNumbersLeaveTheExponentialMeansState() {
    let gaps = Reference.numbers("input.gaps")
    let found = ema(12, gaps)
    expectClose(zip(found, gaps).filter { !$1.isNaN }.map(\.0), Reference.numbers("ema.dropped.12"))
    expectSameBits(zip(found, gaps).filter { $1.isNaN }.map(\.0), gaps.filter(\.isNaN))
    #expect(ema(2, [1, 2, .missing(.stale), 3]).reasons == [.insufficientHistory, nil, .stale, nil])
  }

  @Test func equalValuesSmoothToThemselves() {
    #expect(ema(3, [0.1, 0.1, 0.1, 0.1, 0.1])[2...].allSatisfy { $0 == 0.1 })
  }

  @Test(arguments: ["close", "gaps"]) func exponentialMomentsAgreeWithPandas(_ input: String) {
    let values = Reference.numbers("input." + input)
    let alphas = [
      ("span10", ExponentialMoments.alpha(span: 10)), ("halflife3", ExponentialMoments.alpha(halflife: 3)),
      ("alpha0.3", 0.3),
    ]
    for (label, alpha) in alphas {
      for (isAdjusted, word) in [(true, "True"), (false, "False")] {
        let moments = ExponentialMoments(alpha: alpha, isAdjusted: isAdjusted)
        let key = "\(input).\(label).\(word)"
        let mean = filled(values.count) { moments.fillMean(source: values, count: values.count, into: $0) }
        expectClose(mean, Reference.numbers("ewmmean." + key), key)
        let deviation = filled(values.count) { moments.fillDeviation(source: values, count: values.count, into: $0) }
        expectClose(deviation, Reference.numbers("ewmstd." + key), key)
      }
    }
    let late = ExponentialMoments(alpha: ExponentialMoments.alpha(span: 10), minObservations: 5)
    let found = filled(values.count) { late.fillMean(source: values, count: values.count, into: $0) }
    expectClose(found, Reference.numbers("ewmmean5." + input), input)
  }

  @Test func exponentialDeviationOfEqualValuesIsNothing() {
    let values = [0.1, 0.1, .missing(.stale), 0.1, 0.1]
    let found = filled(5) { ExponentialMoments(alpha: 0.3).fillDeviation(source: values, count: 5, into: $0) }
    #expect(found[0].missingReason == .insufficientHistory)
    #expect(found[1...].allSatisfy { $0 == 0 })
  }
}
