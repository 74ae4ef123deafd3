import MarketModel

/// `on_dates`: what was known of a series on each of some dates.
enum AsOfJoin {
  static func series(_ call: borrowing Call) throws(Trap) -> Value {
    let series = call.series(0)
    let evaluation = call.evaluation
    let dates = try self.dates(call)
    let values = try evaluation.doubles(dates.count)
    try evaluation.charge(series.count + dates.count)
    if let origin = series.origin {
      evaluation.machine.host.valuesKnown(
        origin, on: try withinCut(dates, series, evaluation), maxAge: series.maxAge, into: values)
    } else {
      try fillComputed(series, dates, values, evaluation)
    }
    guard let days = dates.baseAddress else { return .none }
    // A date stands for the knowledge of that day, so each value is known on its own date.
    if let other = call[1].series {
      return try evaluation.series(
        days: days, known: nil, values: UnsafePointer(values), count: dates.count, inheriting: series, other
      ).value
    }
    return try evaluation.series(
      days: days, known: nil, values: UnsafePointer(values), count: dates.count, inheriting: series
    ).value
  }

  /// The dates asked for: a series' own, or a list's in ascending order without repetitions.
  private static func dates(_ call: borrowing Call) throws(Trap) -> UnsafeBufferPointer<Int32> {
    if let other = call[1].series { return UnsafeBufferPointer(start: other.days, count: other.count) }
    let list = call.list(1)
    try call.evaluation.charge(list.count)
    let days = try call.evaluation.days(list.count)
    var isAscending = true
    for place in 0..<list.count {
      guard let day = list[place].day else {
        throw call.fail("`dates` of `on_dates` must be dates, found \(list[place].kind.described)")
      }
      try SeriesBuiltins.checkKnown(day, call)
      days[place] = day.rawValue
      if place > 0, days[place - 1] >= day.rawValue { isAscending = false }
    }
    var buffer = UnsafeMutableBufferPointer(start: days, count: list.count)
    if isAscending { return UnsafeBufferPointer(buffer) }
    buffer.sort()
    var count = 1
    for place in 1..<list.count where days[place] != days[count - 1] {
      days[count] = days[place]
      count += 1
    }
    return UnsafeBufferPointer(start: days, count: count)
  }

  /// A series knows nothing after its cut, so later dates see what was known at the cut.
  private static func withinCut(
    _ dates: UnsafeBufferPointer<Int32>, _ series: SeriesRef, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeBufferPointer<Int32> {
    guard let last = dates.last, last > series.cut else { return dates }
    let days = try evaluation.days(dates.count)
    for (place, day) in dates.enumerated() { days[place] = min(day, series.cut) }
    return UnsafeBufferPointer(start: days, count: dates.count)
  }

  /// The latest observation that was known on each date and is present, if it was not too old then.
  private static func fillComputed(
    _ series: SeriesRef, _ dates: UnsafeBufferPointer<Int32>, _ target: UnsafeMutablePointer<Double>,
    _ evaluation: Evaluation
  ) throws(Trap) {
    let values = try series.values(0..<series.count, evaluation)
    let order = try KnowledgeOrder(series, evaluation)
    var next = 0
    var latest = -1
    for (place, day) in dates.enumerated() {
      while next < series.count, series.knownDays[order[next]] <= day {
        if order[next] > latest, !values[order[next]].isNaN { latest = order[next] }
        next += 1
      }
      target[place] =
        latest < 0 ? .missing(series.count == 0 ? series.emptyReason : .insufficientHistory) : values[latest]
      if latest >= 0, isStale(series, latest, day, evaluation) { target[place] = .missing(.stale) }
    }
  }

  private static func isStale(_ series: SeriesRef, _ place: Int, _ day: Int32, _ evaluation: Evaluation) -> Bool {
    guard let age = series.maxAge else { return false }
    let oldest = evaluation.machine.host.oldestFreshDay(age, asOf: Day(rawValue: day))
    return series.knownDays[place] < oldest.rawValue
  }
}

/// The observations of a series in the order in which they became known.
private struct KnowledgeOrder {
  /// `nil` where that is the order of their dates.
  private let places: UnsafeMutablePointer<Int32>?

  init(_ series: SeriesRef, _ evaluation: Evaluation) throws(Trap) {
    let known = series.knownDays
    var isAscending = true
    for place in 1..<max(1, series.count) where known[place - 1] > known[place] { isAscending = false }
    if isAscending {
      places = nil
      return
    }
    try evaluation.charge(series.count * 16)
    let places = try evaluation.days(series.count)
    for place in 0..<series.count { places[place] = Int32(place) }
    var buffer = UnsafeMutableBufferPointer(start: places, count: series.count)
    buffer.sort { (known[Int($0)], $0) < (known[Int($1)], $1) }
    self.places = places
  }

  subscript(index: Int) -> Int { places.map { Int($0[index]) } ?? index }
}
