public import MarketModel

/// What an evaluation asks about calendars and about data whose knowledge changes with the date.
///
/// The interpreter has no data; whoever embeds it answers. All answers respect the given `asOf`.
public protocol EvaluationHost: AnyObject {
  /// The oldest day that is not older than `maxAge` at `asOf` (`bd` counts sessions).
  func oldestFreshDay(_ maxAge: CalendarDuration, asOf: Day) -> Day
  /// The n-th session after a day (before, if negative). What lies after `asOf` counts weekdays; without `asOf` all does.
  func sessionOffset(_ day: Day, _ count: Int, asOf: Day?) -> Day
  /// The sessions from `first` to `last`, both included, none after `asOf`.
  func sessions(_ first: Day, _ last: Day, asOf: Day) -> [Day]
  /// For a series straight from a primitive: the latest observation known on each date, with the value known then.
  ///
  /// `dates` are ascending and not after the series' cut. Writes one value a date; missing where nothing was known.
  func valuesKnown(
    _ origin: SeriesOrigin, on dates: UnsafeBufferPointer<Int32>, maxAge: CalendarDuration?,
    into values: UnsafeMutablePointer<Double>)
  /// What a primitive looked at, for traces: asked after the call, with its arguments as they were written.
  func reads(by function: String, _ arguments: [TracedArgument], asOf: Day) -> [DataRead]
  /// Turns to a date, whose data are asked for next; only between evaluations that the embedding program began itself.
  func turn(to day: Day)
  /// The latest known-time among the data read since it was turned to a date.
  var watermark: KnowledgeTime? { get }
  /// What the data that are read depend on besides their date and the arguments: hosts of one data set and scope give the
  /// same.
  var scope: String { get }
}

extension EvaluationHost {
  /// Nothing to tell.
  public func reads(by function: String, _ arguments: [TracedArgument], asOf: Day) -> [DataRead] { [] }
  /// A host without data is the same at all dates.
  public func turn(to day: Day) {}
  /// Nothing is read.
  public var watermark: KnowledgeTime? { nil }
  /// It depends on nothing.
  public var scope: String { "" }
}

/// Where a series that comes straight from a primitive was read.
public struct SeriesOrigin: Hashable, Sendable {
  /// Which family of data; the host's own numbering, from 1.
  public var family: UInt8
  /// Which series of the family.
  public var index: Int32
  /// A further argument, such as the tenor of a curve's history.
  public var parameter: Double

  /// Makes an origin.
  public init(family: UInt8, index: Int32, parameter: Double = 0) {
    self.family = family
    self.index = index
    self.parameter = parameter
  }
}

/// A host without data: weekdays are sessions, nothing grows old.
public final class BareHost: EvaluationHost {
  /// A host without data.
  public init() {}

  /// Nothing is too old.
  public func oldestFreshDay(_ maxAge: CalendarDuration, asOf: Day) -> Day { .earliest }

  /// Counts weekdays.
  public func sessionOffset(_ day: Day, _ count: Int, asOf: Day?) -> Day { day.addingWeekdays(count) }

  /// The weekdays of the range.
  public func sessions(_ first: Day, _ last: Day, asOf: Day) -> [Day] {
    guard first <= min(last, asOf) else { return [] }
    return (0...(min(last, asOf) - first)).map { first + $0 }.filter(\.isWeekday)
  }

  /// Knows nothing.
  public func valuesKnown(
    _ origin: SeriesOrigin, on dates: UnsafeBufferPointer<Int32>, maxAge: CalendarDuration?,
    into values: UnsafeMutablePointer<Double>
  ) {
    for place in dates.indices { values[place] = .missing(.notReleased) }
  }
}
