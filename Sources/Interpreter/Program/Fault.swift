public import Diagnostics
public import MarketModel

/// Why an evaluation stopped.
public struct Fault: Sendable {
  /// What the user is told, the calls that it left aside.
  var bare: Diagnostic
  /// The reason of the missing value, where a missing condition or weight stopped the evaluation.
  public var missing: MissingReason?
  /// The key whose value is missing, where a missing weight stopped the evaluation.
  public internal(set) var key: String?
  /// The script asked, by its missing policy, to hold instead of failing.
  public var holds: Bool
  /// The params do not meet a `where` condition.
  public var isUnmetCondition = false

  /// The calls that it left, innermost first.
  public internal(set) var calls: [FaultCall] = []

  /// Makes a fault.
  public init(_ diagnostic: Diagnostic, missing: MissingReason? = nil, holds: Bool = false) {
    bare = diagnostic
    self.missing = missing
    self.holds = holds
  }
}

extension Fault {
  /// What the user is told; its last notes are the calls that it left. They are written when somebody looks: most faults
  /// of a run are of dates that are not warm yet, and of those the message is enough.
  public var diagnostic: Diagnostic {
    var whole = bare
    whole.notes += calls.map(\.note)
    return whole
  }

  /// The message of the diagnostic.
  public var message: String { bare.message }
}

/// A call that a fault left.
public struct FaultCall: Sendable {
  /// The function's name.
  public let name: String
  /// Where it was called; `nil` for what the embedding program calls.
  public let location: Location?
  /// The current date.
  public let asOf: Day?
  /// How often in a row it was left.
  public var count = 1

  /// The call with its arguments, if they are known.
  var text: String?

  /// As a line of the call stack.
  var note: Note {
    let day = asOf.map { " at as_of \($0)" } ?? ""
    let times = count > 1 ? ", \(count) times" : ""
    return Note("called in `\(text ?? name)`\(day)\(times)", at: location)
  }
}
