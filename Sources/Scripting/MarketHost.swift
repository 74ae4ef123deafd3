import Backtest
import Interpreter
import MarketData
import MarketModel

/// Joins an evaluation to the data and the portfolio: the only place where the two meet.
///
/// It holds the view of the current call's cut; primitives ask it for the view of an earlier date inside `at` and for
/// `as_of:`. What is read is noted as the watermark.
final class MarketHost: EvaluationHost {
  /// The view of the current call; later dates are never asked of it.
  private(set) var view: MarketView
  /// The portfolio as it stands.
  var portfolio: PortfolioView
  /// The universe of the strategy: a name, or a list of tickers.
  var universe: StrategyUniverse?
  /// The latest known-time among the data read since `begin`.
  private(set) var watermark: KnowledgeTime?
  /// The tickers that names stood for so far.
  var tickers = TickerMemo()
  private var store: MarketStore
  /// The sessions that scripts count.
  private(set) var calendar: TradingCalendar
  private var lastMoved: MarketView?

  init(store: MarketStore, calendar: TradingCalendar) {
    self.store = store
    self.calendar = calendar
    view = store.view(on: calendar.last ?? .earliest, calendar: calendar)
    portfolio = .cash(1_000_000)
  }

  /// Gets ready for a call at a date.
  func begin(_ view: MarketView, _ portfolio: PortfolioView) {
    self.view = view
    self.portfolio = portfolio
    watermark = nil
    lastMoved = nil
  }

  var scope: String { "\(calendar.rule) \(universe.map { "\($0)" } ?? "")" }

  func turn(to day: Day) {
    view = store.view(on: day, calendar: calendar)
    watermark = nil
    lastMoved = nil
  }

  /// Opens any date: for tests and the prompt, where the outermost `at` goes anywhere.
  func open(_ day: Day) {
    view = store.view(on: day, calendar: calendar)
    lastMoved = nil
  }

  /// Goes on with another data set, under its own calendar.
  func use(store: MarketStore) {
    self.store = store
    tickers = TickerMemo()
    use(calendar: store.calendar)
  }

  /// Goes on with another calendar.
  func use(calendar: TradingCalendar) {
    self.calendar = calendar
    open(view.asOf)
  }

  /// The ticker of a name, looked up once.
  func ticker(_ key: StringRef, _ name: @autoclosure () -> String) -> TickerID? {
    if let ticker = tickers.ticker(key) { return ticker }
    let name = name()
    guard let ticker = view.ticker(named: name) else { return nil }
    tickers.note(ticker, key, name)
    return ticker
  }

  /// The view of a date that the evaluation may see.
  func view(on day: Day) -> MarketView {
    if day == view.asOf { return view }
    if let lastMoved, lastMoved.asOf == day { return lastMoved }
    // Tests travel freely; the evaluator has refused dates after the current one before it comes here.
    let moved = view.moved(to: day) ?? store.view(on: day, calendar: calendar)
    lastMoved = moved
    return moved
  }

  /// Notes that data known from an instant were read.
  func read(knownFrom instant: KnowledgeTime?) {
    guard let instant else { return }
    watermark = max(watermark ?? instant, instant)
  }

  // MARK: Calendar

  func oldestFreshDay(_ maxAge: CalendarDuration, asOf: Day) -> Day { calendar.oldestFreshDay(maxAge, asOf: asOf) }

  func sessionOffset(_ day: Day, _ count: Int, asOf: Day?) -> Day {
    calendar.offset(day, by: count, knownThrough: asOf ?? .earliest)
  }

  func sessions(_ first: Day, _ last: Day, asOf: Day) -> [Day] {
    calendar.sessions(from: first, through: min(last, asOf))
  }

  /// The sessions of the data after a day: for messages about what will be known, never for a script.
  func laterSessions(_ day: Day) -> [Day] {
    calendar.last.map { calendar.sessions(from: day + 1, through: $0) } ?? []
  }

  // MARK: Joins by release

  func valuesKnown(
    _ origin: SeriesOrigin, on dates: UnsafeBufferPointer<Int32>, maxAge: CalendarDuration?,
    into values: UnsafeMutablePointer<Double>
  ) {
    guard let last = dates.last else { return }
    let source: MarketData.SeriesSource
    switch OriginFamily(rawValue: origin.family) {
    case .macro: source = .latest(SeriesID(.macro, Int(origin.index)))
    case .flow: source = .latest(SeriesID(.flow, Int(origin.index)))
    case .firstReleaseOfMacro: source = .firstRelease(SeriesID(.macro, Int(origin.index)))
    case .firstReleaseOfFlow: source = .firstRelease(SeriesID(.flow, Int(origin.index)))
    case .curve: source = .curve(CurveID(Int(origin.index)), tenor: origin.parameter)
    case nil: return
    }
    view(on: Day(rawValue: last)).valuesKnown(source, on: dates, maxAge: maxAge, into: values)
  }
}

/// The tickers of names that were looked up: a strategy names the same ones at each date.
struct TickerMemo {
  private struct Slot {
    var hash: UInt64 = 0
    var name = ""
    var ticker: TickerID?
  }

  private var slots = Array(repeating: Slot(), count: 256)

  /// The ticker of a name, if the name was noted and no other took its place.
  func ticker(_ name: StringRef) -> TickerID? {
    let slot = Int(truncatingIfNeeded: name.hash & 255)
    guard slots[slot].hash == name.hash, let ticker = slots[slot].ticker, name.hasText(slots[slot].name) else {
      return nil
    }
    return ticker
  }

  /// Notes what a name stands for.
  mutating func note(_ ticker: TickerID, _ name: StringRef, _ text: String) {
    slots[Int(truncatingIfNeeded: name.hash & 255)] = Slot(hash: name.hash, name: text, ticker: ticker)
  }
}

/// The families of series that can be joined by release.
enum OriginFamily: UInt8 {
  case macro = 1
  case flow, firstReleaseOfMacro, firstReleaseOfFlow, curve
}

/// What `members()` means.
enum StrategyUniverse: Sendable {
  case name(String)
  case tickers([String])
}
