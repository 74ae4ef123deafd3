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
  var portfolio: Portfolio
  var cursors: PriceCursors
  var book: RoundTripBook
  var queue = DecisionQueue()
  var log = WarningLog()
  var result: BacktestResult
  var accrual: Accrual
  /// Index of the session under way, and its day.
  private(set) var session: Int
  private(set) var day: Day
  private var nextDecision = 0
  /// The highest equity so far, the initial capital included.
  var peak: Double
  var lastFill: Day?
  var dayTurnover = 0.0
  /// A strategy that has decided once is warm.
  private var hasDecided = false

  init(store: MarketStore, config: BacktestConfig, strategyID: String) {
    self.store = store
    self.config = config
    // The configuration was resolved against this data set, so its calendar is there.
    calendar = store.calendar(config.calendar) ?? store.calendar
    let first = calendar.count(through: config.start - 1)
    range = first..<max(first, calendar.count(through: config.end))
    schedule = RebalanceSchedule(
      config.rebalance, calendar: calendar, range: range, start: config.start, end: config.end)
    portfolio = Portfolio(cash: config.initialCapital, tickers: store.instruments.count)
    cursors = PriceCursors(store)
    book = RoundTripBook(names: store.tickerNames)
    accrual = Accrual(store: store, config: config)
    result = BacktestResult(
      strategyID: strategyID, config: config,
      figures: MetricInput(
        days: [], equity: [], initialCapital: config.initialCapital, riskFree: [],
        annualization: Double(config.annualization)))
    session = range.lowerBound - 1
    day = config.start
    peak = config.initialCapital
    noteCalendar()
  }

  private mutating func noteCalendar() {
    if store.hasWeekendRows, calendar.rule != .all {
      log.add(
        .weekendRows, "the data have weekend prices; they are no sessions under calendar \"\(config.calendar)\"",
        on: nil)
    }
    if schedule.leftOut > 0 {
      log.add(
        .datesLeftOut, "rebalance dates outside the run were left out", on: nil, count: schedule.leftOut)
    }
  }

  // MARK: A session

  /// The events of the next session, in order.
  mutating func advance(_ strategy: inout some StrategyProtocol) throws(Diagnostic) {
    session += 1
    let previous = session > range.lowerBound ? day : nil
    day = calendar[session]
    dayTurnover = 0
    if let previous { accrue(from: previous) }
    endListings()
    if config.execution == .nextOpen, queue.isDue(session) {
      markToOpen()
      if closeIfRuined() { return record() }
      try fillDue(.open)
    }
    markToClose()
    if closeIfRuined() { return record() }
    if config.execution == .nextClose { try fillDue(.close) }
    if nextDecision < schedule.sessions.count, schedule.sessions[nextDecision] == session {
      nextDecision += 1
      try decide(&strategy)
    }
    if config.execution == .sameClose { try fillDue(.close) }
    record()
  }

  private mutating func accrue(from previous: Day) {
    let days = day - previous
    let interest = accrual.interest(
      cash: portfolio.cash, shorts: portfolio.shorts, from: store.cut(on: previous), days: days, log: &log, on: day)
    portfolio.cash += interest
    result.figures.totalInterest += interest
  }

  private mutating func record() {
    let equity = portfolio.equity
    peak = max(peak, equity)
    result.days.append(day)
    result.equity.append(equity)
    let isSolvent = equity > 0
    result.figures.gross.append(isSolvent ? portfolio.gross / equity : 0)
    result.figures.net.append(isSolvent ? portfolio.net / equity : 0)
    if !portfolio.held.isEmpty { result.figures.sessionsInMarket += 1 }
    result.figures.turnoverSum += dayTurnover
    result.figures.riskFree.append(accrual.riskFree(day, previous: result.days.dropLast().last, store: store))
    #if DEBUG
      portfolio.checkInvariants()
    #endif
  }

  // MARK: Decisions

  private mutating func decide(_ strategy: inout some StrategyProtocol) throws(Diagnostic) {
    let view = store.view(on: day, calendar: calendar)
    do {
      let signal = try strategy.generateSignals(asOf: day, view: view, portfolio: portfolioView())
      collect(signal)
      switch signal.outcome {
      case .targets(let weights):
        let targets = try resolve(weights)
        append(.targets, weights, signal.watermark, nil)
        queue.add(DecisionQueue.Entry(asOf: day, due: session + config.executionLag, targets: targets))
        hasDecided = true
      case .hold:
        append(.hold, nil, signal.watermark, nil)
        hasDecided = true
      case .notWarm(let reason): append(.notWarm, nil, signal.watermark, reason)
      }
    } catch {
      let diagnostic = error as? Diagnostic ?? .strategyFailed(error, on: day)
      append(.error, nil, nil, diagnostic.message)
      guard config.onError == .hold else { throw diagnostic }
      log.add(.decisionFailed, diagnostic.message, on: day, key: diagnostic.code, at: diagnostic.location)
    }
  }

  private mutating func append(
    _ status: BacktestResult.Decision.Status, _ weights: TargetWeights?, _ watermark: KnowledgeTime?, _ reason: String?
  ) {
    result.decisions.append(
      BacktestResult.Decision(asOf: day, status: status, weights: weights, watermark: watermark, reason: reason))
  }

  private mutating func collect(_ signal: Signal) {
    if let missing = signal.missing { log.add(.heldForMissing, missing, on: day) }
    for note in signal.notes { log.add(.note, note, on: day, key: note) }
    for (name, value) in signal.tracks {
      let place = result.tracks.firstIndex { $0.name == name } ?? result.tracks.count
      if place == result.tracks.count { result.tracks.append((name, [])) }
      if result.tracks[place].points.last?.day == day { result.tracks[place].points.removeLast() }
      result.tracks[place].points.append((day, value))
    }
  }

  /// Weights by ticker, ascending, zeros left out; unknown tickers and weights that are no numbers fail the decision.
  private func resolve(_ weights: TargetWeights) throws(Diagnostic) -> [(ticker: Int, weight: Double)] {
    var targets: [(ticker: Int, weight: Double)] = []
    for entry in weights.entries {
      guard entry.weight.isFinite else { throw .badWeight(entry.ticker, entry.weight, on: day) }
      guard let ticker = store.ticker(named: entry.ticker) else {
        throw .unknownTicker(
          entry.ticker, on: day, suggestions: Suggestions.close(to: entry.ticker, among: store.tickerNames))
      }
      targets.append((ticker.index, entry.weight))
    }
    targets.sort { $0.ticker < $1.ticker }
    for (left, right) in zip(targets, targets.dropFirst()) where left.ticker == right.ticker {
      let name = store.tickerNames[left.ticker]
      let alias = weights.entries.first { $0.ticker != name && store.ticker(named: $0.ticker)?.index == left.ticker }
      throw .tickerTwice(alias?.ticker ?? name, name, on: day)
    }
    return targets.filter { $0.weight != 0 }
  }

  private func portfolioView() -> PortfolioView {
    let equity = portfolio.equity
    let positions = portfolio.held.map { ticker in
      let trip = book.position(ticker)
      return PortfolioView.Position(
        ticker: TickerID(ticker), value: portfolio.positions[ticker].value, basis: trip?.basis ?? 0,
        opened: trip?.opened ?? day)
    }
    return PortfolioView(
      equity: equity, cash: portfolio.cash, drawdown: min(0, equity / max(peak, equity) - 1), lastFill: lastFill,
      positions: positions)
  }

  // MARK: The end

  /// Completes the result: round trips, metrics, warnings.
  mutating func finish() -> BacktestResult {
    for entry in queue.entries {
      log.add(.unfilledAtEnd, "the decision of \(entry.asOf) was not filled before the run ended", on: entry.asOf)
    }
    noteWarmUp()
    let values = portfolio.positions
    let last = min(session, range.upperBound - 1)
    result.roundTrips = book.finished + book.openTrips(last) { values[$0].value }
    result.figures.days = result.days
    result.figures.equity = result.equity
    result.figures.tripProfits = book.finished.map(\.pnlAfterCosts)
    result.figures.fillCount = result.fills.count
    result.figures.benchmark = benchmarkReturns()
    result.metrics = MetricCatalog.values(result.figures)
    result.warnings = log.sorted
    return result
  }

  private mutating func noteWarmUp() {
    let cold = result.decisions.filter { $0.status == .notWarm }
    guard let last = cold.last else { return noteLateStart() }
    let first = result.decisions.first { $0.status == .targets || $0.status == .hold }
    result.warmUp = (first?.asOf, last.reason ?? "too little is known")
    if first == nil, cold.count == result.decisions.count {
      log.add(
        .neverWarm, "the run never warmed up: \(last.reason ?? "too little is known")", on: cold[0].asOf,
        count: cold.count)
    }
    noteLateStart()
  }

  private mutating func noteLateStart() {
    guard let first = result.decisions.first(where: { $0.status == .targets })?.asOf,
      let index = result.days.firstIndex(of: first), index * 10 > result.days.count
    else { return }
    log.add(
      .lateStart,
      "the first target came on \(first), after \(index) of \(result.days.count) sessions in cash; start \(first) leaves them out",
      on: first)
  }

  /// The benchmark's return over each session, from where it has a price at the session before.
  private func benchmarkReturns() -> [Double?] {
    guard let name = config.benchmark, let ticker = store.ticker(named: name) else { return [] }
    let history = store.prices(ticker)
    var cursor = PriceCursors(store)
    var previous = -1
    return result.days.map { day in
      let row = cursor.row(ticker.index, on: day)
      defer { previous = row }
      guard previous >= 0, row >= 0 else { return nil }
      // Two listings form no return.
      if history.listingStart.start[row] != history.listingStart.start[previous] { return 0 }
      return history.level.start[row] / history.level.start[previous] - 1
    }
  }
}
