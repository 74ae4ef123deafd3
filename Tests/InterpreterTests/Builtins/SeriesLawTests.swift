import MarketModel
import Testing

@testable import Interpreter

/// The laws of computed series: an element, a range and the whole agree bit for bit, and what is computed from data cut
/// at a day is what was there at that day.
@Suite struct SeriesLawTests {
  private static let count = 160

  /// Every function that keeps dates, over two series with gaps and known days of their own.
  private static var recipes: [(name: String, arguments: [Sample])] {
    [
      ("lag", [3]), ("lag", [.duration("1mo")]), ("lag", [.duration("5bd")]), ("diff", [2]), ("change", []),
      ("change", [.duration("2w")]), ("log_change", [1]), ("cum_sum", []), ("cum_prod", []), ("cum_max", []),
      ("cum_min", []), ("drawdown", []), ("fill", [.duration("3d")]), ("fill", [.duration("2bd")]), ("fill", [0]),
      ("above", [100]), ("below", [100]), ("sum", [7]), ("mean", [7, 3]), ("median", [6]), ("std", [5]),
      ("variance", [5, 2]), ("quantile", [0.3, 9]), ("skew", [9, 4]), ("kurt", [9, 4]), ("zscore", [8, 2]),
      ("rank", [8, true, 2]), ("sma", [4]), ("wma", [4, 2]), ("ema", [5]), ("highest", [6, 1]), ("lowest", [6]),
      ("ewm_mean", [nil, nil, 0.3, true, 2]), ("ewm_std", [nil, nil, 0.3, false, 1]), ("rsi", [5]),
      ("volatility", [6, 252, 2]),
    ]
  }

  @Test func elementRangeAndWholeAgree() throws {
    for recipe in SeriesLawTests.recipes {
      let whole = try numbers(recipe, cutAt: Self.count) { try array($0, 0..<$0.count, $1) }
      let single = try numbers(recipe, cutAt: Self.count) { series, call in
        try (0..<series.count).reversed().map { try series.value(at: $0, call) }.reversed()
      }
      let ranges = try numbers(recipe, cutAt: Self.count) { series, call in
        var result = Array(repeating: 0.0, count: series.count)
        for lower in stride(from: series.count / 17 * 17, through: 0, by: -17) {
          let range = lower..<min(series.count, lower + 17)
          result.replaceSubrange(range, with: try array(series, range, call))
        }
        return result
      }
      #expect(bits(whole) == bits(single), "\(recipe.name) \(recipe.arguments)")
      #expect(bits(whole) == bits(ranges), "\(recipe.name) \(recipe.arguments)")
    }
  }

  @Test func aCutIsAPrefix() throws {
    for recipe in SeriesLawTests.recipes {
      let whole = try numbers(recipe, cutAt: Self.count) { try array($0, 0..<$0.count, $1) }
      for cut in [0, 1, 2, 9, 80, 159] {
        let part = try numbers(recipe, cutAt: cut) { try array($0, 0..<$0.count, $1) }
        #expect(bits(part) == bits(whole[0..<part.count]), "\(recipe.name) \(recipe.arguments) at \(cut)")
      }
    }
  }

  @Test func arithmeticAndPairsKeepTheLaws() throws {
    for name in ["corr", "cov", "beta", "min", "max", "+", "-", "*", "/", "where"] {
      let whole = try pair(name, cutAt: Self.count) { try array($0, 0..<$0.count, $1) }
      let single = try pair(name, cutAt: Self.count) { series, call in
        try (0..<series.count).map { try series.value(at: $0, call) }
      }
      #expect(bits(whole) == bits(single), "\(name)")
      let part = try pair(name, cutAt: 90) { try array($0, 0..<$0.count, $1) }
      #expect(bits(part) == bits(whole[0..<part.count]), "\(name)")
    }
  }

  private func bits(_ numbers: some Sequence<Double>) -> [UInt64] { numbers.map(\.bitPattern) }

  private func array(_ series: SeriesRef, _ range: Range<Int>, _ call: Evaluation) throws -> [Double] {
    let start = try series.values(range, call)
    return Array(UnsafeBufferPointer(start: start, count: range.count))
  }

  private func numbers(
    _ recipe: (name: String, arguments: [Sample]), cutAt cut: Int, _ read: (SeriesRef, Evaluation) throws -> [Double]
  ) throws -> [Double] {
    let bench = BuiltinBench()
    var values = [try bench.value(Self.sample(seed: 7, cut: cut, step: 1))]
    for argument in recipe.arguments { values.append(try bench.value(argument)) }
    let result = try #require(try bench.call(recipe.name, values: values).series)
    return try read(result, bench.machine.evaluation)
  }

  private func pair(
    _ name: String, cutAt cut: Int, _ read: (SeriesRef, Evaluation) throws -> [Double]
  ) throws -> [Double] {
    let bench = BuiltinBench()
    let call = bench.machine.evaluation
    let a = try bench.value(Self.sample(seed: 7, cut: cut, step: 1))
    let b = try bench.value(Self.sample(seed: 11, cut: cut, step: 2))
    let result: Value
    if let op = ArithmeticOperator.allCases.first(where: { $0.text == name }) {
      result = try Elementwise.apply(op, a, b, call)
    } else {
      switch name {
      case "where":
        result = try bench.call("where", values: [try bench.call("above", values: [a, b]), a, b])
      case "min", "max": result = try bench.call(name, values: [a, b])
      default: result = try bench.call(name, values: [a, b, Value(6), Value(4)])
      }
    }
    return try read(try #require(result.series), call)
  }

  /// Prices that wander, with gaps and repeated values; `step` leaves out days.
  private static func sample(seed: UInt64, cut: Int, step: Int) -> Sample {
    var state = seed
    var price = 100.0
    var observations: [(String, Double)] = []
    var day = Day(iso: "2023-11-01") ?? .earliest
    for index in 0..<cut {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let draw = Double(state >> 40) / Double(1 << 24)
      if draw > 0.2 { price *= 0.95 + 0.1 * draw }
      let gap = index % 23 == 5 || index % 41 < 2
      if index % (step + 2) != step { observations.append((day.description, gap ? .missing(.missingBar) : price)) }
      day = day.addingWeekdays(1)
    }
    return .series(observations)
  }
}
