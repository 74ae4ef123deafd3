import Diagnostics
import MarketData
import MarketModel

extension Simulation {
  /// Asks the strategy and queues what it decided.
  ///
  /// - Throws: what failed, if `on_error` is `abort`; the session has then been recorded.
  mutating func decide(_ strategy: inout some StrategyProtocol) throws(Diagnostic) {
    do {
      let signal = try strategy.decidedAhead(asOf: day) ?? asked(&strategy)
      collect(signal)
      try follow(signal)
    } catch {
      let diagnostic = error as? Diagnostic ?? Diagnostic.strategyFailed(error, on: day)
      guard config.onError == .hold, !strategy.endsRun(diagnostic) else {
        try record()
        throw diagnostic
      }
      append(.error, reason: diagnostic.message)
      log.add(.decisionFailed, diagnostic.message, on: day, key: diagnostic.code, at: diagnostic.location)
    }
  }

  /// What the strategy says, seen from the session under way or from a later day on which nothing more has happened.
  func asked(_ strategy: inout some StrategyProtocol, on later: Day? = nil) throws -> Signal {
    let day = later ?? self.day
    let view = store.view(on: day, calendar: calendar)
    // A pure strategy does not look at the portfolio, so its positions need not be listed.
    let seen = strategy.isPure ? PortfolioView.cash(portfolio.equity) : portfolioView()
    return try strategy.generateSignals(asOf: day, view: view, portfolio: seen)
  }

  private mutating func follow(_ signal: Signal) throws(Diagnostic) {
    switch signal.outcome {
    case .targets(let weights):
      let targets = try resolver.resolve(weights, on: day)
      append(.targets, weights, watermark: signal.watermark)
      queue.add(DecisionQueue.Entry(asOf: day, due: session + config.executionLag, targets: targets))
    case .hold: append(.hold, watermark: signal.watermark)
    case .notWarm(let reason): append(.notWarm, watermark: signal.watermark, reason: reason)
    }
  }

  private mutating func append(
    _ status: BacktestResult.Decision.Status, _ weights: TargetWeights? = nil, watermark: KnowledgeTime? = nil,
    reason: String? = nil
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

  /// The portfolio at this moment.
  func portfolioView() -> PortfolioView {
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
}
