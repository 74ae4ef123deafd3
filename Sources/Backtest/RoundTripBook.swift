public import MarketModel

/// A way from flat to flat in one ticker.
public struct RoundTrip: Sendable {
  /// How a round trip ended.
  public enum Exit: String, Sendable {
    case closed, delisted, ruin
  }

  /// The ticker's name.
  public let ticker: String
  /// Long or short.
  public let isLong: Bool
  /// The session of the fill that opened it.
  public let opened: Day
  /// The session in which it ended; `nil` while it is open.
  public internal(set) var closed: Day?
  /// Σ of its opening and increasing |trades|.
  public internal(set) var entryNotional: Double
  /// What it realized; an open one is marked at the last session.
  public internal(set) var pnl: Double
  /// The same less the costs of its fills.
  public internal(set) var pnlAfterCosts: Double
  /// Sessions from the opening to the closing one, or to the last of the run.
  public internal(set) var sessions: Int
  /// How it ended; `nil` while it is open.
  public internal(set) var exit: Exit?
}

/// Follows trades from flat to flat, at average cost.
struct RoundTripBook {
  /// A trip under way.
  private struct Open {
    var basis: Double
    var entry: Double
    var realized = 0.0
    var costs: Double
    var session: Int
    var day: Day
    var isLong: Bool
  }

  private var finished: [RoundTrip] = []
  private var open: [Open?]
  private let names: [String]

  init(names: [String]) {
    self.names = names
    open = Array(repeating: nil, count: names.count)
  }

  /// The trips that ended, in order of closing, then ticker.
  var closedTrips: [RoundTrip] {
    var trips = finished
    trips.sortStably { ($0.closed ?? $0.opened, $0.ticker) }
    return trips
  }

  /// The average cost of a position and when it was opened.
  func position(_ ticker: Int) -> (basis: Double, opened: Day)? { open[ticker].map { ($0.basis, $0.day) } }

  /// A trade that took a position from one value to another.
  mutating func trade(
    _ ticker: Int, from old: Double, to new: Double, cost: Double, session: Int, day: Day,
    exit: RoundTrip.Exit = .closed
  ) {
    let trade = new - old
    guard old != 0 else { return start(ticker, new, cost, session, day) }
    if new == 0 { return finish(ticker, at: old, cost: cost, session, day, exit) }
    if (old > 0) != (new > 0) {
      // A flip closes one trip and opens the next; its costs are shared in proportion to the notional of each.
      let share = abs(old) / (abs(old) + abs(new))
      finish(ticker, at: old, cost: cost * share, session, day, exit)
      return start(ticker, new, cost * (1 - share), session, day)
    }
    open[ticker]?.costs += cost
    if (trade > 0) == (old > 0) {
      open[ticker]?.basis += trade
      open[ticker]?.entry += abs(trade)
      return
    }
    guard let basis = open[ticker]?.basis else { return }
    let fraction = abs(trade) / abs(old)
    open[ticker]?.realized += fraction * (old - basis)
    open[ticker]?.basis = (1 - fraction) * basis
  }

  private mutating func start(_ ticker: Int, _ value: Double, _ cost: Double, _ session: Int, _ day: Day) {
    open[ticker] = Open(
      basis: value, entry: abs(value), costs: cost, session: session, day: day, isLong: value > 0)
  }

  /// Ends a trip whose position is worth `value` in the end.
  mutating func finish(
    _ ticker: Int, at value: Double, cost: Double, _ session: Int, _ day: Day, _ exit: RoundTrip.Exit
  ) {
    guard var trip = open[ticker] else { return }
    trip.realized += value - trip.basis
    trip.costs += cost
    open[ticker] = nil
    finished.append(roundTrip(ticker, trip, trip.realized, session, closed: day, exit))
  }

  /// The trips still open, marked at the given values, in order of ticker.
  func openTrips(_ session: Int, value: (Int) -> Double) -> [RoundTrip] {
    open.indices.compactMap { ticker in
      open[ticker].map {
        roundTrip(ticker, $0, $0.realized + value(ticker) - $0.basis, session, closed: nil, nil)
      }
    }
  }

  private func roundTrip(
    _ ticker: Int, _ trip: Open, _ pnl: Double, _ session: Int, closed: Day?, _ exit: RoundTrip.Exit?
  ) -> RoundTrip {
    RoundTrip(
      ticker: names[ticker], isLong: trip.isLong, opened: trip.day, closed: closed, entryNotional: trip.entry, pnl: pnl,
      pnlAfterCosts: pnl - trip.costs, sessions: session - trip.session, exit: exit)
  }
}
