import Diagnostics
import MarketModel

/// What two data sets that become one say about themselves: nothing that was said is changed.
struct SettingsMerge {
  /// The settings of both.
  var settings: DataSettings
  /// What contradicts what was said.
  private(set) var problems: [Diagnostic] = []
  /// Whether what was not said may be said now: no rows depend on it yet.
  private let mayBeSet: Bool

  init(_ settings: DataSettings, mayBeSet: Bool) {
    self.settings = settings
    self.mayBeSet = mayBeSet
  }

  /// Adds what another data set says.
  mutating func add(_ new: DataSettings) {
    settings.adjustFromActions = settings.adjustFromActions || new.adjustFromActions
    if isNew("decision_time", settings.decisionTime?.description, new.decisionTime?.description) {
      settings.decisionTime = new.decisionTime
    }
    if isNew("calendar", settings.calendar?.description, new.calendar?.description) {
      settings.calendar = new.calendar
    }
    if isNew("bar_dates", settings.barDates?.rawValue, new.barDates?.rawValue) { settings.barDates = new.barDates }
    // What it was for is read by now.
    settings.tenorUnit = settings.tenorUnit ?? new.tenorUnit
    for alias in new.aliases {
      let known = settings.aliases.first { $0.name == alias.name }
      if isNew("aliases", known?.ticker, alias.ticker) { settings.aliases.append(alias) }
    }
    for lag in new.releaseLags {
      let known = settings.releaseLags.first { $0.series == lag.series }
      if isNew("release_lag", known?.lag.description, lag.lag.description) { settings.releaseLags.append(lag) }
    }
  }

  /// Whether a setting is to be taken over; one that differs is a problem.
  private mutating func isNew(_ name: String, _ before: String?, _ after: String?) -> Bool {
    guard let after, before != after else { return false }
    if before == nil, mayBeSet { return true }
    problems.append(.settingDiffers(name, before: before, after: after))
    return false
  }
}
