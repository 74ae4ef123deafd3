import Analytics
import Diagnostics
import MarketData
import MarketModel

/// The state of a run between two sessions, and the order of events in one.
struct Simulation {
  let store: MarketStore
  let config: BacktestConfig
  let calendar: TradingCalendar
  /// The run's sessions, as indices of the calendar.
  let range: Range<Int>
  let schedule: RebalanceSchedule
  /// The tickers' names, by ticker.
  let names: [String]
  var portfolio: Portfolio
  var cursors: PriceCursors
  var book: RoundTripBook
  var queue = DecisionQueue()
  var resolver: TargetResolver
  var log = WarningLog()
  var result: BacktestResult
  /// Index of the session under way, and its day.
  private(set) var session: Int
  private(set) var day: Day
  /// The highest equity so far, the initial capital included.
  private(set) var peak: Double
  /// The lowest equity above 0 so far, the initial capital included.
  private(set) var lowest: Double
  /// The session of the latest fill.
  var lastFill: Day?
  /// ½ Σ|trade| / E of today's fill.
  var dayTurnover = 0.0
  /// Orders of the fill under way; kept for its memory.
  var orders: [Order] = []
  private var accrual: Accrual
  private var riskFreeReturn = 0.0
  private var shorts = 0.0
  /// How many rebalance dates have come.
  private(set) var nextDecision = 0
  private var audit: Audit

  init(store: MarketStore, config: BacktestConfig, strategyID: String) {
    self.store = store
    self.config = config
    // The configuration was resolved against this data set, so its calendar is there.
    calendar = store.calendar(config.calendar) ?? store.calendar
    let first = calendar.count(through: config.start - 1)
    range = first..<max(first, calendar.count(through: config.end))
    schedule = RebalanceSchedule(
      config.rebalance, calendar: calendar, range: range, start: config.start, end: config.end)
    names = store.tickerNames
    portfolio = Portfolio(cash: config.initialCapital, tickers: names.count)
    cursors = PriceCursors(store)
    book = RoundTripBook(names: names)
    resolver = TargetResolver(store: store, names: names)
    accrual = Accrual(store: store, config: config)
    result = BacktestResult(strategyID: strategyID, config: config, sessions: range.count)
    result.decisions.reserveCapacity(schedule.sessions.count)
    session = range.lowerBound - 1
    day = config.start
    peak = config.initialCapital
    lowest = config.initialCapital
    audit = Audit(equity: config.initialCapital)
    noteCalendar()
    noteAdjustment()
  }

  private mutating func noteAdjustment() {
    let names = store.unexplainedAdjustments
    if names.isEmpty { return }
    log.add(
      .adjustedCloseUnread,
      "prices are adjusted from actions, which do not explain the adjusted_close of \(LoadingNote.list(names)): it is "
        + "not read", on: nil, count: names.count)
  }

  private mutating func noteCalendar() {
    if store.hasWeekendRows, calendar.rule != .all {
      log.add(
        .weekendRows, "the data have weekend prices; they are no sessions under calendar \"\(config.calendar)\"",
        on: nil)
    }
    if config.endsWithMarket, let last = calendar.last {
      log.add(
        .endsWithMarket,
        "the run ends on \(config.end), the market's last session: after it fewer than half of the tickers go on; "
          + "the data's last session is \(last), and `end` takes the run there", on: config.end)
    }
    if schedule.leftOut > 0 {
      log.add(
        .datesLeftOut, "rebalance dates outside the run were left out", on: nil, count: schedule.leftOut)
    }
  }

  // MARK: A session

  /// The events of the next session, in order.
  mutating func advance(_ strategy: inout some StrategyProtocol) throws(Diagnostic) {
    guard try reachDecision() else { return try record() }
    if isRebalance {
      nextDecision += 1
      try decide(&strategy)
    }
    if config.execution == .sameClose, queue.isDue(session) { try fillDue(.close) }
    try record()
  }

  /// Whether is decided on the session under way.
  private var isRebalance: Bool {
    nextDecision < schedule.sessions.count && schedule.sessions[nextDecision] == session
  }

  /// The events of the next session up to the moment at which is decided; false if the run is over.
  mutating func reachDecision() throws(Diagnostic) -> Bool {
    session += 1
    let previous = session > range.lowerBound ? day : nil
    day = calendar[session]
    dayTurnover = 0
    if let previous { try accrue(from: previous) }
    try endListings()
    if config.execution == .nextOpen, queue.isDue(session) {
      try markToOpen()
      if closeIfRuined(.open) { return false }
      try fillDue(.open)
    }
    try markToClose()
    if closeIfRuined(.close) { return false }
    if config.execution == .nextClose, queue.isDue(session) { try fillDue(.close) }
    return true
  }

  private mutating func accrue(from previous: Day) throws(Diagnostic) {
    let rates = try accrual.rates(knownOn: previous, holdsShorts: shorts > 0, log: &log, on: day)
    let days = Double(day - previous)
    let cash = portfolio.cash
    let interest = cash * rates.cash * days / 365 - shorts * rates.borrow * days / 365
    let next = cash + cash * rates.cash * days / 365 - shorts * rates.borrow * days / 365
    guard AmountRange.holds(next) else {
      throw .interestOutOfRange(
        cash: cash, rate: cash * rates.cash == 0 ? rates.borrow : rates.cash, from: previous, on: day)
    }
    portfolio.cash = next
    result.figures.totalInterest += interest
    riskFreeReturn = rates.riskFree * days / 365
  }

  /// Writes the session down.
  ///
  /// - Throws: a diagnostic where its amounts are out of range; nothing is written then.
  mutating func record() throws(Diagnostic) {
    let totals = portfolio.totals
    try checkRange(totals)
    let isSolvent = totals.equity > 0
    shorts = totals.shorts
    peak = max(peak, totals.equity)
    if isSolvent { lowest = min(lowest, totals.equity) }
    result.figures.days.append(day)
    result.figures.equity.append(totals.equity)
    result.figures.gross.append(isSolvent ? totals.gross / totals.equity : 0)
    result.figures.net.append(isSolvent ? totals.net / totals.equity : 0)
    result.figures.riskFree.append(riskFreeReturn)
    result.figures.turnoverSum += dayTurnover
    if !portfolio.held.isEmpty { result.figures.sessionsInMarket += 1 }
    #if DEBUG
      portfolio.checkInvariants()
      audit.check(totals, portfolio, result.figures)
    #endif
  }
}

/// Checks each session that the change of equity is what prices and interest gave, less costs.
private struct Audit {
  private var equity: Double
  private var explained = 0.0

  init(equity: Double) { self.equity = equity }

  mutating func check(_ totals: Portfolio.Totals, _ portfolio: Portfolio, _ figures: MetricInput) {
    let now = portfolio.pricePnL + figures.totalInterest - figures.totalCosts
    let scale = max(abs(totals.equity), abs(equity), totals.gross, abs(portfolio.cash), abs(now))
    assert(
      abs((totals.equity - equity) - (now - explained)) <= 1e-8 * scale,
      "the change of equity is price PnL + interest − costs")
    equity = totals.equity
    explained = now
  }
}
