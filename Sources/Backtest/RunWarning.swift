public import Diagnostics
public import MarketModel

/// Something a run wants known: a kind, how often it happened and where first.
public struct RunWarning: Sendable {
  /// What happened.
  public let kind: Kind
  /// The message of the first occurrence.
  public let message: String
  /// How often.
  public internal(set) var count: Int
  /// The date of the first occurrence.
  public let first: Day?
  /// The place in the script of the first occurrence, where it has one.
  public let location: Location?

  /// The stable code.
  public var code: String { kind.record.code }

  /// The kinds of warnings.
  public enum Kind: CaseIterable, Sendable {
    case leverageScaled, untradable, rotationLimited, fillMoved, decisionDropped, unfilledAtEnd, staleHolding,
      becameCash
    case adjustedCloseUnread
    case lateStart, neverWarm, weekendRows, rateUnknown, datesLeftOut, ruin, decisionFailed, heldForMissing, note
    case endsWithMarket, benchmarkLeftOut, metricOverflow

    /// Code and texts.
    public var record: DiagnosticRecord {
      switch self {
      case .leverageScaled:
        DiagnosticRecord(
          "W0101", "weights scaled to the leverage limit",
          explanation: "Σ|weight| was above `max_leverage`; all weights were scaled by one factor.")
      case .untradable:
        DiagnosticRecord(
          "W0102", "ticker without a price at its fill",
          explanation: "It was left as it was; its weight was not spread over the others.")
      case .rotationLimited:
        DiagnosticRecord(
          "W0103", "positions that could not be sold took up the leverage",
          explanation:
            "What could be traded was scaled, so that a position that cannot be sold never turns a rotation into leverage."
        )
      case .fillMoved:
        DiagnosticRecord(
          "W0104", "fill moved to the next session",
          explanation: "Not one ticker of positions and targets had a price, so the fill waited for the next session.")
      case .decisionDropped:
        DiagnosticRecord(
          "W0105", "decision dropped for a newer one",
          explanation: "Its fill had moved to a session where a newer decision was filled.")
      case .unfilledAtEnd:
        DiagnosticRecord(
          "W0106", "decision not filled",
          explanation: "Its fill lies after the last session, and at the last prices something would have been traded.")
      case .staleHolding:
        DiagnosticRecord(
          "W0107", "held ticker without a price",
          explanation: "A held ticker had no price for more than `max_stale` sessions; it keeps its value meanwhile.")
      case .becameCash:
        DiagnosticRecord(
          "W0108", "position became cash with its listing",
          explanation:
            "The listing ended: its rows stopped, another company took the name, or a delisting price was paid.")
      case .lateStart:
        DiagnosticRecord(
          "W0109", "first target late in the run",
          explanation: "The sessions in cash before it count in every metric; a later `start` leaves them out.")
      case .neverWarm:
        DiagnosticRecord(
          "W0110", "run that never warmed up",
          explanation: "At every rebalance too little was known for a decision, so nothing was ever held.")
      case .weekendRows:
        DiagnosticRecord(
          "W0111", "weekend prices are no sessions",
          explanation:
            "Rows on Saturdays and Sundays stay in their ticker's series; `calendar: \"all\"` makes them sessions.")
      case .rateUnknown:
        DiagnosticRecord(
          "W0112", "rate not known yet", explanation: "Before the first release of a rate series the rate counts as 0.")
      case .datesLeftOut:
        DiagnosticRecord(
          "W0113", "rebalance dates left out",
          explanation: "Dates before `start`, and those without a session on or after them up to `end`, are left out.")
      case .ruin:
        DiagnosticRecord(
          "W0114", "equity fell to zero", explanation: "Every position was closed at its mark and the run ended.")
      case .decisionFailed:
        DiagnosticRecord(
          "W0115", "decision failed, portfolio held",
          explanation: "`on_error` is \"hold\": the run went on without a new target.")
      case .heldForMissing:
        DiagnosticRecord(
          "W0116", "held for missing data",
          explanation: "A condition was missing and the script says `missing: \"hold\"`.")
      case .adjustedCloseUnread:
        DiagnosticRecord(
          "W0118", "adjusted close that is not read",
          explanation:
            "The data set has actions with splits or dividends, so that prices are adjusted from these alone. The count "
            + "is of tickers whose `adjusted_close` moves as no action explains: what it knows of splits and dividends is "
            + "in no price. Add the actions that are missing, or take the others out.")
      case .benchmarkLeftOut:
        DiagnosticRecord(
          "W0119", "benchmark that cannot be measured",
          explanation:
            "Its adjusted prices grow or fall by more than numbers hold, so a price of it is most likely wrong. The run "
            + "is unchanged, but nothing is measured against the benchmark.")
      case .metricOverflow:
        DiagnosticRecord(
          "W0121", "metric that no number holds",
          explanation:
            "The value is greater than 1.8e308, such as a return of a few sessions taken to the power of a year. The "
            + "metric is absent: null in JSON, and last in every ranking.")
      case .note:
        DiagnosticRecord(
          "W0117", "note of the script", explanation: "A line of `note`, or members left out because they are `na`.")
      case .endsWithMarket:
        DiagnosticRecord(
          "W0120", "run that ends before the data",
          explanation: "Without `end` a run ends with the market: on the last session before fewer than half of the "
            + "tickers with a row in the 366 days up to it go on. One series that outlives the rest, such as an index, "
            + "does not carry the run on; `end` does.")
      }
    }
  }
}

/// The warnings of a run: equal kinds and keys are one, with a count.
struct WarningLog {
  private(set) var warnings: [RunWarning] = []
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let kind: RunWarning.Kind
    let key: String
  }

  /// Adds an occurrence. Those with the same `key` are counted together; without a key, those of a kind. The message is
  /// made for the first only.
  mutating func add(
    _ kind: RunWarning.Kind, _ message: @autoclosure () -> String, on day: Day?, key: String = "", count: Int = 1,
    at location: Location? = nil
  ) {
    let key = Key(kind: kind, key: key)
    if let place = places[key] {
      warnings[place].count += count
      return
    }
    places[key] = warnings.count
    warnings.append(RunWarning(kind: kind, message: message(), count: count, first: day, location: location))
  }

  /// In order of code, then of first occurrence.
  var sorted: [RunWarning] {
    warnings.enumerated().sorted { ($0.element.code, $0.offset) < ($1.element.code, $1.offset) }.map(\.element)
  }
}
