public import MarketModel

/// Who belonged to an index or a list, and when.
public struct Universe: Sendable {
  /// The name of the universe.
  public let name: String
  /// The memberships, by ticker, then start.
  public let memberships: [Membership]

  /// Describes a universe.
  public init(name: String, memberships: [Membership]) {
    self.name = name
    self.memberships = memberships
  }

  /// The members on a day, ascending.
  public func members(on day: Day) -> [TickerID] {
    var result: [TickerID] = []
    for membership in memberships where membership.holds(on: day) && result.last != membership.ticker {
      result.append(membership.ticker)
    }
    return result
  }
}

/// One stretch of membership: from its start, up to but not on its end.
public struct Membership: Hashable, Sendable {
  /// The member.
  public let ticker: TickerID
  /// The first day; the earliest day if it always was one.
  public let start: Day
  /// The first day after; `nil` if it still is one.
  public let end: Day?

  /// Describes a membership.
  public init(ticker: TickerID, start: Day, end: Day?) {
    self.ticker = ticker
    self.start = start
    self.end = end
  }

  /// Whether the stretch holds a day.
  public func holds(on day: Day) -> Bool {
    start <= day && (end.map { day < $0 } ?? true)
  }
}

/// A split, dividend or delisting of one ticker on one ex-date.
public struct CorporateAction: Hashable, Sendable {
  /// Whose action it is; may be a name without prices.
  public let ticker: String
  /// From which day on it counts.
  public let exDate: Day
  /// New shares for one old; 1 for none.
  public let splitRatio: Double
  /// Per old share; 0 for none.
  public let cashDividend: Double
  /// What a holder got per share, if the security was delisted.
  public let delistingPrice: Double?

  /// Describes an action.
  public init(ticker: String, exDate: Day, splitRatio: Double, cashDividend: Double, delistingPrice: Double?) {
    self.ticker = ticker
    self.exDate = exDate
    self.splitRatio = splitRatio
    self.cashDividend = cashDividend
    self.delistingPrice = delistingPrice
  }
}
