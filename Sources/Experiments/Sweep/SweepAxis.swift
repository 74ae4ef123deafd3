public import Diagnostics
public import Interpreter
import Kernels
import MarketModel
public import Scripting

/// The values that a sweep gives to one param: those of its domain, or those that the command line says.
public struct SweepAxis: Sendable {
  /// The param.
  public let name: String
  /// Its values.
  public let values: ParamDomain.Values

  /// Whether there is one value only.
  public var isFixed: Bool { values.count == 1 }

  /// The axis of a param's domain; `nil` for a param without one.
  init?(_ domain: ParamDomain) throws(Diagnostic) {
    name = domain.name
    values = domain.values
    if case .any = values { return nil }
    if let range = domain.range { try SweepAxis.check(range, of: name) }
  }

  /// The axis of `name=…` on the command line: `10..50:5`, `10..<50:5`, `10..50`, `0.1,0.2`, or one value.
  public init(_ name: String, _ text: String, of script: Script, _ domains: [ParamDomain]) throws(Diagnostic) {
    self.name = name
    if let dots = text.firstRange(of: "..") {
      let domain = domains.first { $0.name == name }
      let range = try SweepAxis.range(name, text, dots, of: script, initial: domain?.initial.number ?? 0)
        .within(domain?.range)
      try SweepAxis.check(range, of: name)
      values = .range(range)
    } else {
      var list: [Constant] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        list.append(try ParamValues.value(name, String(part), of: script))
      }
      values = .choices(list)
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

  /// Refuses a range whose values cannot be counted though it has a step.
  private static func check(_ range: ParamDomain.Range, of name: String) throws(Diagnostic) {
    guard let step = range.sweepStep, !(step > 0 && range.count(step: step).isFinite) else { return }
    throw .badSweepRange(
      name, range.text, "it holds more values than can be counted, \(NumberText.shortest(step)) apart")
  }

  /// Every value, for a grid, which takes no more than so many; of a range that has no step there is none.
  func all(atMost most: Int) throws(Diagnostic) -> [Constant] {
    guard let count = values.count else { throw .gridNeedsStep(name) }
    guard count <= Double(most) else { throw .sweepTooLarge(NumberText.shortest(count), most: most, of: name) }
    return (0..<Int(cut: count)).map { values.value(number: Double($0)) }
  }
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
