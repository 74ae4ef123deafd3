/// What a builtin makes of items that are `na`: said in its record, from which the reference tells it, and a test that
/// runs every builtin that says something.
public struct BuiltinGaps: Sendable {
  /// What becomes of an item that is `na`.
  public enum Handling: Sendable {
    /// The result is `na`, with the reason of the first.
    case result
    /// It is left out.
    case leftOut
    /// It is left out; where all are, the result is `na`.
    case leftOutOfOthers
    /// It stays `na`.
    case kept
    /// It comes last.
    case last
  }

  /// In a list; `nil` where the builtin takes none.
  public let list: Handling?
  /// In a map; `nil` where the builtin takes none.
  public let map: Handling?

  /// What is done, as the reference says it; `nil` where there is nothing to say.
  public var text: String? {
    let parts = [list.map { "in a list \($0.text)" }, map.map { "in a map \($0.text)" }].compactMap(\.self)
    return parts.isEmpty ? nil : "`na`: " + parts.joined(separator: "; ") + "."
  }
}

extension BuiltinGaps.Handling {
  fileprivate var text: String {
    switch self {
    case .result: "the result is `na` if one item is"
    case .leftOut: "it is left out"
    case .leftOutOfOthers: "it is left out, and where all are `na` the result is"
    case .kept: "it stays `na`"
    case .last: "it comes last"
    }
  }
}

extension Builtin {
  /// The record with what it makes of items that are `na`.
  func gaps(list: BuiltinGaps.Handling? = nil, map: BuiltinGaps.Handling? = nil) -> Builtin {
    var result = self
    result.gaps = BuiltinGaps(list: list, map: map)
    return result
  }

  /// The record of a function that takes a part of a series, which does not grow with the history.
  func takingPart() -> Builtin {
    var result = self
    result.takesPart = true
    return result
  }
}
