import MarketModel

extension DataSettings {
  /// `dataset.yaml`.
  var file: [UInt8] {
    var text = name.isEmpty ? "" : "name: \(quoted(name))\n"
    if let time = decisionTime { text += "decision_time: \(quoted(time.description))\n" }
    if let calendar { text += "calendar: \(quoted(calendar.description))\n" }
    if !aliases.isEmpty { text += "aliases:\n" }
    for alias in aliases { text += "  \(quoted(alias.name)): \(quoted(alias.ticker))\n" }
    if !releaseLags.isEmpty { text += "release_lag:\n" }
    for lag in releaseLags { text += "  \(quoted(lag.series)): \(lag.lag)\n" }
    if let barDates { text += "bar_dates: \(barDates.rawValue)\n" }
    if let tenorUnit { text += "tenor_unit: \(tenorUnit.rawValue)\n" }
    return Array(text.utf8)
  }

  /// A double-quoted YAML scalar.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      if scalar.value < 0x20 {
        result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
