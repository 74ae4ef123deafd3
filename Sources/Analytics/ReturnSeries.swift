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
    excess = zip(returns, input.riskFree).map { $0 - $1 }
    monthly = MonthlyReturn.all(input)
    worstDrawdown = DrawdownEpisode.worst(input)
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

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The sample deviation (n − 1); exactly 0 for equal values.
  static func deviation(_ values: [Double]) -> Double? {
    guard values.count >= 2, let mean = mean(values) else { return nil }
    if values.allSatisfy({ $0 == values[0] }) { return 0 }
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }
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
    for place in input.days.indices {
      let (year, month, _) = input.days[place].civil
      let isLast: Bool
      if place + 1 < input.days.count {
        let next = input.days[place + 1].civil
        isLast = next.year != year || next.month != month
      } else {
        isLast = true
      }
      guard isLast else { continue }
      result.append(MonthlyReturn(year: year, month: month, value: input.equity[place] / base - 1))
      base = input.equity[place]
    }
    return result
  }
}
