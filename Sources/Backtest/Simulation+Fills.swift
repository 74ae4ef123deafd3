import Analytics
import Diagnostics
import MarketData
import MarketModel

/// Decisions that wait to be filled, oldest first.
struct DecisionQueue {
  /// A decision with its targets by ticker, ascending.
  struct Entry {
    let asOf: Day
    var due: Int
    let targets: [(ticker: Int, weight: Double)]
  }

  private(set) var entries: [Entry] = []

  mutating func add(_ entry: Entry) { entries.append(entry) }

  func isDue(_ session: Int) -> Bool { entries.contains { $0.due <= session } }

  /// Takes the newest decision that is due, and says how many older ones it replaces.
  mutating func takeDue(_ session: Int) -> (entry: Entry, dropped: [Entry])? {
    var due = entries.filter { $0.due <= session }
    entries.removeAll { $0.due <= session }
    guard let newest = due.popLast() else { return nil }
    return (newest, due)
  }

  mutating func putBack(_ entry: Entry, due: Int) {
    var moved = entry
    moved.due = due
    entries.insert(moved, at: 0)
  }
}

extension Simulation {
  /// The point of the day at which a fill happens.
  enum Point {
    case open, close
  }

  // MARK: Marks

  /// Positions that have an open today are revalued at it; others keep their mark until the close.
  mutating func markToOpen() {
    for ticker in portfolio.held {
      guard let row = cursors.rowDated(ticker, day) else { continue }
      let level = cursors.histories[ticker].openLevel.start[row]
      if !level.isNaN { portfolio.mark(ticker, at: level) }
    }
  }

  /// Positions are revalued at their latest row.
  mutating func markToClose() {
    for ticker in portfolio.held {
      let row = cursors.row(ticker, on: day)
      portfolio.mark(ticker, at: cursors.histories[ticker].level.start[row])
      let age = calendar.age(of: Day(rawValue: cursors.histories[ticker].days.start[row]), at: day)
      guard age > config.maxStale, !portfolio.positions[ticker].isReportedStale else { continue }
      portfolio.reportStale(ticker)
      let name = store.tickerNames[ticker]
      log.add(.staleHolding, "\(name) is held and has had no price for \(age) sessions", on: day, key: name)
    }
  }

  // MARK: Listings

  /// Held tickers whose listing has ended become cash, free of cost.
  mutating func endListings() {
    for ticker in portfolio.held {
      let history = cursors.histories[ticker]
      let start = Int(portfolio.positions[ticker].listingStart)
      let listing = history.listing(of: start)
      let row = cursors.row(ticker, on: day)
      // The last row of the listing that has come by now.
      let lastRow = min(row, listing.rows.upperBound - 1)
      if let delisting = listing.delisting, delisting.exDate <= day {
        toCash(ticker, lastRow, factor: delisting.price / history.close.start[lastRow], "its delisting price was paid")
      } else if Int(history.listingStart.start[row]) != start {
        toCash(ticker, lastRow, factor: 1, "another listing took its name")
      } else if calendar.age(of: Day(rawValue: history.days.start[row]), at: day) > config.delistAfter {
        toCash(ticker, lastRow, factor: 1 + config.delistingReturn, "its rows stopped")
      }
    }
  }

  private mutating func toCash(_ ticker: Int, _ row: Int, factor: Double, _ why: String) {
    portfolio.mark(ticker, at: cursors.histories[ticker].level.start[row])
    let value = portfolio.positions[ticker].value * factor
    portfolio.cash += value
    portfolio.set(ticker, 0, mark: 0, listingStart: -1)
    book.finish(ticker, at: value, 0, session, day, .delisted)
    let name = store.tickerNames[ticker]
    log.add(.becameCash, "\(name) became cash: \(why)", on: day, key: name)
  }

  // MARK: Ruin

  /// With no equity left, closes every position at its mark at the usual costs; the run ends.
  mutating func closeIfRuined() -> Bool {
    guard portfolio.equity <= 0, !portfolio.held.isEmpty || portfolio.cash <= 0 else { return false }
    let rate = config.transactionCost + config.slippage
    for ticker in portfolio.held {
      let old = portfolio.positions[ticker].value
      let cost = abs(old) * rate
      portfolio.cash += old - cost
      result.figures.totalCosts += cost
      let row = cursors.row(ticker, on: day)
      result.fills.append(
        BacktestResult.Fill(
          date: day, asOf: nil, ticker: store.tickerNames[ticker], notional: -old,
          price: cursors.histories[ticker].close.start[row], cost: cost))
      portfolio.set(ticker, 0, mark: 0, listingStart: -1)
      book.trade(ticker, from: old, to: 0, cost: cost, session: session, day: day, exit: .ruin)
    }
    result.endedEarly = day
    log.add(.ruin, "equity fell to zero; every position was closed and the run ended", on: day)
    return true
  }

  // MARK: Fills

