import Diagnostics
import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Series brought to the dates they have in common.
///
/// Series of different frequency do not meet, and slower than daily a meeting without a common date is an error: a
/// month's first day and a month's last name the same month and would silently give nothing.
struct CommonDates {
  /// The series on the common dates, in the order given; all have the same days.
  var series: [SeriesRef]
  /// The day from which the observations of all were known, where it is not their own.
  var known: UnsafePointer<Int32>?

  /// How many common dates there are.
  var count: Int { series[0].count }
  /// The common dates.
  var days: UnsafePointer<Int32> { series[0].days }

  /// Brings series together.
  ///
  /// - Precondition: `series` is not empty.
  init(_ series: [SeriesRef], _ evaluation: Evaluation) throws(Trap) {
    self.series = [series[0]]
    known = series[0].layout.pointee.known
    for other in series.dropFirst() { try join(other, evaluation) }
  }

  private mutating func join(_ other: SeriesRef, _ evaluation: Evaluation) throws(Trap) {
    try evaluation.charge(1 + (count + other.count) / 8)
    if try joinWithoutSearch(other, evaluation) { return }
    try CommonDates.checkFrequencies(series[0], other, evaluation)
    let places = try CommonPlaces(series[0], other, evaluation)
    if places.count == 0, series[0].count > 0, other.count > 0 {
      try CommonDates.checkEmpty(series[0], other, evaluation)
    }
    var gathered: [SeriesRef] = []
    for each in series { gathered.append(try places.gather(each, places.left, evaluation)) }
    gathered.append(try places.gather(other, places.right, evaluation))
    known = try CommonDates.later(
      try places.known(known, at: places.left, evaluation),
      try places.known(other.layout.pointee.known, at: places.right, evaluation), places.days, places.count, evaluation)
    series = gathered
  }

  /// The common case: the same dates, or the dates of one are the latest of the other.
  private mutating func joinWithoutSearch(_ other: SeriesRef, _ evaluation: Evaluation) throws(Trap) -> Bool {
    let shared = min(count, other.count)
    guard shared > 0 else { return false }
    let left = days + (count - shared)
    let right = other.days + (other.count - shared)
    guard left == right || memcmp(left, right, shared * MemoryLayout<Int32>.stride) == 0 else { return false }
    if count == other.count {
      known = try CommonDates.later(known, other.layout.pointee.known, days, shared, evaluation)
      series.append(other)
      return true
    }
    try CommonDates.checkFrequencies(series[0], other, evaluation)
    // Dates ascend, so what the longer one has before its tail lies before the shorter one's first date.
    let offset = count - shared
    var kept: [SeriesRef] = []
    for each in series { kept.append(offset == 0 ? each : try evaluation.slice(each, offset..<each.count)) }
    let tail = other.count == shared ? other : try evaluation.slice(other, other.count - shared..<other.count)
    kept.append(tail)
    known = try CommonDates.later(known.map { $0 + offset }, tail.layout.pointee.known, tail.days, shared, evaluation)
    series = kept
    return true
  }

  /// Element by element the later of two known days, where `nil` stands for the observation's own day.
  static func later(
    _ left: UnsafePointer<Int32>?, _ right: UnsafePointer<Int32>?, _ days: UnsafePointer<Int32>, _ count: Int,
    _ evaluation: Evaluation
  ) throws(Trap) -> UnsafePointer<Int32>? {
    if left == right { return left }
    let result = try evaluation.days(count)
    let a = left ?? days
    let b = right ?? days
    for place in 0..<count { result[place] = max(a[place], b[place]) }
    return UnsafePointer(result)
  }

  private static func checkFrequencies(
    _ left: SeriesRef, _ right: SeriesRef, _ evaluation: Evaluation
  ) throws(Trap) {
    guard let a = left.frequency, let b = right.frequency, a != b else { return }
    throw evaluation.fail(.frequencyMismatch(a, b))
  }

