import MarketModel

/// The series' side of functions that lists and maps have, too; their records stand with the lists.
///
/// The series is the first argument; a function, where there is one, the second.
enum SeriesBodies {
  /// The number of observations, missing ones included.
  static func len(_ call: borrowing Call) throws(Trap) -> Value { Value(Double(call.series(0).count)) }

  /// The oldest number, missing if the series is empty.
  static func first(_ call: borrowing Call) throws(Trap) -> Value {
    let series = call.series(0)
    if series.count == 0 { return .missing(series.emptyReason) }
    return Value(try series.value(at: 0, call.evaluation))
  }

  /// The latest number as a scalar context sees it.
  static func last(_ call: borrowing Call) throws(Trap) -> Value {
    Value(try call.series(0).latest(call.evaluation))
  }

  /// The observations transformed one by one, on the same dates.
  static func map(_ call: borrowing Call) throws(Trap) -> Value {
    let evaluation = call.evaluation
    let series = call.series(0)
    let function = call.function(1)
    try evaluation.charge(series.count)
    let source = try series.values(0..<series.count, evaluation)
    let target = try evaluation.doubles(series.count)
    for place in 0..<series.count {
      let result = try call.invoke(function, series.days[place], source[place])
      target[place] = try call.scalar(result, "what the function gives in")
    }
    return try evaluation.series(
      days: series.days, known: series.layout.pointee.known, values: UnsafePointer(target), count: series.count,
      inheriting: series
    ).value
  }

  /// The observations for which the function is true.
  static func filter(_ call: borrowing Call) throws(Trap) -> Value {
    let evaluation = call.evaluation
    let series = call.series(0)
    let function = call.function(1)
    var kept = try KeptObservations(series, evaluation)
    let source = try series.values(0..<series.count, evaluation)
    for place in 0..<series.count {
      let answer = try call.invoke(function, series.days[place], source[place])
      if try evaluation.condition(answer, of: "the predicate of `filter`") { kept.keep(place, source[place]) }
    }
    return try kept.finish(evaluation).value
  }

  /// The observations that are present.
  static func dropna(_ call: borrowing Call) throws(Trap) -> Value {
    let evaluation = call.evaluation
    let series = call.series(0)
    var kept = try KeptObservations(series, evaluation)
    let source = try series.values(0..<series.count, evaluation)
    for place in 0..<series.count where !source[place].isNaN { kept.keep(place, source[place]) }
    return try kept.finish(evaluation).value
  }
}

/// A series made of some of another's observations.
struct KeptObservations {
  private let series: SeriesRef
  private let days: UnsafeMutablePointer<Int32>
  private let known: UnsafeMutablePointer<Int32>?
  private let values: UnsafeMutablePointer<Double>
  private var count = 0

  init(_ series: SeriesRef, _ evaluation: Evaluation) throws(Trap) {
    self.series = series
    try evaluation.charge(series.count)
    days = try evaluation.days(series.count)
    known = series.layout.pointee.known == nil ? nil : try evaluation.days(series.count)
    values = try evaluation.doubles(series.count)
  }

  mutating func keep(_ place: Int, _ value: Double) {
    days[count] = series.days[place]
    if let known { known[count] = series.knownDays[place] }
    values[count] = value
    count += 1
  }

  func finish(_ evaluation: Evaluation) throws(Trap) -> SeriesRef {
    try evaluation.series(
      days: UnsafePointer(days), known: known.map { UnsafePointer($0) }, values: UnsafePointer(values), count: count,
      inheriting: series)
  }
}
