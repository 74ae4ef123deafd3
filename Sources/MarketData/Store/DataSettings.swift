public import MarketModel

/// What a data set says about itself: the contents of `dataset.yaml` and of the data flags.
public struct DataSettings: Sendable {
  /// The name for people; no part of the fingerprint.
  public var name: String
  /// When decisions are taken on a day; `nil` means 23:59:59 UTC.
  public var decisionTime: DecisionTime?
  /// Which days are sessions, where the data set says so.
  public var calendar: CalendarRule?
  /// Other names of tickers, ascending by name.
  public var aliases: [Alias]
  /// How long after its observation date a series without release times is released, ascending by series.
  public var releaseLags: [SeriesReleaseLag]
  /// What the dates of bars longer than a day mean, where the data set says so.
  public var barDates: BarDates?
  /// The unit of tenors whose column does not tell it.
  public var tenorUnit: TenorUnit?
  /// Whether prices are adjusted from the actions and not from `adjusted_close`.
  public var adjustFromActions: Bool

  /// A data set that says nothing about itself.
  public init(
    name: String = "data", decisionTime: DecisionTime? = nil, calendar: CalendarRule? = nil, aliases: [Alias] = [],
    releaseLags: [SeriesReleaseLag] = [], barDates: BarDates? = nil, tenorUnit: TenorUnit? = nil,
    adjustFromActions: Bool = false
  ) {
    self.name = name
    self.decisionTime = decisionTime
    self.calendar = calendar
    self.aliases = aliases
    self.releaseLags = releaseLags
    self.barDates = barDates
    self.tenorUnit = tenorUnit
    self.adjustFromActions = adjustFromActions
  }

  /// The lag of a series: its own, else that of `*`.
  public func releaseLag(of series: String) -> ReleaseLag? {
    (releaseLags.first { $0.series == series } ?? releaseLags.first { $0.series == "*" })?.lag
  }

  /// The cut of a day: its decision time, else 23:59:59 UTC.
  public func cut(on day: Day) -> KnowledgeCut {
    KnowledgeCut(day: day, instant: decisionTime?.instant(on: day) ?? KnowledgeTime(endOf: day))
  }
}

/// Another name of a ticker.
public struct Alias: Hashable, Sendable {
  /// The other name.
  public var name: String
  /// The ticker it stands for.
  public var ticker: String

  /// Gives a ticker another name.
  public init(name: String, ticker: String) {
    self.name = name
    self.ticker = ticker
  }
}

/// The release lag of one series, or of all (`*`).
public struct SeriesReleaseLag: Hashable, Sendable {
  /// The code of the series, or `*`.
  public var series: String
  /// How long after the observation date it is released.
  public var lag: ReleaseLag

  /// Gives a series a lag.
  public init(series: String, lag: ReleaseLag) {
    self.series = series
    self.lag = lag
  }
}

/// How long after its observation date a value is released: calendar days or weekdays, at 23:59:59 UTC.
public struct ReleaseLag: Hashable, Sendable, CustomStringConvertible {
  /// How many; not negative.
  public let count: Int
  /// Whether weekdays are counted.
  public let countsWeekdays: Bool

  /// Reads `45d`, `6w` or `12bd`; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    guard let duration = CalendarDuration(text), duration.count >= 0, duration.count <= 36_500 else { return nil }
    switch duration.unit {
    case .days: countsWeekdays = false
    case .sessions: countsWeekdays = true
    case .months: return nil
    }
    count = Int(duration.count)
  }

  /// When the value of an observation date is released.
  public func release(of observation: Day) -> KnowledgeTime {
    KnowledgeTime(endOf: countsWeekdays ? observation.addingWeekdays(count) : observation + count)
  }

  /// `45d` or `12bd`.
  public var description: String { countsWeekdays ? "\(count)bd" : "\(count)d" }
}
