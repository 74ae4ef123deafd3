extension DataSettings {
  /// A key of `dataset.yaml`: its name, what it takes and what it means.
  public enum Key: String, CaseIterable, Sendable {
    case name
    case decisionTime = "decision_time"
    case calendar, aliases
    case releaseLag = "release_lag"
    case barDates = "bar_dates"
    case tenorUnit = "tenor_unit"

    /// What it takes.
    public var expected: String {
      switch self {
      case .name: "a text"
      case .decisionTime: "HH:MM ZONE, such as 16:00 America/New_York"
      case .calendar: "sessions, all, weekdays, or a ticker"
      case .aliases: "entries name: ticker"
      case .releaseLag: "a lag, such as 30d or 12bd, or entries series: lag"
      case .barDates: "start or end"
      case .tenorUnit: "days, weeks, months or years"
      }
    }

    /// What it means.
    public var meaning: String {
      switch self {
      case .name: "What the data set is called."
      case .decisionTime: "The time of day up to which what was released counts on a day; without it, the day's end."
      case .calendar: "Which days are sessions, unless a run says otherwise."
      case .aliases: "Other names of tickers."
      case .releaseLag:
        "How long after its observation date a series without release times was known; `*` stands for all."
      case .barDates:
        "Whether bars longer than a day are dated at their period's start or end; they are known at its end."
      case .tenorUnit: "What the tenors of curves count where neither cells nor column say it."
      }
    }
  }
}
