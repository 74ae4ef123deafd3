import Diagnostics
import MarketModel

/// How far back a lagged function looks.
enum Lag {
  case observations(Int)
  case duration(CalendarDuration)
}

/// Arguments that series functions share.
extension Call {
  /// How many present observations a window of `length` asks for: all, unless the argument says fewer.
  func minimumObservations(_ index: Int, of length: Int) throws(Trap) -> Int {
    guard isGiven(index) else { return length }
    let least = whole(index)
    if least <= length { return least }
    throw fail("`min_obs` of `\(name)` is \(least), more than the window of \(length) can hold")
  }

  /// A lag in observations or as a duration, never negative.
  func lag(_ index: Int) -> Lag { self[index].duration.map { .duration($0) } ?? .observations(whole(index)) }

  /// A predicate or transformation over an observation: given the value, or date and value where it takes two.
  func invoke(_ function: FunctionRef, _ day: Int32, _ value: Double) throws(Trap) -> Value {
    function.requiredCount >= 2
      ? try evaluation.invoke(function, Value(Day(rawValue: day)), Value(value))
      : try evaluation.invoke(function, Value(value))
  }
}

extension SeriesRef {
  /// Index of the latest observation on or before a day, or -1.
  func place(onOrBefore day: Int32) -> Int { DaySearch.count(days, count, through: day) - 1 }

  /// The cut as a day, or `nil` where nothing was cut.
  var cutDay: Day? { cut == .max ? nil : Day(rawValue: cut) }
}

/// Searching ascending days.
enum DaySearch {
  /// How many of the days are at or before a bound.
  static func count(_ days: UnsafePointer<Int32>, _ count: Int, through bound: Int32) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if days[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension DiagnosticRecord {
  static let negativeLag = DiagnosticRecord(
    "E0602", "a negative lag",
    explanation: "A lag looks back: `lag(1)` is the observation before. A negative one would read the future, which a "
      + "script cannot know.",
    bad: "let x = close(\"SPY\").lag(-1)", good: "let x = close(\"SPY\").lag(1)")
}

extension Diagnostic {
  /// A lag that would read the future.
  static func negativeLag(_ function: String, _ lag: String) -> Diagnostic {
    Diagnostic(
      .negativeLag, "`\(function)` with a lag of \(lag) reads the future", notes: [Note("a lag is 0 or more")])
  }
}
