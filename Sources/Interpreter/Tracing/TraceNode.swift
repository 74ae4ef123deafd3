public import Diagnostics
public import MarketModel

/// What an expression gave when it was evaluated, and what its operands gave: one node of a trace, as plain data.
///
/// A trace is made by `Tracer` while a program that was linked for tracing runs. It outlives the evaluation.
public struct TraceNode: Sendable {
  /// What a node stands for.
  public enum Kind: Sendable {
    /// An operator, a literal, a list, an index.
    case expression
    /// A name; its only child, where it has one, is the expression that gave the name its value.
    case name
    /// A call of a function that the script or a module declares: arguments first, then what its body evaluated.
    case call(String)
    /// A call of a builtin, with its arguments as children.
    case builtin(String)
  }

  /// What it stands for.
  public let kind: Kind
  /// Where the expression stands.
  public let location: Location?
  /// The expression as written, on one line; long ones are cut.
  public let text: String
  /// What it gave, in one line: numbers as they print, long lists and maps cut, a series with its length and its latest
  /// value. Empty where the evaluation stopped inside.
  public let value: String
  /// The kind of value; `nil` where the evaluation stopped inside.
  public let valueKind: ValueKind?
  /// Why the value is missing, if it is; of a series, why its latest value is.
  public let reason: MissingReason?
  /// Of a series, how many observations it has; of a list or map, how many items.
  public let count: Int?
  /// The date whose knowledge counted; `nil` where no data could be read.
  public let asOf: Day?
  /// The data that it read itself, or, where its children were left out, that they read.
  public let reads: [DataRead]
  /// What its operands gave, in the order of their evaluation.
  public let children: [TraceNode]
  /// Of a call, how many of the children, from the first, are its arguments.
  public let argumentCount: Int
  /// How many children were left out.
  public let omitted: Int
  /// Names with a simple value that were read below, where children were left out: the name and its value as it prints.
  let names: [TracedName]
  /// The child whose missing value is this one's, if there is one.
  let source: Int?
  /// Where the missing value arose, where no child leads there: one node, or none.
  let origin: [TraceNode]

  /// The evaluation stopped inside.
  public var failed: Bool { valueKind == nil }
  /// All data read by it and below it, in order, each once.
  public var allReads: [DataRead] {
    var result: [DataRead] = []
    collect(into: &result)
    return result
  }

  private func collect(into result: inout [DataRead]) {
    for child in children { child.collect(into: &result) }
    for read in reads where !result.contains(read) { result.append(read) }
  }
}

/// A name and what it stood for.
struct TracedName: Equatable, Sendable {
  let name: String
  let value: String
}

/// One look into the data: what was asked for, and what was known at the cut.
public struct DataRead: Hashable, Sendable {
  /// The primitive, such as `close`.
  public var function: String
  /// The ticker, code, curve or universe.
  public var name: String
  /// What one observation is called: `price`, `release`, `curve`.
  public var unit: String
  /// The date whose knowledge counted.
  public var cut: Day
  /// How many observations are known at the cut.
  public var count: Int
  /// The date of the first observation known at the cut.
  public var firstObservation: Day?
  /// The date of the latest observation known at the cut.
  public var lastObservation: Day?
  /// From when the latest observation was known.
  public var release: KnowledgeTime?
  /// The latest value known at the cut.
  public var value: Double
  /// Where nothing is known at the cut: the first date at which something is. `nil` where there is never anything.
  public var firstKnown: Day?

  /// Describes a look into the data.
  public init(
    function: String, name: String, unit: String, cut: Day, count: Int = 0, firstObservation: Day? = nil,
    lastObservation: Day? = nil, release: KnowledgeTime? = nil, value: Double = .missing(.notReleased),
    firstKnown: Day? = nil
  ) {
    self.function = function
    self.name = name
    self.unit = unit
    self.cut = cut
    self.count = count
    self.firstObservation = firstObservation
    self.lastObservation = lastObservation
    self.release = release
    self.value = value
    self.firstKnown = firstKnown
  }
}

/// An argument of a primitive, for whoever describes what it read.
public struct TracedArgument: Sendable {
  /// The name it was given by, if any.
  public let label: String?
  /// Its value; `nil` for series and functions.
  public let value: Constant?
}
