import Diagnostics
import Kernels
import MarketModel

extension ParamDomain {
  /// Numbers between two bounds, as scripts and sweeps say them: `5..50`, `5..<50 step 15`.
  ///
  /// The checker, the run and the sweep all ask here what such a range holds.
  public struct Range: Equatable, Sendable {
    /// The least value.
    public let lower: Double
    /// The largest value, or the first that is too large.
    public let upper: Double
    /// Whether `upper` is a value.
    public let includesUpper: Bool
    /// The distance between the values that a sweep tries, where one is given.
    public let step: Double?
    /// Whether only whole numbers are allowed.
    public let isWhole: Bool

    /// A range; `isWhole` where its numbers and the param's default are.
    public init(lower: Double, upper: Double, includesUpper: Bool, step: Double?, initial: Double) {
      self.init(
        lower: lower, upper: upper, includesUpper: includesUpper, step: step,
        isWhole: [initial, lower, upper, step ?? 1].allSatisfy { $0 == $0.rounded() })
    }

    private init(lower: Double, upper: Double, includesUpper: Bool, step: Double?, isWhole: Bool) {
      self.lower = lower
      self.upper = upper
      self.includesUpper = includesUpper
      self.step = step
      self.isWhole = isWhole
    }

    /// The range for a param whose script gives another: without a step of its own it has that one's, and its numbers
    /// are whole only if that one's are.
    public func within(_ other: Range?) -> Range {
      let isWhole = isWhole && other?.isWhole != false
      return Range(
        lower: lower, upper: upper, includesUpper: includesUpper, step: step ?? (isWhole ? other?.step : nil),
        isWhole: isWhole)
    }

    /// The distance between the values that a sweep tries; `nil` where any number may be tried.
    public var sweepStep: Double? { step ?? (isWhole ? 1 : nil) }

    /// Whether no number lies between the bounds.
    public var isEmpty: Bool { includesUpper ? lower > upper : lower >= upper }

    /// Whether a number lies between the bounds, whole or not.
    public func contains(_ number: Double) -> Bool {
      number >= lower && (includesUpper ? number <= upper : number < upper)
    }

    /// The range as scripts write it, without its step.
    public var text: String {
      NumberText.shortest(lower) + (includesUpper ? ".." : "..<") + NumberText.shortest(upper)
    }

    /// The number between the bounds that a uniform one in [0, 1) stands for.
    func number(at uniform: Double) -> Double {
      let width = upper - lower
      // A range may be wider than a number holds.
      let number = width.isFinite ? lower + uniform * width : lower * (1 - uniform) + upper * uniform
      return min(includesUpper ? upper : upper.nextDown, number)
    }

    /// How many numbers lie a step apart, from the lower bound on.
    public func count(step: Double) -> Double {
      Steps.count(from: lower, to: upper, step: step, includesEnd: includesUpper)
    }

    /// One of the numbers a step apart, from the lower bound on, by its place among them; the decimal that one would
    /// write.
    public func value(at place: Double, step: Double) -> Double {
      min(upper, Steps.rounded(lower + place * step, decimals: max(Steps.decimals(lower), Steps.decimals(step))))
    }
  }
}

/// Numbers that are a step apart: how many there are, and what they are.
enum Steps {
  /// How many numbers there are from a start to an end, which is met within 1e-9 of a step; 0 where there is none.
  static func count(from start: Double, to end: Double, step: Double, includesEnd: Bool) -> Double {
    let turns = (end - start) / step
    if turns < -1e-9 || turns.isNaN { return 0 }
    let whole = (turns + 1e-9).rounded(.down)
    let meets = abs(turns - whole) <= 1e-9
    return whole + (includesEnd || !meets ? 1 : 0)
  }

  /// How many digits stand behind the point of the shortest text of a number.
  static func decimals(_ number: Double) -> Int {
    let parts = NumberText.shortest(number).split(separator: "e")
    let digits = parts.first?.split(separator: ".").dropFirst().first?.utf8.count ?? 0
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return max(0, digits - exponent)
  }

  /// The decimal of so many digits that is meant: 0.1 + 2 · 0.1 is 0.3.
  static func rounded(_ number: Double, decimals: Int) -> Double {
    // Powers of ten up to 22 and whole numbers below 2^53 are exact, so the division gives the nearest double.
    guard (0...22).contains(decimals) else { return number }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = number * power
    return scaled.magnitude < 0x1p53 ? scaled.rounded() / power : number
  }
}
