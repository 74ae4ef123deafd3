import Analytics
import Diagnostics
import MarketData
import MarketModel

extension Simulation {
  /// A ticker that is held or wanted, with the row it can trade at.
  struct Order: BitwiseCopyable {
    let ticker: Int
    var weight: Double
    /// -1 if it cannot trade.
    let row: Int
  }

  /// Fills the newest decision that is due, or moves it where nothing has a price.
  mutating func fillDue(_ point: Point) throws(Diagnostic) {
    guard let (entry, dropped) = queue.takeDue(session) else { return }
    for old in dropped {
      log.add(.decisionDropped, "the decision of \(old.asOf) was dropped for that of \(entry.asOf)", on: old.asOf)
    }
    makeOrders(entry, point)
    guard orders.isEmpty || orders.contains(where: { $0.row >= 0 }) else {
      if config.onMissingPrice == .error { throw .missingFillPrice(names[orders[0].ticker], on: day) }
      log.add(.fillMoved, "nothing had a price on \(day), so the fill of \(entry.asOf) moved on", on: entry.asOf)
      queue.putBack(entry, due: session + 1)
      return
    }
    let equity = portfolio.equity
    if let gross = limitLeverage() {
      let shown = gross.isFinite ? "\(gross)" : "more than a number holds"
      log.add(
        .leverageScaled, "Σ|weight| was \(shown) on \(entry.asOf), above max_leverage \(config.maxLeverage)",
        on: entry.asOf)
    }
    try leaveUntradable(equity)
    execute(entry, equity, point)
  }

  /// Targets and positions in ascending order of ticker.
  private mutating func makeOrders(_ entry: DecisionQueue.Entry, _ point: Point) {
    orders.removeAll(keepingCapacity: true)
    let held = portfolio.held
    var next = 0
    for target in entry.targets {
      while next < held.count, held[next] < target.ticker {
        addOrder(held[next], 0, point)
        next += 1
      }
      if next < held.count, held[next] == target.ticker { next += 1 }
      addOrder(target.ticker, target.weight, point)
    }
    while next < held.count {
      addOrder(held[next], 0, point)
      next += 1
    }
  }

  private mutating func addOrder(_ ticker: Int, _ weight: Double, _ point: Point) {
    let row = cursors.tracks[ticker].advance(to: day)
    let track = cursors.tracks[ticker]
    let canTrade = track.isDated(day) && (point == .close || !track.open[row].isNaN)
    orders.append(Order(ticker: ticker, weight: weight, row: canTrade ? row : -1))
  }

  /// Scales weights above the limit; gives Σ|weight| where that was so, infinite where no number holds it.
  private mutating func limitLeverage() -> Double? {
    let gross = grossWeight
    guard gross > config.maxLeverage * (1 + 1e-9) else { return nil }
    var scaled = gross
    if gross > AmountRange.mostGross {
      // Their sum, or the factor, would leave the numbers: they are compared with the largest first.
      let largest = orders.reduce(0) { max($0, abs($1.weight)) }
      for place in orders.indices { orders[place].weight /= largest }
      scaled = grossWeight
    }
    for place in orders.indices { orders[place].weight *= config.maxLeverage / scaled }
    return gross
  }

  private var grossWeight: Double {
    var gross = 0.0
    for order in orders { gross += abs(order.weight) }
    return gross
  }

  /// What a position shall be worth.
  private func target(_ order: Order, _ equity: Double) -> Double {
    abs(order.weight) < AmountRange.leastWeight ? 0 : equity * order.weight
  }

  /// Whether a decision that was not filled would have traded anything at the latest marks.
  mutating func wouldTrade(_ entry: DecisionQueue.Entry) -> Bool {
    makeOrders(entry, .close)
    _ = limitLeverage()
    let equity = portfolio.equity
    return orders.contains { order in
      let target = target(order, equity)
      return isTrade(target - portfolio.positions[order.ticker].value, to: target, equity)
    }
  }

  /// Whether a difference to a target is traded: rounding never is, and what is small only if it closes a position.
  private func isTrade(_ trade: Double, to target: Double, _ equity: Double) -> Bool {
    abs(trade) > 1e-9 * equity && (target == 0 || abs(trade) >= config.minTrade)
  }

  /// What cannot trade stays as it is and is counted; what it takes of the leverage is not given out twice.
  private mutating func leaveUntradable(_ equity: Double) throws(Diagnostic) {
    var stuck = 0.0
    var wanted = 0.0
    for order in orders {
      if order.row >= 0 {
        wanted += abs(equity * order.weight)
        continue
      }
      stuck += abs(portfolio.positions[order.ticker].value)
      if config.onMissingPrice == .error { throw .missingFillPrice(names[order.ticker], on: day) }
      log.add(.untradable, "\(names[order.ticker]) had no price on \(day), so it was left as it was", on: day)
    }
    guard stuck > 0, wanted > 0, stuck + wanted > config.maxLeverage * equity * (1 + 1e-9) else { return }
    let factor = max(0, config.maxLeverage * equity - stuck) / wanted
    for place in orders.indices where orders[place].row >= 0 { orders[place].weight *= factor }
    log.add(.rotationLimited, "positions that could not be sold limited what was bought on \(day)", on: day)
  }

  private mutating func execute(_ entry: DecisionQueue.Entry, _ equity: Double, _ point: Point) {
    let rate = config.transactionCost + config.slippage
    var traded = 0.0
    for order in orders where order.row >= 0 {
      let old = portfolio.positions[order.ticker].value
      let target = target(order, equity)
      let trade = target - old
      guard isTrade(trade, to: target, equity) else { continue }
      let cost = abs(trade) * rate
      traded += abs(trade)
      settle(order, entry.asOf, from: old, to: target, cost: cost, point)
    }
    guard traded > 0 else { return }
    dayTurnover += traded / 2 / equity
    lastFill = day
  }

  private mutating func settle(
    _ order: Order, _ asOf: Day, from old: Double, to target: Double, cost: Double, _ point: Point
  ) {
    let (ticker, row) = (order.ticker, order.row)
    let track = cursors.tracks[ticker]
    portfolio.cash = portfolio.cash - (target - old) - cost
    portfolio.set(
      ticker, target, mark: point == .open ? track.openLevel[row] : track.level[row], row: row,
      listingStart: track.listingStart[row])
    book.trade(ticker, from: old, to: target, cost: cost, session: session, day: day)
    result.figures.totalCosts += cost
    result.fills.append(
      BacktestResult.Fill(
        date: day, asOf: asOf, ticker: names[ticker], notional: target - old,
        price: point == .open ? track.open[row] : track.close[row], cost: cost))
  }
}
