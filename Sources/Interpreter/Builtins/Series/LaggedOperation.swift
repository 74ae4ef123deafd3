import Kernels
import MarketModel

/// `lag diff change log_change`: each observation related to an earlier one, a number of observations or a duration
/// back. Left operand: the series; `first`: the observations, or right operand: the duration.
final class LaggedOperation: SeriesOperation, @unchecked Sendable {
  private let operation: Lagging.Operation

  static let lag = LaggedOperation(.lag, "lag")
  static let difference = LaggedOperation(.difference, "diff")
  static let change = LaggedOperation(.change, "change")
  static let logChange = LaggedOperation(.logChange, "log_change")

  private init(_ operation: Lagging.Operation, _ name: String) {
    self.operation = operation
    super.init(name)
  }

  /// The recipe over a series.
  func series(_ series: SeriesRef, _ lag: Lag, _ evaluation: Evaluation) throws(Trap) -> SeriesRef {
    switch lag {
    case .observations(let count): return try evaluation.series(self, on: series, first: Double(count))
    case .duration(let duration): return try evaluation.series(self, on: series, right: Value(duration))
    }
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let operands = series.operands
    guard let source = operands.left.series else { return }
    if let duration = operands.right.duration {
      try fillEarlier(source, by: duration, range, target, call)
    } else {
      try fillEarlier(source, by: Int(operands.first), range, target, call)
    }
    if case .lag = operation { return }
    let now = try source.values(range, call)
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

  /// The values `distance` observations earlier.
  private func fillEarlier(
    _ source: SeriesRef, by distance: Int, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>,
    _ call: Evaluation
  ) throws(Trap) {
    let lower = min(max(range.lowerBound, distance), range.upperBound)
    let absent = lower - range.lowerBound
    for place in 0..<absent { target[place] = .missing(.insufficientHistory) }
    if lower == range.upperBound { return }
    try source.fill(lower - distance..<range.upperBound - distance, target + absent, call)
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
    let values = through < 0 ? nil : try source.values(from..<through + 1, call)
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
