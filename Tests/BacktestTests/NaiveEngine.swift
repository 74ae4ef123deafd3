import MarketData
import MarketModel

#if arch(x86_64) && !os(Windows)
  /// Numbers with exponents far beyond those of a double, where the machine has them.
  typealias Wide = Float80
#else
  typealias Wide = Double
#endif

/// The session loop once more, in plain loops over dictionaries of rows, from the same rules and none of the same code.
///
/// It counts in wide numbers, so what overflows in doubles does not here.
struct NaiveEngine {
  struct Row {
    var open: Double?
    var close: Double
    var level: Double
  }
  /// Rows by ticker and day number.
  var rows: [String: [Int: Row]] = [:]
  var delistings: [String: (ex: Int, price: Double)] = [:]
  var sessions: [Int] = []
  var decisions: [Int: [String: Double]] = [:]
  var mode = "next_close"
  var lag = 1
  var cost = 0.0007
  var leverage = 1.0
  var minTrade = 1.0
  var cashRate = 0.0
  var borrowRate = 0.0
  var delistAfter = 60
  var delistingReturn = 0.0

  struct Outcome {
    var equity: [Wide] = []
    /// |cash| + Σ|position| at the end of each session: what rounding of the equity is measured by.
    var scale: [Wide] = []
    /// The least that anything held was worth at a mark of each session, and the least ratio of two of its marks.
    var smallest: [Wide] = []
    var smallestRatio: [Wide] = []
    var trades: [(day: Int, ticker: String, notional: Wide, cost: Wide)] = []
    var interest: Wide = 0
    var ruined = false
  }

