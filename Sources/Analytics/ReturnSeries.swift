import MarketModel

/// A run's returns and what several metrics share, computed once.
public struct ReturnSeries: Sendable {
  /// What the run recorded.
  public let input: MetricInput
  /// E_i/E_(i-1) − 1 for each session.
  public let returns: [Double]
  /// Returns less the risk-free ones.
  public let excess: [Double]
  /// The returns of calendar months with a session, in order.
  public let monthly: [MonthlyReturn]
  /// The deepest drawdown; `nil` if there is none.
  public let worstDrawdown: DrawdownEpisode?
  /// Mean, deviation and higher moments of the returns.
  let moments: Moments
  /// Mean and deviation of the excess returns.
  let excessMoments: Moments
  /// The smallest returns, ascending: at least as many as the tail metrics look at.
  let smallest: [Double]
  /// Returns of run and benchmark, with the risk-free return, where both exist.
  let pairs: [(run: Double, benchmark: Double, riskFree: Double)]

  /// Derives returns.
  public init(_ input: MetricInput) {
    self.input = input
    var previous = input.initialCapital
    var returns: [Double] = []
    returns.reserveCapacity(input.equity.count)
    for equity in input.equity {
      returns.append(equity / previous - 1)
      previous = equity
    }
    self.returns = returns
    let isAboveZero = input.riskFree.contains { $0 != 0 }
    excess = isAboveZero ? zip(returns, input.riskFree).map { $0 - $1 } : returns
    moments = Moments(returns)
    excessMoments = isAboveZero ? Moments(excess) : moments
    monthly = MonthlyReturn.all(input)
    worstDrawdown = DrawdownEpisode.worst(input)
    smallest = SmallestValues.ascending(returns, count: returns.count / 20 + 2)
    pairs = input.benchmark.indices.compactMap { place in
      input.benchmark[place].map { (returns[place], $0, input.riskFree[place]) }
    }
  }

  /// The number of sessions.
  var count: Int { returns.count }

  /// A quotient, absent where the denominator is below 1e-12 in magnitude.
  static func ratio(_ numerator: Double?, _ denominator: Double?) -> Double? {
    guard let numerator, let denominator, abs(denominator) >= 1e-12 else { return nil }
    return numerator / denominator
  }

  static func mean(_ values: [Double]) -> Double? { Moments(values).mean }

  /// The sample deviation (n − 1); exactly 0 for equal values.
  static func deviation(_ values: [Double]) -> Double? { Moments(values).deviation }
}

/// The return of a calendar month: E at its last session over E at the last session of the month before, less 1.
public struct MonthlyReturn: Equatable, Sendable {
  /// The year.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// The return; partial months as they are.
  public let value: Double

  /// `2005-01`.
  public var key: String {
    "\(year < 1000 ? String(repeating: "0", count: 4 - String(year).count) : "")\(year)-\(month < 10 ? "0" : "")\(month)"
  }

  static func all(_ input: MetricInput) -> [MonthlyReturn] {
    var result: [MonthlyReturn] = []
    var base = input.initialCapital
    var place = 0
    while place < input.days.count {
      let (year, month, _) = input.days[place].civil
      let end = input.days[place].monthEnd
      while place + 1 < input.days.count, input.days[place + 1] <= end { place += 1 }
      result.append(MonthlyReturn(year: year, month: month, value: input.equity[place] / base - 1))
      base = input.equity[place]
      place += 1
    }
    return result
  }
}
