import Diagnostics
import MarketModel

/// One pass over a ticker's rows that splits them into listings and gives each row its level.
///
/// What it decides about a row depends on that row and earlier ones, and on actions up to its date alone.
struct LevelWalk {
  private(set) var level: [Double] = []
  private(set) var splitFactor: [Double] = []
  private(set) var listingStart: [Int32] = []
  private(set) var listings: [Listing] = []
  private(set) var hasSplits = false

  private let name: String
  private let rows: [PriceRow]
  private let actions: [(action: CorporateAction, place: RowPlace)]
  private let adjustFromActions: Bool
  private var nextAction = 0
  private var factor = 1.0
  private var splits = 1.0
  // adjusted_close/close of the last row with an adjusted close.
  private var adjustment: Double?

  init(
    _ name: String, _ rows: [PriceRow], _ actions: [(action: CorporateAction, place: RowPlace)],
    _ adjustFromActions: Bool
  ) {
    self.name = name
    self.rows = rows
    self.actions = actions
    self.adjustFromActions = adjustFromActions
    level.reserveCapacity(rows.count)
    splitFactor.reserveCapacity(rows.count)
    listingStart.reserveCapacity(rows.count)
  }

  mutating func run(_ log: inout LoadingLog) {
    for place in rows.indices {
      let entering = takeActions(through: rows[place].day)
      if place == 0 || begins(place, entering) {
        listingStart.append(Int32(place))
        factor = 1
        splits = 1
      } else {
        listingStart.append(listingStart[place - 1])
        if adjustFromActions { apply(entering, before: place, &log) }
      }
      level.append(level(place, &log))
      splitFactor.append(splits)
      noteJump(place, &log)
    }
    closeListings()
  }

  /// The actions with an ex-date up to a day that have not entered yet.
  private mutating func takeActions(through day: Int32) -> Range<Int> {
    let start = nextAction
    while nextAction < actions.count, actions[nextAction].action.exDate.rawValue <= day { nextAction += 1 }
    return start..<nextAction
  }

  /// Whether a row is the first of another listing.
  private func begins(_ place: Int, _ entering: Range<Int>) -> Bool {
    if rows[place].day - rows[place - 1].day > 366 { return true }
    if !adjustFromActions, adjustment == nil, !rows[place].adjustedClose.isNaN { return true }
    return entering.contains { actions[$0].action.delistingPrice != nil }
  }

  private mutating func apply(_ entering: Range<Int>, before place: Int, _ log: inout LoadingLog) {
    let price = rows[place - 1].close
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
    let row = rows[place]
    if adjustFromActions { return row.close * factor }
    if !row.adjustedClose.isNaN {
      adjustment = row.adjustedClose / row.close
      return row.adjustedClose
    }
    guard let adjustment else { return row.close }
    log.defect(.noAdjustedClose, at: row.place, name, Day(rawValue: row.day))
    return row.close * adjustment
  }

  private func noteJump(_ place: Int, _ log: inout LoadingLog) {
    guard Int(listingStart[place]) < place else { return }
    let ratio = level[place] / level[place - 1]
    if ratio >= 1.8 || ratio <= 1 / 1.8 {
      log.defect(.jump, at: rows[place].place, name, Day(rawValue: rows[place].day), ratio)
    }
  }

  private mutating func closeListings() {
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, Int(listingStart[end]) == start { end += 1 }
      let last = rows[end - 1].day
      let next = end < rows.count ? rows[end].day : Int32.max
      let first = actions.first { $0.action.delistingPrice != nil && $0.action.exDate.rawValue > last }
      var delisting: Delisting?
      if let action = first?.action, action.exDate.rawValue <= next, let price = action.delistingPrice {
        delisting = Delisting(exDate: action.exDate, price: price)
      }
      listings.append(Listing(rows: start..<end, delisting: delisting))
      start = end
    }
  }
}
