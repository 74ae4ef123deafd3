import Analytics
import Diagnostics
import MarketData
import MarketModel

extension Simulation {
  /// The point of the day at which a fill happens.
  enum Point {
    case open, close
  }

  /// Positions that have an open today are revalued at it; others keep their mark until the close.
  mutating func markToOpen() throws(Diagnostic) {
    for ticker in portfolio.held {
      let track = cursors.tracks[ticker]
      guard track.isDated(day), case let level = track.openLevel[track.row], !level.isNaN else { continue }
      guard portfolio.mark(ticker, at: level, row: track.row) else { throw unvaluable(ticker, at: level) }
    }
  }

  /// Positions are revalued at their latest row.
  mutating func markToClose() throws(Diagnostic) {
    for ticker in portfolio.held {
      // Rows were moved on to today when listings were ended.
      let track = cursors.tracks[ticker]
      let level = track.level[track.row]
      guard portfolio.mark(ticker, at: level, row: track.row) else { throw unvaluable(ticker, at: level) }
      if !track.isDated(day), !portfolio.positions[ticker].isReportedStale { noteStale(ticker) }
    }
  }

  private mutating func noteStale(_ ticker: Int) {
    let age = age(ticker)
    guard age > config.maxStale else { return }
    portfolio.reportStale(ticker)
    log.add(
      .staleHolding, "\(names[ticker]) is held and has had no price for \(age) sessions", on: day, key: names[ticker])
  }

  /// How many sessions have passed since a ticker's last price.
  private func age(_ ticker: Int) -> Int {
    let track = cursors.tracks[ticker]
    return calendar.age(of: Day(rawValue: track.days[track.row]), at: day)
  }

  // MARK: Listings

  /// Held tickers move on to today's rows; those whose listing has ended become cash, free of cost.
  mutating func endListings() throws(Diagnostic) {
    for ticker in portfolio.held {
      let row = cursors.tracks[ticker].advance(to: day)
      let track = cursors.tracks[ticker]
      // A listing with a row of today goes on.
      if track.isDated(day), track.listingStart[row] == portfolio.positions[ticker].listingStart { continue }
      try endListing(ticker, row)
    }
  }

  private mutating func endListing(_ ticker: Int, _ row: Int) throws(Diagnostic) {
    let history = cursors.histories[ticker]
    let start = Int(portfolio.positions[ticker].listingStart)
    let listing = history.listing(of: start)
    // The last row of the listing that has come by now.
    let last = min(row, listing.rows.upperBound - 1)
    if let delisting = listing.delisting, delisting.exDate <= day {
      try toCash(ticker, last, factor: delisting.price / history.close.start[last], "its delisting price was paid")
    } else if Int(history.listingStart.start[row]) != start {
      try toCash(ticker, last, factor: 1, "another listing took its name")
    } else if age(ticker) > config.delistAfter {
      try toCash(ticker, last, factor: 1 + config.delistingReturn, "its rows stopped")
    }
  }

  private mutating func toCash(
    _ ticker: Int, _ row: Int, factor: Double, _ why: String
  ) throws(Diagnostic) {
    let level = cursors.tracks[ticker].level[row]
    guard portfolio.mark(ticker, at: level, row: row), AmountRange.holds(portfolio.positions[ticker].value * factor)
    else { throw unvaluable(ticker, at: level * factor) }
    let value = portfolio.convert(ticker, factor: factor)
    book.finish(ticker, at: value, cost: 0, session, day, .delisted)
    log.add(.becameCash, "\(names[ticker]) became cash: \(why)", on: day, key: names[ticker])
  }

  // MARK: Ruin

  /// With no equity left, closes every position at its mark at the usual costs; the run ends.
  mutating func closeIfRuined(_ point: Point) -> Bool {
    guard portfolio.equity <= 0 else { return false }
    let rate = config.transactionCost + config.slippage
    for ticker in portfolio.held {
      let old = portfolio.positions[ticker].value
      let cost = abs(old) * rate
      portfolio.cash = portfolio.cash + old - cost
      result.figures.totalCosts += cost
      result.fills.append(
        BacktestResult.Fill(
          date: day, asOf: nil, ticker: names[ticker], notional: -old, price: markPrice(ticker, point), cost: cost))
      portfolio.set(ticker, 0, mark: 0, row: -1, listingStart: -1)
      book.trade(ticker, from: old, to: 0, cost: cost, session: session, day: day, exit: .ruin)
    }
    result.endedEarly = day
    log.add(.ruin, "equity fell to zero; every position was closed and the run ended", on: day)
    return true
  }

  /// The raw price that a position was last marked at.
  private func markPrice(_ ticker: Int, _ point: Point) -> Double {
    let track = cursors.tracks[ticker]
    let row = Int(portfolio.positions[ticker].row)
    let isOpen = point == .open && track.isDated(day) && row == track.row
    return isOpen ? track.open[row] : track.close[row]
  }
}
