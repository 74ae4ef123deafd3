import Kernels
import MarketModel

/// `lag diff change log_change`: each observation related to an earlier one, a number of observations or a duration
/// back. Left operand: the series; `first`: the observations, or right operand: the duration.
final class LaggedOperation: ColumnOperation, @unchecked Sendable {
  private let operation: Lagging.Operation

  static let lag = LaggedOperation(.lag, degree: 1, "lag")
  static let difference = LaggedOperation(.difference, degree: 1, "diff")
  static let change = LaggedOperation(.change, degree: 0, "change")
  static let logChange = LaggedOperation(.logChange, degree: 0, "log_change")

  /// All of them.
  static let all = [lag, difference, change, logChange]

  private init(_ operation: Lagging.Operation, degree: Int, _ name: String) {
    self.operation = operation
    super.init(name, degree: degree)
  }

  /// The recipe over a series.
  func series(_ series: SeriesRef, _ lag: Lag, _ evaluation: Evaluation) throws(Trap) -> SeriesRef {
    switch lag {
    case .observations(let count): return try evaluation.series(self, on: series, first: Double(count))
    case .duration(let duration): return try evaluation.series(self, on: series, right: Value(duration))
    }
  }

  /// A duration looks at dates.
  override func isOverNumbers(_ parameters: Parameters) -> Bool { parameters.value.duration == nil }

  override func cost(_ range: Range<Int>, _ parameters: Parameters, operand: (Range<Int>) -> Int) -> Int {
    let distance = Int(parameters.first)
    let lower = LaggedOperation.firstWithBase(range, distance)
    let bases = lower == range.upperBound ? 0 : operand(lower - distance..<range.upperBound - distance)
    if case .lag = operation { return bases }
    return bases + operand(range)
  }

  override func fill(
    _ source: ColumnReader, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ parameters: Parameters
  ) throws(Trap) {
    let distance = Int(parameters.first)
    let lower = LaggedOperation.firstWithBase(range, distance)
    let absent = lower - range.lowerBound
    for place in 0..<absent { target[place] = .missing(.insufficientHistory) }
    if lower < range.upperBound {
      try source.fill(lower - distance..<range.upperBound - distance, target + absent)
    }
    if case .lag = operation { return }
    let now = try source.values(range)
    for place in 0..<range.count { target[place] = related(now[place], to: target[place]) }
  }

  /// The first index of a range that has an observation so far before it; the range's end if there is none.
  private static func firstWithBase(_ range: Range<Int>, _ distance: Int) -> Int {
    min(max(range.lowerBound, distance), range.upperBound)
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let operands = series.operands
    guard let source = operands.left.series, let duration = operands.right.duration else {
      return try super.fill(series, range, target, call)
    }
    try fillEarlier(source, by: duration, range, target, call)
    if case .lag = operation { return }
    let now = try source.baseValues(range, call)
    for place in 0..<range.count { target[place] = related(now[place], to: target[place]) }
  }

  private func related(_ now: Double, to base: Double) -> Double {
    switch operation {
    case .lag: base
    case .difference: Lagging.difference(now, from: base)
    case .change: Lagging.change(now, from: base)
    case .logChange: Lagging.logChange(now, from: base)
    }
  }

  /// The values on or before each date less a duration.
  private func fillEarlier(
    _ source: SeriesRef, by duration: CalendarDuration, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>,
    _ call: Evaluation
  ) throws(Trap) {
    if range.isEmpty { return }
    let places = try call.days(range.count)
    for index in range {
      places[index - range.lowerBound] = Int32(earlierPlace(source, index, duration, call))
    }
    // Earlier dates have earlier places, so the first and the last bound what is read.
    let from = max(0, Int(places[0]))
    let through = Int(places[range.count - 1])
    let values = through < 0 ? nil : try source.baseValues(from..<through + 1, call)
    for place in 0..<range.count {
      let found = Int(places[place])
      target[place] = found < 0 ? .missing(.insufficientHistory) : values.map { $0[found - from] } ?? .nan
    }
  }

  private func earlierPlace(
    _ source: SeriesRef, _ index: Int, _ duration: CalendarDuration, _ call: Evaluation
  ) -> Int {
    let day = Day(rawValue: source.days[index])
    let earlier = Elementwise.offset(day, -Int(duration.count), duration.unit, asOf: source.cutDay, call)
    return earlier.map { source.place(onOrBefore: $0.rawValue) } ?? -1
  }
}

extension Evaluation {
  /// The relative change of a series from one observation to the next: `change(s, 1)`.
  public func change(_ series: SeriesRef) throws(Trap) -> SeriesRef {
    try LaggedOperation.change.series(series, .observations(1), self)
  }
}
