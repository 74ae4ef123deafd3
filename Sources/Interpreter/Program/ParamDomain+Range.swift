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
      self.lower = lower
      self.upper = upper
      self.includesUpper = includesUpper
      self.step = step
      isWhole = [initial, lower, upper, step ?? 1].allSatisfy { $0 == $0.rounded() }
    }

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

    /// How many numbers lie a step apart, from the lower bound on.
    public func count(step: Double) -> Double {
      Steps.count(from: lower, to: upper, step: step, includesEnd: includesUpper)
    }

    /// The numbers a step apart, from the lower bound on; each is the decimal that one would write.
    ///
    /// - Precondition: `count(step:)` is a number of values that memory can hold.
    public func values(step: Double) -> [Double] {
      let decimals = decimals(step: step)
      return (0..<Int(cut: count(step: step))).map { value(at: Double($0), step: step, decimals: decimals) }
    }

    /// One of the numbers a step apart, by its place among them.
    public func value(at place: Double, step: Double) -> Double {
      value(at: place, step: step, decimals: decimals(step: step))
    }

    private func decimals(step: Double) -> Int { max(Steps.decimals(lower), Steps.decimals(step)) }

    private func value(at place: Double, step: Double, decimals: Int) -> Double {
      min(upper, Steps.rounded(lower + place * step, decimals: decimals))
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
