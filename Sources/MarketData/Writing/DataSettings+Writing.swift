import Codecs
import MarketModel

extension DataSettings {
  /// `dataset.yaml`.
  var file: [UInt8] {
    var text = name.isEmpty ? "" : "name: \(YAMLText.quoted(name))\n"
    if let time = decisionTime { text += "decision_time: \(YAMLText.quoted(time.description))\n" }
    if let calendar { text += "calendar: \(YAMLText.quoted(calendar.description))\n" }
    if !aliases.isEmpty { text += "aliases:\n" }
    for alias in aliases { text += "  \(YAMLText.quoted(alias.name)): \(YAMLText.quoted(alias.ticker))\n" }
    if !releaseLags.isEmpty { text += "release_lag:\n" }
    for lag in releaseLags { text += "  \(YAMLText.quoted(lag.series)): \(lag.lag)\n" }
    if let barDates { text += "bar_dates: \(barDates.rawValue)\n" }
    if let tenorUnit { text += "tenor_unit: \(tenorUnit.rawValue)\n" }
    return Array(text.utf8)
  }
}
