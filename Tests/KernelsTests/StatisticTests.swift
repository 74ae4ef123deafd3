import Kernels
import MarketModel
import Testing

@Suite struct StatisticTests {
  static let all: [Statistic] = [
    .sum, .mean, .median, .deviation, .variance, .populationDeviation, .minimum, .maximum, .quantile(0.05), .skewness,
    .kurtosis, .zscore, .rank(isFraction: false), .rank(isFraction: true), .weightedMean,
  ]

  @Test(arguments: ["close", "gaps"]) func agreeWithPandas(_ input: String) {
    let values = Reference.numbers("input." + input)
    let order: [Statistic] = [
      .sum, .mean, .median, .deviation, .variance, .populationDeviation, .minimum, .maximum, .quantile(0.05),
      .skewness, .kurtosis, .zscore, .rank(isFraction: false), .rank(isFraction: true),
    ]
    let found = order.map { statistic in values.withUnsafeBufferPointer { statistic.reducePresent($0) } }
    expectClose(found, Reference.numbers("whole." + input), input)
  }

  @Test(arguments: ["close", "gaps"]) func pairsAgreeWithPandas(_ input: String) {
    let y = Reference.numbers("input." + input)
    let x = Reference.numbers("input.other")
    let found = [PairStatistic.correlation, .covariance, .beta].map { statistic in
      y.withUnsafeBufferPointer { y in x.withUnsafeBufferPointer { statistic.reducePresent(y, $0) } }
    }
    expectClose(found, Reference.numbers("pair." + input), input)
  }

  @Test(
    arguments: [
      (Statistic.median, [3, 1, 2], 2), (.median, [4, 1, 3, 2], 2.5), (.sum, [], 0),
      (.deviation, [1, 3], 2.squareRoot()),
      (.rank(isFraction: false), [5, 1, 5], 2.5), (.rank(isFraction: true), [1, 2, 3, 4], 1),
      (.weightedMean, [1, 2, 3], 14.0 / 6), (.quantile(0.25), [1, 2, 3, 4, 5, 6], 2.25), (.zscore, [1, 2, 3], 1),
    ] as [(Statistic, [Double], Double)])
  func areAsDefined(_ statistic: Statistic, _ values: [Double], _ expected: Double) {
    expectClose([statistic.reduce(values)], [expected], relative: 1e-15)
  }

  @Test(arguments: [0.1, 1e-7, 123.456, -3e11, 1.1e-200]) func equalValuesDeviateByExactlyNothing(_ value: Double) {
    for count in 2...40 {
      let values = [Double](repeating: value, count: count)
      for statistic in [Statistic.deviation, .variance, .populationDeviation] {
        #expect(statistic.reduce(values) == 0)
      }
      #expect(Statistic.zscore.reduce(values).missingReason == .divisionByZero)
    }
    #expect(Statistic.skewness.reduce([value, value, value]).missingReason == .divisionByZero)
    #expect(Statistic.kurtosis.reduce([value, value, value, value]).missingReason == .divisionByZero)
  }

  @Test func tooFewNumbersAreInsufficientHistory() {
    for statistic in Self.all where statistic != .sum {
      #expect(statistic.reduce([]).missingReason == .insufficientHistory)
    }
    for statistic in [Statistic.deviation, .variance, .zscore] {
      #expect(statistic.reduce([1]).missingReason == .insufficientHistory)
    }
    #expect(Statistic.skewness.reduce([1, 2]).missingReason == .insufficientHistory)
    #expect(Statistic.kurtosis.reduce([1, 2, 4]).missingReason == .insufficientHistory)
  }

  @Test func beyondTheDoublesIsOverflow() {
    let huge = [1.7e308, 1.7e308, -1.7e308]
    for statistic in [Statistic.sum, .mean, .deviation, .variance, .zscore, .skewness] {
      #expect(statistic.reduce(huge).missingReason == .overflow, "\(statistic)")
    }
  }

  @Test func missingNumbersAreLeftOutOrMakeTheResultMissing() {
    let values = [1, .missing(.stale), 3, .missing(.noPrices)]
    values.withUnsafeBufferPointer { values in
      #expect(Statistic.mean.reducePresent(values) == 2)
      #expect(Statistic.mean.reduceStrictly(values).missingReason == .stale)
      #expect(Statistic.zscore.reducePresent(values).missingReason == .noPrices)
    }
  }

  @Test func correlationStaysWithinItsBounds() {
    var values = Reference.numbers("input.close")
    values.withUnsafeBufferPointer { #expect(PairStatistic.correlation.reduce($0, $0) == 1) }
    let mirrored = values.map { -3 * $0 }
    values.withUnsafeBufferPointer { x in
      mirrored.withUnsafeBufferPointer { #expect(PairStatistic.correlation.reduce(x, $0) == -1) }
    }
    values = values.map { _ in 0.1 }
    mirrored.withUnsafeBufferPointer { x in
      values.withUnsafeBufferPointer {
        #expect(PairStatistic.correlation.reduce(x, $0).missingReason == .divisionByZero)
        #expect(PairStatistic.covariance.reduce(x, $0) == 0)
        #expect(PairStatistic.beta.reduce(x, $0).missingReason == .divisionByZero)
      }
    }
  }
}
