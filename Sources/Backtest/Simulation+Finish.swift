import Analytics
import MarketData
import MarketModel

extension Simulation {
  /// Completes the result: round trips, metrics, warnings.
  mutating func finish() -> BacktestResult {
    for entry in queue.entries where wouldTrade(entry) {
      log.add(.unfilledAtEnd, "the decision of \(entry.asOf) was not filled before the run ended", on: entry.asOf)
    }
    noteWarmUp()
    noteLateStart()
    if result.endedEarly != nil { result.fills.sortStably { ($0.date, $0.ticker) } }
    let closed = book.closedTrips
    let values = portfolio.positions
    result.roundTrips = closed + book.openTrips(min(session, range.upperBound - 1)) { values[$0].value }
    result.figures.tripProfits = closed.map(\.pnlAfterCosts)
    result.figures.fillCount = result.fills.count
    measureBenchmark()
    let measured = MetricCatalog.measure(result.figures)
    result.metrics = measured.values
    noteOverflow(measured.overflowing)
    result.warnings = log.sorted
    return result
  }

  private mutating func noteOverflow(_ metrics: [Metric]) {
    if metrics.isEmpty { return }
    log.add(
      .metricOverflow,
      "no number holds " + metrics.map(\.id).joined(separator: ", ") + ": absent", on: nil, count: metrics.count)
  }

  private mutating func noteWarmUp() {
    guard let start = result.decisions.first(where: { $0.status == .notWarm }),
      let last = result.decisions.last(where: { $0.status == .notWarm })
    else { return }
    let first = result.decisions.first { $0.status == .targets || $0.status == .hold }
    result.warmUp = (first?.asOf, last.reason ?? "too little is known")
    guard first == nil else { return }
    log.add(
      .neverWarm, "the run never warmed up: \(last.reason ?? "too little is known")", on: start.asOf,
      count: result.decisions.count { $0.status == .notWarm })
  }

  private mutating func noteLateStart() {
    let days = result.days
    guard let first = result.decisions.first(where: { $0.status == .targets })?.asOf,
      let index = days.firstIndex(of: first), index * 10 > days.count
    else { return }
    log.add(
      .lateStart,
      "the first target came on \(first), after \(index) of \(days.count) sessions in cash; "
        + "start \(first) leaves them out", on: first)
  }
}

extension Array {
  /// Sorts by a day and a name, in the order of its bytes; equals stay in their order.
  mutating func sortStably(by key: (Element) -> (Day, String)) {
    let places = enumerated().map { (place: $0, key: key($1)) }.sorted { left, right in
      if left.key.0 != right.key.0 { return left.key.0 < right.key.0 }
      if left.key.1 != right.key.1 { return left.key.1.utf8.lexicographicallyPrecedes(right.key.1.utf8) }
      return left.place < right.place
    }
    self = places.map { self[$0.place] }
  }
}
