import Kernels
public import MarketModel

/// A value for a configuration key, from a strategy block, a flag or a program.
public enum ConfigValue: Equatable, Sendable {
  case number(Double)
  case text(String)
  case bool(Bool)
  case date(Day)
  case duration(CalendarDuration)
  case list([ConfigValue])
  case none

  /// Reads the text of a flag: a number (with `bps` or `pct`), a date, a comma-separated list of dates, or text.
  public init(flag text: String) {
    if let day = Day(iso: text) {
      self = .date(day)
    } else if text.contains(","), case let days = text.split(separator: ",").map({ Day(iso: ConfigValue.trimmed($0)) }),
      days.allSatisfy({ $0 != nil })
    {
      self = .list(days.compactMap { $0.map { .date($0) } })
    } else if let number = NumberLiteral.value(text) {
      self = .number(number)
    } else {
      self = text == "none" ? .none : .text(text)
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The value, for messages.
  public var described: String {
    switch self {
    case .number(let number): NumberText.shortest(number)
    case .text(let text): "\"\(text)\""
    case .bool(let bool): "\(bool)"
    case .date(let day): "\(day)"
    case .duration(let duration): "\(duration)"
    case .list: "a list"
    case .none: "none"
    }
  }
}