  /// Fills the newest decision that is due, or moves it where nothing has a price.
  mutating func fillDue(_ point: Point) throws(Diagnostic) {
    guard let (entry, dropped) = queue.takeDue(session) else { return }
    for old in dropped {
      log.add(.decisionDropped, "the decision of \(old.asOf) was dropped for that of \(entry.asOf)", on: old.asOf)
    }
    var orders = self.orders(entry, point)
    guard orders.isEmpty || orders.contains(where: { $0.row != nil }) else {
      if config.onMissingPrice == .error { throw .missingFillPrice(store.tickerNames[orders[0].ticker], on: day) }
      log.add(.fillMoved, "nothing had a price on \(day), so the fill of \(entry.asOf) moved on", on: day)
      queue.putBack(entry, due: session + 1)
      return
    }
    let equity = portfolio.equity
    limitLeverage(&orders, entry)
    try leaveUntradable(&orders, equity)
    execute(orders, entry, equity, point)
  }

  /// A ticker that is held or wanted, with the row it can trade at.
  struct Order {
    let ticker: Int
    var weight: Double
    let row: Int?
  }

  /// Targets and positions in ascending order of ticker.
  private mutating func orders(_ entry: DecisionQueue.Entry, _ point: Point) -> [Order] {
    var weights: [(ticker: Int, weight: Double)] = []
    var held = portfolio.held[...]
    for target in entry.targets {
      while let first = held.first, first < target.ticker {
        weights.append((first, 0))
        held = held.dropFirst()
      }
      if held.first == target.ticker { held = held.dropFirst() }
      weights.append(target)
    }
    weights += held.map { ($0, 0) }
    return weights.map { ticker, weight in
      var row = cursors.rowDated(ticker, day)
      if point == .open, let dated = row, cursors.histories[ticker].open.start[dated].isNaN { row = nil }
      return Order(ticker: ticker, weight: weight, row: row)
    }
  }

  private mutating func limitLeverage(_ orders: inout [Order], _ entry: DecisionQueue.Entry) {
    let gross = orders.reduce(0) { $0 + abs($1.weight) }
    guard gross > config.maxLeverage * (1 + 1e-9) else { return }
    for place in orders.indices { orders[place].weight *= config.maxLeverage / gross }
    log.add(
      .leverageScaled, "Σ|weight| was \(gross) on \(entry.asOf), above max_leverage \(config.maxLeverage)",
      on: entry.asOf)
  }

  /// What cannot trade stays as it is and is counted; what it takes of the leverage is not given out twice.
  private mutating func leaveUntradable(_ orders: inout [Order], _ equity: Double) throws(Diagnostic) {
    var stuck = 0.0
    var wanted = 0.0
    for order in orders {
      if order.row != nil {
        wanted += abs(equity * order.weight)
        continue
      }
      stuck += abs(portfolio.positions[order.ticker].value)
      let name = store.tickerNames[order.ticker]
      if config.onMissingPrice == .error { throw .missingFillPrice(name, on: day) }
      log.add(.untradable, "\(name) had no price on \(day), so it was left as it was", on: day)
    }
    guard stuck > 0, stuck + wanted > config.maxLeverage * equity * (1 + 1e-9), wanted > 0 else { return }
    let factor = max(0, config.maxLeverage * equity - stuck) / wanted
    for place in orders.indices where orders[place].row != nil { orders[place].weight *= factor }
    log.add(.rotationLimited, "positions that could not be sold limited what was bought on \(day)", on: day)
  }

  private mutating func execute(
    _ orders: [Order], _ entry: DecisionQueue.Entry, _ equity: Double, _ point: Point
  ) {
    let rate = config.transactionCost + config.slippage
    var traded = 0.0
    for order in orders {
      guard let row = order.row else { continue }
      let old = portfolio.positions[order.ticker].value
      let target = equity * order.weight
      let trade = target - old
      if trade == 0 || (target != 0 && abs(trade) < config.minTrade) { continue }
      let cost = abs(trade) * rate
      portfolio.cash = portfolio.cash - trade - cost
      let history = cursors.histories[order.ticker]
      let level = point == .open ? history.openLevel.start[row] : history.level.start[row]
      portfolio.set(order.ticker, target, mark: level, listingStart: history.listingStart.start[row])
      book.trade(order.ticker, from: old, to: target, cost: cost, session: session, day: day)
      traded += abs(trade)
      result.figures.totalCosts += cost
      result.fills.append(
        BacktestResult.Fill(
          date: day, asOf: entry.asOf, ticker: store.tickerNames[order.ticker], notional: trade,
          price: point == .open ? history.open.start[row] : history.close.start[row], cost: cost))
      lastFill = day
    }
    if traded > 0 { dayTurnover += traded / 2 / equity }
  }
}

extension Diagnostic {
  static func strategyFailed(_ error: any Error, on day: Day) -> Diagnostic {
    Diagnostic(.strategyFailed, "the strategy failed on \(day): \(error)")
  }
}

extension DiagnosticRecord {
  static let strategyFailed = DiagnosticRecord(
    "E0810", "strategy failed", explanation: "A strategy written in Swift threw an error that is no diagnostic.")
}
