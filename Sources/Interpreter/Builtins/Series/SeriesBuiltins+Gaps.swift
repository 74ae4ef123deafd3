import Kernels
import MarketModel

/// Filling gaps, changing the rhythm, and bringing several series together.
extension SeriesBuiltins {
  static let gapBuiltins: [Builtin] = [fill, resample, align]

  static let fill = Builtin(
    "fill(s: series, max_age: duration | number? = none, value: number? = none) -> series", family: family,
    doc: "Gaps filled: an na takes the last present value if its date lies at most `max_age` back, or the constant "
      + "`value`. One of the two is required; there is no back-fill.",
    examples: [
      .init("series([2024-01-01: 1, 2024-01-02: na]).fill(5d)", "1"),
      .init("series([2024-01-01: 1, 2024-01-02: na]).fill(0)", "0"),
      .init("series([2024-01-01: 1, 2024-01-02: na]).fill(value: 7)", "7"),
    ]
  ) { call throws(Trap) in
    let positional = call[1].isNumber
    guard call.isGiven(1) != call.isGiven(2) else {
      throw call.fail("`fill` needs either `max_age`, a duration, or `value`, a number")
    }
    if positional || call.isGiven(2) {
      let value = call.number(positional ? 1 : 2)
      return try call.evaluation.series(FillOperation.shared, on: call.series(0), first: value).value
    }
    guard let age = call.duration(1), age.count >= 0 else {
      throw call.fail("`max_age` of `fill` must not be negative")
    }
    return try call.evaluation.series(FillOperation.shared, on: call.series(0), right: Value(age)).value
  }

  static let resample = Builtin(
    "resample(s: series, rule: string, how: string = \"last\") -> series", family: family,
    doc:
      "One observation a period: `weekly`, `monthly`, `quarterly` or `yearly`, made by `last`, `first`, `sum`, `mean`, "
      + "`min` or `max` of its present values, and dated on the period's last weekday. A period appears when that day "
      + "has come; a weekend's observation counts with the next weekday.",
    examples: [
      .init("series([2024-01-30: 1, 2024-01-31: 2, 2024-02-29: 5]).resample(\"monthly\").values()", "[2, 5]"),
      .init("series([2024-01-30: 1, 2024-01-31: 2]).resample(\"monthly\", how: \"mean\").dates()", "[2024-01-31]"),
    ]
  ) { call throws(Trap) in try Resampling.series(call) }

  static let align = Builtin(
    "align(xs: list[series]) -> list[series]", family: family, doc: "The series on the dates common to all.",
    examples: [
      .init(
        "align([series([2024-01-01: 1, 2024-01-02: 2]), series([2024-01-02: 3, 2024-01-03: 4])]).map(len)", "[1, 1]")
    ]
  ) { call throws(Trap) in
    let list = call.list(0)
    let evaluation = call.evaluation
    try evaluation.charge(list.count)
    var given: [SeriesRef] = []
    for place in 0..<list.count {
      guard let series = list[place].series else {
        throw call.fail("`xs` of `align` must be series, found \(list[place].kind.described)")
      }
      given.append(series)
    }
    let result = try evaluation.list(capacity: list.count)
    if given.isEmpty { return result.value }
    for series in try CommonDates(given, evaluation).series { try evaluation.append(series.value, to: result) }
    return result.value
  }
}

/// `fill`. Left operand: the series; right operand: the longest age, or `first`: the constant.
private final class FillOperation: SeriesOperation, @unchecked Sendable {
  static let shared = FillOperation("fill")

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let operands = series.operands
    guard let source = operands.left.series, !range.isEmpty else { return }
    guard let age = operands.right.duration else {
      try source.fill(range, target, call)
      for place in 0..<range.count where target[place].isNaN { target[place] = operands.first }
      return
    }
    // What may fill the first place bounds how far back is read.
    let oldest = FillOperation.oldest(source, range.lowerBound, age, call)
    let start = min(range.lowerBound, DaySearch.count(source.days, source.count, through: oldest - 1))
    let values = try source.values(start..<range.upperBound, call)
    var present = -1
    for index in start..<range.upperBound {
      let value = values[index - start]
      if !value.isNaN { present = index }
      guard index >= range.lowerBound else { continue }
      let isCovered =
        value.isNaN && present >= 0 && source.days[present] >= FillOperation.oldest(source, index, age, call)
      target[index - range.lowerBound] = isCovered ? values[present - start] : value
    }
  }

  /// The oldest day whose value may fill a place.
  private static func oldest(_ source: SeriesRef, _ index: Int, _ age: CalendarDuration, _ call: Evaluation) -> Int32 {
    let day = Day(rawValue: source.days[index])
    let oldest = Elementwise.offset(day, -Int(age.count), age.unit, asOf: source.cutDay, call)
    return oldest?.rawValue ?? Day.earliest.rawValue
  }
}
