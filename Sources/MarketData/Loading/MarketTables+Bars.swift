import MarketModel

/// What the dates of bars longer than a day mean, where the data set says so.
public enum BarDates: String, CaseIterable, Sendable {
  /// Bars that look dated at the start of their period are: they are known at its end.
  case start
  /// The dates are those at which the bars are known.
  case end
}

/// Bars that were dated at the start of their period and are now dated at its end.
public struct RedatedBars: Sendable {
  /// Whose bars they are.
  public let ticker: String
  /// How long they are.
  public let period: BarPeriod
  /// How many there are.
  public let rows: Int
}

extension MarketTables {
  /// Dates bars that are dated at the start of their period at its last weekday, when they are known (under
  /// `calendar: all` its last day); says whose they were, ascending by ticker.
  ///
  /// To be called on all rows of a source together: a ticker's dates tell by their majority. A vendor's quote of the
  /// day, which stands as the last row beside the bar of its period, is left out and counted.
  public mutating func redateStartDatedBars() -> [RedatedBars] {
    var redated: [(bars: RedatedBars, number: Int32)] = []
    for number in prices.names.sorted {
      let rows = prices.rows(of: number)
      guard let dating = BarDating(rows), dating.isStartDated else { continue }
      let name = prices.names.names[Int(number)]
      redated.append((RedatedBars(ticker: name, period: dating.period, rows: rows.count), number))
    }
    if redated.isEmpty { return [] }
    let periods = Dictionary(uniqueKeysWithValues: redated.map { ($0.number, $0.bars.period) })
    var table = PriceTable()
    for (place, name) in prices.names.names.enumerated() {
      let number = table.names.intern(name)
      var rows = prices.rows(of: Int32(place))
      if let period = periods[Int32(place)] {
        rows = BarEnds(period, settings).redated(rows, name, &log)
      }
      for row in rows { table.append(row, of: number) }
    }
    prices = table
    return redated.map(\.bars)
  }
}

extension MarketTables {
  /// Dates bars at the first day of their period, as the files of a data folder have them that says `bar_dates: start`.
  ///
  /// - Parameter periods: how long the bars of tickers are; those of others are daily, and stay.
  public mutating func dateBarsAtStart(_ periods: [String: BarPeriod]) {
    if prices.names.names.allSatisfy({ periods[$0] == nil }) { return }
    var table = PriceTable()
    for (place, name) in prices.names.names.enumerated() {
      let number = table.names.intern(name)
      for var row in prices.rows(of: Int32(place)) {
        if let period = periods[name] { row.day = period.firstDay(of: Day(rawValue: row.day)).rawValue }
        table.append(row, of: number)
      }
    }
    prices = table
  }
}

/// Where the bars of one ticker end.
struct BarEnds {
  private let period: BarPeriod
  private let countsAllDays: Bool

  init(_ period: BarPeriod, _ settings: DataSettings) {
    self.period = period
    countsAllDays = settings.calendar == .all
  }

  /// Start-dated rows, dated at the end of their period.
  func redated(_ rows: [PriceRow], _ name: String, _ log: inout LoadingLog) -> [PriceRow] {
    let quote = quoteOfTheDay(rows)
    var result: [PriceRow] = []
    result.reserveCapacity(rows.count)
    for (place, row) in rows.enumerated() {
      if place == quote {
        log.defect(.duplicateRow, at: row.place, name, Day(rawValue: row.day))
        continue
      }
      var row = row
      let day = Day(rawValue: row.day)
      row.day = (countsAllDays ? period.lastDay(of: day) : period.lastWeekday(of: day)).rawValue
      result.append(row)
    }
    return result
  }

  /// End-dated rows; those dated on the weekend that ends their period count as the weekday before it.
  func endDated(_ rows: [PriceRow]) -> [PriceRow] {
    if countsAllDays { return rows }
    return rows.map { row in
      var row = row
      row.day = min(row.day, period.lastWeekday(of: Day(rawValue: row.day)).rawValue)
      return row
    }
  }

  /// The place of the last row, if it is no bar of its own but a quote of the day within the period of the row before.
  private func quoteOfTheDay(_ rows: [PriceRow]) -> Int? {
    let last = rows.indices.max { rows[$0].day < rows[$1].day }
    guard let last, !period.starts(on: Day(rawValue: rows[last].day)) else { return nil }
    let index = period.index(of: Day(rawValue: rows[last].day))
    let hasBar = rows.contains { $0.day < rows[last].day && period.index(of: Day(rawValue: $0.day)) == index }
    return hasBar ? last : nil
  }
}
