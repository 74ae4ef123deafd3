import MarketModel

/// Exponentially weighted mean and deviation after pandas `ewm` (`ignore_na=False`, `bias=False`).
///
/// With `isAdjusted` the weights are (1 − alpha)^k over their sum; without, the recursion y = (1 − alpha) y + alpha x. A
/// missing number ages the weights and shows the value before it, as in pandas.
public struct ExponentialMoments: Sendable {
  /// The weight of the newest observation, in (0, 1].
  public let alpha: Double
  /// Whether the weights are divided by their sum.
  public let isAdjusted: Bool
  /// From so many present observations on there is a value.
  public let minObservations: Int

  /// A weighting; `alpha` in (0, 1].
  public init(alpha: Double, isAdjusted: Bool = true, minObservations: Int = 1) {
    precondition(alpha > 0 && alpha <= 1, "alpha lies in (0, 1]")
    self.alpha = alpha
    self.isAdjusted = isAdjusted
    self.minObservations = max(1, minObservations)
  }

  /// alpha = 2 / (span + 1), span ≥ 1.
  public static func alpha(span: Double) -> Double { 2 / (span + 1) }

  /// alpha = 1 − exp(−log 2 / halflife), halflife > 0.
  public static func alpha(halflife: Double) -> Double {
    1 - ElementaryFunctions.exp(-0.693147180559945309417232121458176568 / halflife)
  }

  /// Fills `out[0..<count]` with the weighted mean.
  public func fillMean(source: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>) {
    run(source, count, out) { $0.mean.settled }
  }

  /// Fills `out[0..<count]` with the weighted standard deviation, corrected for bias; a first value has none.
  public func fillDeviation(source: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>) {
    run(source, count, out) { state in
      let numerator = state.weights * state.weights
      let denominator = numerator - state.squaredWeights
      guard state.seen >= 2 && denominator > 0 else { return .missing(.insufficientHistory) }
      return (numerator / denominator * state.variance).squareRoot().settled
    }
  }

  private struct State {
    var mean = 0.0
    var variance = 0.0
    var weights = 1.0
    var squaredWeights = 1.0
    var oldWeight = 1.0
    var seen = 0
  }

  @inline(__always) private func run(
    _ source: UnsafePointer<Double>, _ count: Int, _ out: UnsafeMutablePointer<Double>, _ result: (State) -> Double
  ) {
    var state = State()
    for index in 0..<count {
      let value = source[index]
      if state.seen > 0 { age(&state) }
      if !value.isNaN { add(value, to: &state) }
      if state.seen >= minObservations {
        out[index] = result(state)
      } else {
        out[index] = value.isNaN ? value : .missing(.insufficientHistory)
      }
    }
  }

  private func age(_ state: inout State) {
    let kept = 1 - alpha
    state.weights *= kept
    state.squaredWeights *= kept * kept
    state.oldWeight *= kept
  }

  private func add(_ value: Double, to state: inout State) {
    state.seen += 1
    if state.seen == 1 {
      state.mean = value
      return
    }
    let newWeight = isAdjusted ? 1 : alpha
    let total = state.oldWeight + newWeight
    let oldMean = state.mean
    state.mean = oldMean + newWeight / total * (value - oldMean)
    let drift = oldMean - state.mean
    let distance = value - state.mean
    state.variance = (state.oldWeight * (state.variance + drift * drift) + newWeight * (distance * distance)) / total
    state.weights += newWeight
    state.squaredWeights += newWeight * newWeight
    state.oldWeight = total
    if !isAdjusted {
      state.weights /= total
      state.squaredWeights /= total * total
      state.oldWeight = 1
    }
  }
}
