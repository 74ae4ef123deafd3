public import Diagnostics
public import Interpreter
import Kernels
public import Scripting

/// The values that a sweep gives to one param.
public struct SweepAxis: Sendable {
  /// The values, as the script or the command line says them.
  public enum Values: Sendable {
    /// Each of them.
    case list([Constant])
    /// Any number between two bounds, both included; for random trials only.
    case interval(lower: Double, upper: Double)
  }

  /// The param.
  public let name: String
  /// Its values.
  public let values: Values

  /// How many values there are; `nil` for an interval.
  public var count: Int? { if case .list(let values) = values { values.count } else { nil } }

  /// The axis of a param's domain; `nil` for a param without one.
  init?(_ domain: ParamDomain) {
    name = domain.name
    if !domain.choices.isEmpty {
      values = .list(domain.choices)
    } else if let range = domain.range {
      guard let step = range.step ?? (range.isWhole ? 1 : nil) else {
        values = .interval(lower: range.lower, upper: range.upper)
        return
      }
      values = .list(SweepAxis.steps(range.lower, range.upper, step).map { .number($0) })
    } else {
      return nil
    }
  }

  /// The axis of `name=…` on the command line: `10..50:5`, `10..50`, `0.1,0.2`, or one value.
  public init(_ name: String, _ text: String, of script: Script, _ domains: [ParamDomain]) throws(Diagnostic) {
    self.name = name
    guard let dots = text.firstRange(of: "..") else {
      var list: [Constant] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        list.append(try ParamValues.value(name, String(part), of: script))
      }
      values = .list(list)
      return
    }
    let rest = text[dots.upperBound...].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let lower = try SweepAxis.number(name, String(text[..<dots.lowerBound]), of: script)
    let upper = try SweepAxis.number(name, String(rest[0]), of: script)
    guard lower <= upper else { throw .badSweepRange(name, text, "its end lies before its start") }
    if rest.count == 2 {
      let step = try SweepAxis.number(name, String(rest[1]), of: script)
      guard step > 0 else { throw .badSweepRange(name, text, "its step is not above 0") }
      values = .list(SweepAxis.steps(lower, upper, step).map { .number($0) })
      return
    }
    let domain = domains.first { $0.name == name }
    let isWhole = [lower, upper, domain?.initial.number ?? 0].allSatisfy { $0 == $0.rounded() }
    values =
      isWhole && domain?.range?.isWhole != false
      ? .list(SweepAxis.steps(lower, upper, domain?.range?.step ?? 1).map { .number($0) })
      : .interval(lower: lower, upper: upper)
  }

  private static func number(_ name: String, _ text: String, of script: Script) throws(Diagnostic) -> Double {
    guard let number = try ParamValues.value(name, text, of: script).number else {
      throw .badSweepRange(name, text, "only a param that is a number has a range")
    }
    return number
  }

  /// More values of one param are never meant.
  static let mostValues = 1_000_000

  /// The numbers from one to another, a step apart; each is the decimal that one would write.
  static func steps(_ lower: Double, _ upper: Double, _ step: Double) -> [Double] {
    guard step > 0, (upper - lower) / step < Double(mostValues) else { return [lower] }
    // A range whose end is a whole number of steps away reaches it, whatever the division rounds to.
    let count = Int((upper - lower) / step + 1e-9)
    return (0...count).map { place in
      let value = lower + Double(place) * step
      // 0.1 + 2 · 0.1 is meant to be 0.3.
      let scaled = value * 1e12
      return scaled.magnitude < 0x1p52 ? scaled.rounded() / 1e12 : value
    }
  }

  /// The value that a uniform number in [0, 1) stands for.
  func value(at uniform: Double) -> Constant {
    switch values {
    case .list(let list): list[min(list.count - 1, Int(uniform * Double(list.count)))]
    case .interval(let lower, let upper): .number(min(upper, lower + uniform * (upper - lower)))
    }
  }
}

extension Constant {
  /// The number, if it is one.
  var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension DiagnosticRecord {
  static let sweepRange = DiagnosticRecord(
    "E0931", "range of a param that cannot be swept",
    explanation:
      "In a sweep `--param name=lo..hi:step` gives the numbers from `lo` to `hi`, both included, `step` apart; "
      + "`name=a,b,c` lists values and `name=a` fixes one. A grid needs a step, unless only whole numbers are meant.",
    bad: "strat sweep a.strat --param fast=50..10:5", good: "strat sweep a.strat --param fast=10..50:5")
  static let sweepSize = DiagnosticRecord(
    "E0932", "sweep that is too large",
    explanation: "The grid has more points than a sweep takes. Give fewer values with `--param name=lo..hi:step`, fix "
      + "params with `--param name=value`, or try some points with `--random N`.",
    bad: "strat sweep a.strat --param x=1..1000000", good: "strat sweep a.strat --random 500")
  static let nothingToSweep = DiagnosticRecord(
    "E0933", "nothing to sweep",
    explanation:
      "A sweep varies the params that have a domain (`param n = 20 in 5..50 step 5`) and those that `--param` "
      + "gives several values. There is none, or no combination of values meets the `where` conditions.",
    bad: "param n = 20", good: "param n = 20 in 5..50 step 5")
}

extension Diagnostic {
  static func badSweepRange(_ name: String, _ text: String, _ why: String) -> Diagnostic {
    Diagnostic(
      .sweepRange, "`\(name)=\(text)` is no range: \(why)", notes: [Note("write `--param \(name)=lo..hi:step`")])
  }
  static func gridNeedsStep(_ name: String) -> Diagnostic {
    Diagnostic(
      .sweepRange, "param `\(name)` takes any number of a range, so a grid needs a step",
      notes: [Note("give one, `--param \(name)=lo..hi:step`, fix it, `--param \(name)=value`, or use `--random N`")])
  }
  static func sweepTooLarge(_ count: String, most: Int) -> Diagnostic {
    Diagnostic(
      .sweepSize, "the grid has \(count) points; a sweep takes at most \(most)",
      notes: [Note("`--random N` tries some of them; `--param name=lo..hi:step` narrows one param")])
  }
  static func nothingToSweep(_ why: String) -> Diagnostic {
    Diagnostic(
      .nothingToSweep, why,
      notes: [Note("give a param a domain, `param n = 20 in 5..50 step 5`, or `--param n=5..50:5`")])
  }
}
