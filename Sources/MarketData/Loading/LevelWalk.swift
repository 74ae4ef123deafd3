import Diagnostics
import MarketModel

/// One pass over a ticker's rows that splits them into listings and gives each row its level.
///
/// What it decides about a row depends on that row and earlier ones, and on actions up to its date alone.
struct LevelWalk {
  private(set) var level: [Double] = []
  private(set) var splitFactor: [Double] = []
  private(set) var listings: [Listing] = []
  private(set) var hasSplits = false
  /// Whether every level is the close itself.
  private(set) var isRaw = true

  private let name: String
  private let rows: TickerRows
  private let days: UnsafePointer<Int32>
  private let closes: UnsafePointer<Double>
  private let adjustedCloses: UnsafePointer<Double>
  private let actions: [(action: CorporateAction, place: RowPlace)]
  private let adjustFromActions: Bool
  /// The most days between two rows of a listing.
  private let longestGap: Int32
  // The first row of each listing.
  private var starts: [Int] = []
  private var nextAction = 0
  private var factor = 1.0
  private var splits = 1.0
  // adjusted_close/close of the last row with an adjusted close.
  private var adjustment: Double?

  init(
    _ name: String, _ rows: TickerRows, _ actions: [(action: CorporateAction, place: RowPlace)],
    _ adjustFromActions: Bool, period: BarPeriod?
  ) {
    self.name = name
    self.rows = rows
    days = rows.columns.days.start
    closes = rows.columns.close.start
    adjustedCloses = rows.columns.adjustedClose.start
    self.actions = actions
    self.adjustFromActions = adjustFromActions
    longestGap = period == .year ? 732 : 366
  }

  mutating func run(_ log: inout LoadingLog) {
    let hasAdjusted = rows.columns.adjustedClose.buffer.contains { !$0.isNaN }
    if !adjustFromActions, actions.isEmpty, !hasAdjusted { walkCloses(&log) } else { walk(&log) }
    closeListings()
  }

  /// The walk where nothing adjusts the closes.
  private mutating func walkCloses(_ log: inout LoadingLog) {
    for place in 0..<rows.count {
      if place == 0 || days[place] - days[place - 1] > longestGap {
        starts.append(place)
      } else {
        noteJump(place, closes[place] / closes[place - 1], &log)
      }
    }
  }

  /// Whether the steps of adjusted closes within a listing are those of the levels, to a thousandth.
  func explains(_ adjusted: Column<Double>) -> Bool {
    for listing in listings {
      var last: Int?
      for place in listing.rows where adjusted.start[place] > 0 {
        if let last {
          let step = adjusted.start[place] / adjusted.start[last]
          if abs(step - level[place] / level[last]) > 1e-3 { return false }
        }
        last = place
      }
    }
    return true
  }

  private mutating func walk(_ log: inout LoadingLog) {
    level.reserveCapacity(rows.count)
    splitFactor.reserveCapacity(rows.count)
    for place in 0..<rows.count {
      let entering = takeActions(through: days[place])
      if place == 0 || begins(place, entering) {
        starts.append(place)
        factor = 1
        splits = 1
      } else if adjustFromActions {
        apply(entering, before: place, &log)
      }
      let made = level(place, &log)
      if made != closes[place] { isRaw = false }
      level.append(made)
      splitFactor.append(splits)
      if starts.last != place { noteJump(place, made / level[place - 1], &log) }
    }
  }

  /// The actions with an ex-date up to a day that have not entered yet.
  private mutating func takeActions(through day: Int32) -> Range<Int> {
    let start = nextAction
    while nextAction < actions.count, actions[nextAction].action.exDate.rawValue <= day { nextAction += 1 }
    return start..<nextAction
  }

  /// Whether a row is the first of another listing.
  private func begins(_ place: Int, _ entering: Range<Int>) -> Bool {
    if days[place] - days[place - 1] > longestGap { return true }
    if !adjustFromActions, adjustment == nil, !adjustedCloses[place].isNaN { return true }
    return entering.contains { actions[$0].action.delistingPrice != nil }
  }

  private mutating func apply(_ entering: Range<Int>, before place: Int, _ log: inout LoadingLog) {
    let price = closes[place - 1]
    for index in entering {
      let action = actions[index].action
      guard action.cashDividend < price else {
        log.error(
          .dividendTooLarge(
            name, action.exDate, dividend: action.cashDividend, price: price,
            at: log.location(actions[index].place)), at: actions[index].place)
        continue
      }
      factor *= action.splitRatio / (1 - action.cashDividend / price)
      splits *= action.splitRatio
      if action.splitRatio != 1 { hasSplits = true }
    }
  }

  private mutating func level(_ place: Int, _ log: inout LoadingLog) -> Double {
    let close = closes[place]
    if adjustFromActions { return close * factor }
    let adjusted = adjustedCloses[place]
    if !adjusted.isNaN {
      adjustment = adjusted / close
      return adjusted
    }
    guard let adjustment else { return close }
    log.defect(.noAdjustedClose, at: rows.place(place), name, Day(rawValue: days[place]))
    return close * adjustment
  }

  /// Notes a large step of the level from one row of a listing to the next.
  private func noteJump(_ place: Int, _ ratio: Double, _ log: inout LoadingLog) {
    if ratio >= 1.8 || ratio <= 1 / 1.8 {
      log.defect(
        .jump, at: rows.place(place), name, Day(rawValue: days[place]), DefectSize(ratio, DefectSize.levelRatio))
    }
  }

  private mutating func closeListings() {
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : rows.count
      let last = days[end - 1]
      let next = end < rows.count ? days[end] : Int32.max
      let first = actions.first { $0.action.delistingPrice != nil && $0.action.exDate.rawValue > last }
      var delisting: Delisting?
      if let action = first?.action, action.exDate.rawValue <= next, let price = action.delistingPrice {
        delisting = Delisting(exDate: action.exDate, price: price)
      }
      listings.append(Listing(rows: start..<end, delisting: delisting))
    }
  }
}
