public import MarketModel

extension Machine {
  /// What `signals` gives at many dates.
  public struct Lanes<T> {
    /// What was made of the values: dates with the same value share one.
    private var results: [T] = []
    /// Where each date's result stands; -1 where the date is to be evaluated alone.
    private var places: [Int32]
    /// The latest known-time among the data that each date's call read.
    public fileprivate(set) var watermarks: [KnowledgeTime?]
    /// The condition that a date without a result has none for, where that is all there is to say.
    public fileprivate(set) var missing: [MissingCondition?]

    /// Nothing yet of so many dates.
    public init(count: Int) {
      places = Array(repeating: -1, count: count)
      watermarks = Array(repeating: nil, count: count)
      missing = Array(repeating: nil, count: count)
    }

    /// The result of a date; `nil` where it is to be evaluated alone.
    public func result(_ lane: Int) -> T? { places[lane] < 0 ? nil : results[Int(places[lane])] }

    /// Reads the values of the lanes that are done. Many a value is that of another lane too.
    fileprivate mutating func read(
      _ value: LaneValue, _ evaluator: LaneEvaluator, _ read: (Value, Evaluation) throws(Trap) -> T?
    ) throws(Trap) {
      let evaluation = evaluator.machine.evaluation
      var known: [(bits: UInt64, place: Int32)] = []
      for lane in places.indices where evaluator.isDone(lane) {
        let value = try evaluator.value(value, lane, asNumbers: true)
        if let same = known.last(where: { $0.bits == value.bits }) {
          places[lane] = same.place
          continue
        }
        if let result = try? read(value, evaluation) {
          places[lane] = Int32(results.count)
          results.append(result)
        }
        if known.count == 8 { known.removeFirst() }
        known.append((value.bits, places[lane]))
      }
    }
  }

  /// The fewest steps an evaluation must be allowed for dates to be evaluated side by side: together they then count no
  /// fewer than the costliest of them alone would.
  private static let leastSteps = 1 << 17

  /// Calls `signals` at many dates side by side, as far as that gives what calls one by one give; `nil` if the program
  /// cannot be evaluated so.
  ///
  /// Each date's data are asked for at that date alone. Where anything is missing or goes wrong, that date has no
  /// result here.
  ///
  /// - Precondition: the program is pure.
  /// - Parameter read: makes something of a value, which lives only as long as the call.
  public func callSignals<T>(on days: [Day], _ read: (Value, Evaluation) throws(Trap) -> T?) -> Lanes<T>? {
    guard let code = signals, limits.steps >= Machine.leastSteps, !days.isEmpty, code.maximumCount <= 1 else {
      return nil
    }
    begin(asOf: days[0])
    defer { fault = nil }
    let evaluator = LaneEvaluator(self, days)
    var lanes = Lanes<T>(count: days.count)
    do throws(Trap) {
      let value = try evaluator.call(code, Array(repeating: .date, count: code.parameterCount))
      try lanes.read(value, evaluator, read)
    } catch {
      if evaluator.isRefused { return nil }
    }
    lanes.watermarks = evaluator.watermarks
    lanes.missing = evaluator.missing
    return lanes
  }
}
