/// What one evaluation may use. The defaults are safe for a script of unknown origin.
public struct Limits: Sendable {
  /// Steps in one call of `signals` or one test: one per call and loop turn, n for a builtin over n elements.
  public var steps = 100_000_000
  /// Bytes of lists, maps, strings and made series in one call of `signals` or one test.
  public var memory = 256 << 20
  /// Calls of functions and lambdas within each other.
  public var depth = 1_000
  /// Bytes of `print` and `note` in a run.
  public var output = 1 << 20
  /// Tracks of `plot` in a run.
  public var tracks = 64

  /// The defaults.
  public init() {}
}

/// What a condition that is missing means.
public enum MissingPolicy: String, Sendable, CaseIterable {
  /// An error that names what is missing and why.
  case error
  /// The condition counts as false.
  case `false`
  /// The call of `signals` counts as `hold`.
  case hold
}
