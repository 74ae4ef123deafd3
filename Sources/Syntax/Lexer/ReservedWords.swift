import MarketModel

/// The words and suffixes that the lexer knows, by what they do: for the syntax files of editors.
public enum ReservedWords {
  /// What a reserved word does.
  public enum Role: CaseIterable, Sendable {
    /// It begins or belongs to a declaration.
    case declaration
    /// It directs what runs.
    case control
    /// It is an operator.
    case operation
    /// It is a value.
    case constant
  }

  /// The words of a role, in the order of the lexer's list.
  public static func words(_ role: Role) -> [String] {
    Keyword.allCases.filter { $0.role == role }.map(\.rawValue)
  }

  /// What may follow a number without a blank: scales.
  public static let scaleSuffixes = NumberLiteral.scales.map(\.suffix)
  /// What may follow a whole number without a blank: units of durations.
  public static let durationSuffixes = ["d", "w", "mo", "y", "bd"]
}

extension Keyword {
  fileprivate var role: ReservedWords.Role {
    switch self {
    case .as, .fn, .import, .let, .param, .state, .strategy, .test, .var: .declaration
    case .assert, .at, .break, .continue, .else, .for, .if, .return, .step, .while: .control
    case .and, .in, .not, .or: .operation
    case .false, .na, .none, .true: .constant
    }
  }
}
