public import Diagnostics
public import Interpreter
import Kernels
import MarketModel
public import Scripting

/// The values that a sweep gives to one param.
public struct SweepAxis: Sendable {
  /// The values, as the script or the command line says them.
  public enum Values: Sendable {
    /// Each of them.
    case list([Constant])
    /// So many numbers of a range, a step apart, more than a grid takes; for random trials only.
    case steps(ParamDomain.Range, step: Double, count: Double)
    /// Any number of a range; for random trials only.
    case interval(ParamDomain.Range)
  }

  /// The param.
  public let name: String
  /// Its values.
  public let values: Values

  /// Whether there is one value only.
  public var isFixed: Bool { if case .list(let values) = values { values.count == 1 } else { false } }

  /// The axis of a param's domain; `nil` for a param without one.
  init?(_ domain: ParamDomain) throws(Diagnostic) {
    name = domain.name
    if !domain.choices.isEmpty {
      values = .list(domain.choices)
    } else if let range = domain.range {
      guard let step = range.step ?? (range.isWhole ? 1 : nil) else {
        values = .interval(range)
        return
      }
      values = try SweepAxis.steps(name, range, step)
    } else {
      return nil
    }
  }

  /// The axis of `name=…` on the command line: `10..50:5`, `10..<50:5`, `10..50`, `0.1,0.2`, or one value.
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
    let domain = domains.first { $0.name == name }
    let range = try SweepAxis.range(name, text, dots, of: script, initial: domain?.initial.number ?? 0)
    if let step = range.step {
      values = try SweepAxis.steps(name, range, step)
    } else if range.isWhole, domain?.range?.isWhole != false {
      values = try SweepAxis.steps(name, range, domain?.range?.step ?? 1)
    } else {
      values = .interval(range)
    }
  }

  /// What `lo..hi`, `lo..<hi` and either with `:step` say.
  private static func range(
    _ name: String, _ text: String, _ dots: Swift.Range<String.Index>, of script: Script, initial: Double
  ) throws(Diagnostic) -> ParamDomain.Range {
    let parts = text[dots.upperBound...].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isHalfOpen = parts[0].hasPrefix("<")
    let lower = try number(name, String(text[..<dots.lowerBound]), of: script)
    let upper = try number(name, String(parts[0].dropFirst(isHalfOpen ? 1 : 0)), of: script)
    guard lower <= upper else { throw .badSweepRange(name, text, "its end lies before its start") }
    let step = parts.count == 2 ? try number(name, String(parts[1]), of: script) : nil
    if let step, !(step > 0) { throw .badSweepRange(name, text, "its step is not above 0") }
    let range = ParamDomain.Range(
      lower: lower, upper: upper, includesUpper: !isHalfOpen, step: step, initial: initial)
    if range.isEmpty { throw .badSweepRange(name, text, "no number lies in it") }
    return range
  }

  private static func number(_ name: String, _ text: String, of script: Script) throws(Diagnostic) -> Double {
    guard let number = try ParamValues.value(name, text, of: script).number else {
      throw .badSweepRange(name, text, "only a param that is a number has a range")
    }
    return number
  }

  /// The numbers of a range, a step apart.
  private static func steps(_ name: String, _ range: ParamDomain.Range, _ step: Double) throws(Diagnostic) -> Values {
    let count = range.count(step: step)
    guard step > 0, count.isFinite else {
      throw .badSweepRange(
        name, range.text, "it holds more values than can be counted, \(NumberText.shortest(step)) apart")
    }
    return count <= Double(SweepPlan.mostTrials)
      ? .list(range.values(step: step).map { .number($0) }) : .steps(range, step: step, count: count)
  }

  /// The value that a uniform number in [0, 1) stands for.
  func value(at uniform: Double) -> Constant {
    switch values {
    case .list(let list): list[min(list.count - 1, Int(cut: uniform * Double(list.count)))]
    case .steps(let range, let step, let count):
      .number(range.value(at: min(count - 1, (uniform * count).rounded(.down)), step: step))
    case .interval(let range):
      .number(min(range.includesUpper ? range.upper : range.upper.nextDown, SweepAxis.number(of: range, at: uniform)))
    }
  }

  private static func number(of range: ParamDomain.Range, at uniform: Double) -> Double {
    let width = range.upper - range.lower
    // A range may be wider than a number holds.
    return width.isFinite ? range.lower + uniform * width : range.lower * (1 - uniform) + range.upper * uniform
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
      "In a sweep `--param name=lo..hi:step` gives the numbers from `lo` to `hi`, both included, `step` apart, and "
      + "`name=lo..<hi:step` leaves `hi` out; `name=a,b,c` lists values and `name=a` fixes one. A grid needs a step, unless only whole numbers are meant.",
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
  static func sweepTooLarge(_ count: String, most: Int, of param: String? = nil) -> Diagnostic {
    let subject = param.map { "param `\($0)` alone has \(count) values" } ?? "the grid has \(count) points"
    return Diagnostic(
      .sweepSize, "\(subject); a grid takes at most \(most) points",
      notes: [Note("`--random N` tries some of them; `--param name=lo..hi:step` narrows one param")])
  }
  static func nothingToSweep(_ why: String) -> Diagnostic {
    Diagnostic(
      .nothingToSweep, why,
      notes: [Note("give a param a domain, `param n = 20 in 5..50 step 5`, or `--param n=5..50:5`")])
  }
}
