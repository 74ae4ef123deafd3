import Syntax

/// What one evaluation may use. The defaults are safe for a script of unknown origin; `Limit.all` describes each.
public struct Limits: Sendable {
  /// Steps in one call of `signals` or one test: one per call and loop turn and more where their bodies are long, n for
  /// work on n elements, and those of `TextWork` for work on bytes of text.
  public var steps = 100_000_000
  /// Bytes of lists, maps, strings and made series in one call of `signals` or one test.
  public var memory = 256 << 20
  /// Calls of functions and lambdas within each other.
  public var depth = 1_000
  /// Brackets and blocks within each other in the source of the script and of each module.
  public var nesting = standardNesting
  /// Items of one list, entries of one map; at its default the memory ends first.
  public var list = 16 << 20
  /// Bytes of one string.
  public var string = 16 << 20
  /// Bytes of `print` and `note` in a run.
  public var output = 1 << 20
  /// Tracks of `plot` in a run.
  public var tracks = 64
  /// Seconds of one call of `signals` or one test. The other limits end a script at the same place on every machine;
  /// this one is for a host that must answer in time, so it is set far from what the others allow.
  public var seconds = 300

  /// The defaults.
  public init() {}
}

/// Everything said about a limit, in one place: the command line, its help and the reference derive from it.
public struct Limit: Sendable {
  /// The name that `--limit` takes.
  public let name: String
  /// What is counted, and over what.
  public let meaning: String
  /// What `k` stands for after a number: 1,000 for a count, 1,024 for bytes.
  public let thousand: Int
  /// The largest value that can be asked for.
  public let maximum: Int
  /// Where its value stands.
  public let value: any WritableKeyPath<Limits, Int> & Sendable

  private init(
    _ name: String, _ value: any WritableKeyPath<Limits, Int> & Sendable, maximum: Int, thousand: Int = 1_000,
    _ meaning: String
  ) {
    self.name = name
    self.meaning = meaning
    self.thousand = thousand
    self.maximum = maximum
    self.value = value
  }

  /// All limits, in the order of the reference.
  public static let all = [
    Limit(
      "steps", \.steps, maximum: 1 << 60, "calls and loop turns, elements and bytes gone through, in one evaluation"),
    Limit(
      "memory", \.memory, maximum: 1 << 40, thousand: 1_024,
      "bytes of lists, maps, strings and series in one evaluation"),
    Limit("depth", \.depth, maximum: 1 << 30, "calls of functions and lambdas within each other"),
    Limit("nesting", \.nesting, maximum: 1_000, "brackets and blocks within each other in the source"),
    Limit("list", \.list, maximum: 1 << 30, "items of one list, entries of one map"),
    Limit("string", \.string, maximum: 1 << 30, thousand: 1_024, "bytes of one string"),
    Limit("output", \.output, maximum: 1 << 40, thousand: 1_024, "bytes of `print` and `note` in a run"),
    Limit("tracks", \.tracks, maximum: 1 << 20, "tracks of `plot` in a run"),
    Limit("seconds", \.seconds, maximum: 1 << 30, "seconds of one evaluation"),
  ]

  /// The value it has unless it is changed.
  public var standard: Int { Limits()[keyPath: value] }
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
