import Kernels
import MarketModel

/// `resample`: observations gathered into calendar periods.
enum Resampling {
  /// A calendar period, by the name of its rule.
  enum Rule: String, CaseIterable {
    case weekly, monthly, quarterly, yearly

    /// The last weekday of the period that holds a weekday.
    func end(of day: Day) -> Day {
      switch self {
      case .weekly: return day + (5 - day.weekday)
      case .monthly: return Rule.lastWeekday(day.monthEnd)
      case .quarterly, .yearly:
        let (year, month, _) = day.civil
        let last = self == .yearly ? 12 : (month + 2) / 3 * 3
        // The first of a month of a year that the day itself lies in exists.
        return Rule.lastWeekday((Day(year: year, month: last, day: 1) ?? day).monthEnd)
      }
    }

    private static func lastWeekday(_ day: Day) -> Day { day.isWeekday ? day : day - (day.weekday - 5) }
  }

  /// What is made of a period's present values.
  enum Summary: String, CaseIterable {
    case last, first, sum, mean, min, max

    /// The values are all present.
    ///
    /// - Parameter gap: the first missing value of a period that has no other.
    func value(_ present: UnsafeBufferPointer<Double>, gap: Double) -> Double {
      if present.isEmpty { return gap }
      switch self {
      case .last: return present.last ?? gap
      case .first: return present.first ?? gap
      case .sum: return Statistic.sum.reduce(present)
      case .mean: return Statistic.mean.reduce(present)
      case .min: return Statistic.minimum.reduce(present)
      case .max: return Statistic.maximum.reduce(present)
      }
    }
  }

  static func series(_ call: borrowing Call) throws(Trap) -> Value {
    let series = call.series(0)
    guard let rule = Rule(rawValue: try call.text(1)) else {
      throw unknown("rule", call.string(1).text, Rule.allCases.map(\.rawValue), call)
    }
    guard let summary = Summary(rawValue: try call.text(2)) else {
      throw unknown("how", call.string(2).text, Summary.allCases.map(\.rawValue), call)
    }
    return try series.count == 0 ? series.value : gather(series, rule, summary, call.evaluation).value
  }

  private static func unknown(
    _ parameter: String, _ found: String, _ known: [String], _ call: borrowing Call
  ) -> Trap {
    call.fail(
      "`\(parameter)` of `resample` is \(ValueText.quoted(found))",
      remedy: "it is one of " + known.map(ValueText.quoted).joined(separator: ", "))
  }

  private static func gather(
    _ series: SeriesRef, _ rule: Rule, _ summary: Summary, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    try evaluation.charge(series.count)
    let values = try series.values(0..<series.count, evaluation)
    let present = try evaluation.doubles(series.count)
    let target = try evaluation.doubles(series.count)
    let days = try evaluation.days(series.count)
    let known = try evaluation.days(series.count)
    let horizon = min(series.cut, evaluation.asOf?.rawValue ?? .max)
    var count = 0
    var index = 0
    while index < series.count {
      let end = rule.end(of: weekday(series.days[index])).rawValue
      guard end <= horizon else { break }
      var kept = 0
      let first = values[index]
      var latestKnown = end
      while index < series.count, rule.end(of: weekday(series.days[index])).rawValue == end {
        latestKnown = max(latestKnown, series.knownDays[index])
        present[kept] = values[index]
        kept += values[index].isNaN ? 0 : 1
        index += 1
      }
      target[count] = summary.value(UnsafeBufferPointer(start: present, count: kept), gap: first)
      days[count] = end
      known[count] = latestKnown
      count += 1
    }
    return try evaluation.series(
      days: UnsafePointer(days), known: UnsafePointer(known), values: UnsafePointer(target), count: count,
      inheriting: series)
  }

  /// The day itself, or the Monday after a weekend.
  private static func weekday(_ raw: Int32) -> Day {
    let day = Day(rawValue: raw)
    return day.isWeekday ? day : day + (8 - day.weekday)
  }
}