  private static func checkEmpty(_ left: SeriesRef, _ right: SeriesRef, _ evaluation: Evaluation) throws(Trap) {
    guard let frequency = left.frequency ?? right.frequency, frequency != .daily, left.frequency == right.frequency
    else { return }
    throw evaluation.fail(
      .noCommonDates(frequency, Day(rawValue: left.days[left.count - 1]), Day(rawValue: right.days[right.count - 1])))
  }
}

/// Where the common dates of two series stand in each; `nil` for a series whose dates are all common.
private struct CommonPlaces {
  let count: Int
  let days: UnsafePointer<Int32>
  let left: UnsafePointer<Int32>?
  let right: UnsafePointer<Int32>?

  init(_ a: SeriesRef, _ b: SeriesRef, _ evaluation: Evaluation) throws(Trap) {
    // Counted first, so that nothing is kept for dates that are not common or need no places.
    var found = 0
    CommonPlaces.walk(a, b) { _, _ in found += 1 }
    count = found
    let left = found == a.count ? nil : try evaluation.days(found)
    let right = found == b.count ? nil : try evaluation.days(found)
    var next = 0
    CommonPlaces.walk(a, b) { i, j in
      left?[next] = Int32(i)
      right?[next] = Int32(j)
      next += 1
    }
    self.left = left.map { UnsafePointer($0) }
    self.right = right.map { UnsafePointer($0) }
    if let left {
      days = right == nil ? b.days : try CommonPlaces.picked(a.days, at: left, found, evaluation)
    } else {
      days = a.days
    }
  }

  /// Calls `body` with the places of each common date, in order.
  @inline(__always) private static func walk(_ a: SeriesRef, _ b: SeriesRef, _ body: (Int, Int) -> Void) {
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if a.days[i] == b.days[j] {
        body(i, j)
        i += 1
        j += 1
      } else if a.days[i] < b.days[j] {
        i += 1
      } else {
        j += 1
      }
    }
  }

  private static func picked(
    _ days: UnsafePointer<Int32>, at places: UnsafePointer<Int32>, _ count: Int, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafePointer<Int32> {
    let result = try evaluation.days(count)
    for place in 0..<count { result[place] = days[Int(places[place])] }
    return UnsafePointer(result)
  }

  /// A series on the common dates, computed when it is read.
  func gather(
    _ series: SeriesRef, _ places: UnsafePointer<Int32>?, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    guard let places else { return series }
    try evaluation.charge(1 + count / 8)
    return try evaluation.gather(
      series, at: places, days: days,
      known: try known(series.layout.pointee.known, at: places, evaluation), count: count)
  }

  /// Known days on the common dates.
  func known(
    _ known: UnsafePointer<Int32>?, at places: UnsafePointer<Int32>?, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafePointer<Int32>? {
    guard let known, let places else { return known }
    return try CommonPlaces.picked(known, at: places, count, evaluation)
  }
}

extension Diagnostic {
  /// Two series whose frequencies do not go together.
  static func frequencyMismatch(_ left: SeriesFrequency, _ right: SeriesFrequency) -> Diagnostic {
    let slower = left.rawValue > right.rawValue ? "left" : "right"
    return Diagnostic(
      .frequencyMismatch, "\(left.described) series meets \(right.described) one",
      notes: [
        Note(
          "bring the slower, on the \(slower), to the dates of the other: `slow.on_dates(fast)` is the value known on "
            + "each date; or the faster to the slower's rhythm: `fast.resample(\"monthly\")`")
      ])
  }

  /// Two series of one frequency slower than daily without a date in common.
  static func noCommonDates(_ frequency: SeriesFrequency, _ left: Day, _ right: Day) -> Diagnostic {
    Diagnostic(
      .frequencyMismatch,
      "two \(frequency.text) series have no date in common: the left one ends on \(left), the right one on \(right)",
      notes: [Note("`a.on_dates(b)` is the value of `a` known on each date of `b`")])
  }
}

extension SeriesFrequency {
  var described: String { "a \(text)" }
}
