import MarketModel

extension MarketTables {
  /// The rows with those of another in the place of the ones with their keys.
  func replacing(_ others: MarketTables) -> MarketTables {
    var result = self
    if others.prices.count > 0 { result.prices = prices.replacing(others.prices) }
    for kind in 0..<2 where !others.series[kind].rows.isEmpty {
      result.series[kind].replace(others.series[kind])
    }
    if !others.curves.rows.isEmpty { result.curves.replace(others.curves) }
    if !others.actions.rows.isEmpty { result.actions.replace(others.actions) }
    return result
  }
}

extension PriceTable {
  fileprivate func replacing(_ others: PriceTable) -> PriceTable {
    var result = PriceTable()
    for (number, name) in names.names.enumerated() {
      let ticker = result.names.intern(name)
      let news = others.names.number(of: name).map { others.rows(of: $0) } ?? []
      let byDay = Dictionary(news.map { ($0.day, $0) }) { first, _ in first }
      for row in rows(of: Int32(number)) { result.append(byDay[row.day] ?? row, of: ticker) }
    }
    return result
  }
}

extension SeriesTable {
  fileprivate mutating func replace(_ others: SeriesTable) {
    var values: [SeriesKey: Double] = [:]
    for row in others.rows { values[SeriesKey(row, names.intern(others.names.names[Int(row.code)]))] = row.value }
    for place in rows.indices {
      if let value = values[SeriesKey(rows[place], rows[place].code)] { rows[place].value = value }
    }
  }
}

extension CurveTable {
  fileprivate mutating func replace(_ others: CurveTable) {
    var rates: [CurveKey: Double] = [:]
    for row in others.rows { rates[CurveKey(row, names.intern(others.names.names[Int(row.curve)]))] = row.rate }
    for place in rows.indices {
      if let rate = rates[CurveKey(rows[place], rows[place].curve)] { rows[place].rate = rate }
    }
  }
}

extension ActionTable {
  fileprivate mutating func replace(_ others: ActionTable) {
    let byKey = Dictionary(others.rows.map { (ActionKey($0), $0) }) { first, _ in first }
    for place in rows.indices { rows[place] = byKey[ActionKey(rows[place])] ?? rows[place] }
  }
}