  func run() -> Outcome {
    var out = Outcome()
    var cash: Wide = 1_000_000
    var position: [String: Wide] = [:]
    var mark: [String: Wide] = [:]
    var start: [String: Int] = [:]
    var waiting: [(asOf: Int, due: Int)] = []
    let tickers = rows.keys.sorted()

    var days: [String: [Int]] = [:]
    var starts: [String: [Int: Int]] = [:]
    for t in tickers {
      days[t] = rows[t]!.keys.sorted()
      var first = days[t]![0]
      var before: Int?
      for d in days[t]! {
        // A listing starts after a gap of more than 366 days, or at the first row from a delisting's ex-date on.
        if let before {
          if d - before > 366 { first = d }
          if let ex = delistings[t]?.ex, before < ex, d >= ex { first = d }
        }
        starts[t, default: [:]][d] = first
        before = d
      }
    }
    func lastRow(_ t: String, _ d: Int) -> Int? { days[t]!.last { $0 <= d } }
    func listing(_ t: String, _ d: Int) -> Int { starts[t]![lastRow(t, d)!]! }
    func equity() -> Wide {
      var sum: Wide = 0
      for t in tickers { sum += position[t] ?? 0 }
      return cash + sum
    }
    func trade(_ d: Int, _ t: String, _ amount: Wide) {
      cash = cash - amount - abs(amount) * Wide(cost)
      out.trades.append((d, t, amount, abs(amount) * Wide(cost)))
    }
    var smallest: Wide = 1
    var smallestRatio: Wide = 1
    func note(_ ratio: Wide, _ value: Wide) {
      smallest = min(smallest, abs(value))
      smallestRatio = min(smallestRatio, ratio)
    }
    func record() {
      out.smallest.append(smallest)
      out.smallestRatio.append(smallestRatio)
      (smallest, smallestRatio) = (1, 1)
      out.equity.append(equity())
      out.scale.append(abs(cash) + position.values.reduce(0) { $0 + abs($1) })
    }
    func level(_ row: Row) -> Wide { Wide(row.level) }
    func openLevel(_ row: Row) -> Wide { Wide(row.open ?? row.close) * Wide(row.level) / Wide(row.close) }
    func ruin(_ d: Int) -> Bool {
      if equity() > 0 { return false }
      for t in tickers where position[t] != nil {
        trade(d, t, -position[t]!)
        position[t] = nil
      }
      record()
      out.ruined = true
      return true
    }
    func fill(_ s: Int, atOpen: Bool) {
      let d = sessions[s]
      let due = waiting.filter { $0.due <= s }
      guard let newest = due.last else { return }
      waiting.removeAll { $0.due <= s }
      var w = decisions[newest.asOf]!.filter { $0.value != 0 }.mapValues { Wide($0) }
      let names = Set(w.keys).union(position.keys).sorted()
      func tradable(_ t: String) -> Bool {
        guard let row = rows[t]![d] else { return false }
        return !atOpen || row.open != nil
      }
      if !names.isEmpty, !names.contains(where: tradable) {
        waiting.insert((newest.asOf, s + 1), at: 0)
        return
      }
      let e = equity()
      let leverage = Wide(leverage)
      var gross: Wide = 0
      for t in names { gross += abs(w[t] ?? 0) }
      if gross > leverage * (1 + 1e-9) { for t in w.keys { w[t]! *= leverage / gross } }
      var k: Wide = 0
      var g: Wide = 0
      for t in names {
        if tradable(t) { g += abs(e * (w[t] ?? 0)) } else { k += abs(position[t] ?? 0) }
      }
      if k > 0, k + g > leverage * e * (1 + 1e-9), g > 0 {
        for t in w.keys where tradable(t) { w[t]! *= max(0, leverage * e - k) / g }
      }
      for t in names where tradable(t) {
        let weight = w[t] ?? 0
        let target = abs(weight) < 1e-200 ? 0 : e * weight
        let amount = target - (position[t] ?? 0)
        if abs(amount) <= 1e-9 * e || (target != 0 && abs(amount) < Wide(minTrade)) { continue }
        trade(d, t, amount)
        position[t] = target == 0 ? nil : target
        let row = rows[t]![d]!
        mark[t] = atOpen ? openLevel(row) : level(row)
        start[t] = listing(t, d)
      }
    }

    for (s, d) in sessions.enumerated() {
      if s > 0 {
        let n = Wide(d - sessions[s - 1])
        var shorts: Wide = 0
        for t in tickers { shorts += max(0, -(position[t] ?? 0)) }
        let interest = cash * Wide(cashRate) * n / 365 - shorts * Wide(borrowRate) * n / 365
        cash += interest
        out.interest += interest
      }
      for t in tickers where position[t] != nil {
        let last = days[t]!.last { $0 <= d && starts[t]![$0]! == start[t]! }!
        let value = position[t]! * level(rows[t]![last]!) / mark[t]!
        let silent = sessions.filter { $0 > lastRow(t, d)! && $0 <= d }.count
        if let end = delistings[t], end.ex <= d, last < end.ex {
          cash += value * Wide(end.price) / Wide(rows[t]![last]!.close)
        } else if listing(t, d) != start[t]! {
          cash += value
        } else if silent > delistAfter {
          cash += value * (1 + Wide(delistingReturn))
        } else {
          continue
        }
        position[t] = nil
      }
      if mode == "next_open", waiting.contains(where: { $0.due <= s }) {
        for t in tickers where position[t] != nil {
          guard let row = rows[t]![d], row.open != nil else { continue }
          note(openLevel(row) / mark[t]!, position[t]! * openLevel(row) / mark[t]!)
          position[t]! *= openLevel(row) / mark[t]!
          mark[t] = openLevel(row)
        }
        if ruin(d) { return out }
        fill(s, atOpen: true)
      }
      for t in tickers where position[t] != nil {
        let now = level(rows[t]![lastRow(t, d)!]!)
        note(now / mark[t]!, position[t]! * now / mark[t]!)
        position[t]! *= now / mark[t]!
        mark[t] = now
      }
      if ruin(d) { return out }
      if mode == "next_close" { fill(s, atOpen: false) }
      if decisions[d] != nil { waiting.append((d, s + (mode == "same_close" ? 0 : lag))) }
      if mode == "same_close" { fill(s, atOpen: false) }
      record()
    }
    return out
  }
}
