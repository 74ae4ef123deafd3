/// Which days are sessions.
public enum CalendarRule: Hashable, Sendable {
  /// Monday to Friday dates on which any ticker has a price.
  case sessions
  /// All dates on which any ticker has a price, weekends too.
  case all
  /// Every Monday to Friday of the data's span.
  case weekdays
  /// The Monday to Friday dates on which one ticker has a price.
  case ticker(String)

  /// The words that are no ticker.
  public static let words = [CalendarRule.sessions, .all, .weekdays].map(\.description)

  /// Reads the word of a `calendar` setting; anything but the three words is a ticker.
  public init(_ text: String) {
    switch text {
    case "sessions": self = .sessions
    case "all": self = .all
    case "weekdays": self = .weekdays
    default: self = .ticker(text)
    }
  }
}

extension CalendarRule: CustomStringConvertible {
  /// The setting as written.
  public var description: String {
    switch self {
    case .sessions: "sessions"
    case .all: "all"
    case .weekdays: "weekdays"
    case .ticker(let name): name
    }
  }
}
