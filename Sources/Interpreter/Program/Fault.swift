public import Diagnostics
public import MarketModel

/// Why an evaluation stopped.
public struct Fault: Sendable {
  /// What the user is told; its notes hold the call stack.
  public var diagnostic: Diagnostic
  /// The reason of the missing value, where a missing condition or weight stopped the evaluation.
  public var missing: MissingReason?
  /// The script asked, by its missing policy, to hold instead of failing.
  public var holds: Bool

  /// Makes a fault.
  public init(_ diagnostic: Diagnostic, missing: MissingReason? = nil, holds: Bool = false) {
    self.diagnostic = diagnostic
    self.missing = missing
    self.holds = holds
  }
}
