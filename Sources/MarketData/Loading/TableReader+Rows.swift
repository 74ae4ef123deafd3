import Diagnostics
import MarketModel

// One function a kind of row.
extension TableReader {
  mutating func readPrices(_ tables: inout MarketTables) {
    let ticker: Int32
    if let column = header[.ticker] {
      let cell = lines[column]
      if cell.start == cell.end {
        _ = key(.ticker, &tables.log)
        return
      }
      ticker =
        cell.hasEscapes
        ? tables.prices.names.intern(lines.string(column)) : tables.prices.names.intern(lines.bytes(column))
    } else {
      ticker = tables.prices.names.intern(file.baseName)
    }
    let isAdjusted = !tables.settings.adjustFromActions
    guard let day = requiredDate(.date, &tables.log), let open = number(.open, &tables.log),
      let high = number(.high, &tables.log), let low = number(.low, &tables.log),
      let close = price(.close, ticker, &tables), let volume = number(.volume, &tables.log),
      let adjusted = isAdjusted ? price(.adjustedClose, ticker, &tables) : .missing(.missingBar)
    else { return }
    tables.prices.append(
      PriceRow(
        day: day, place: place, open: open, high: high, low: low, close: close, volume: volume,
        adjustedClose: adjusted), of: ticker)
  }

  /// A close or adjusted close, which must be positive where it is given.
  private func price(_ field: Field, _ ticker: Int32, _ tables: inout MarketTables) -> Double? {
    guard let value = number(field, &tables.log) else { return nil }
    if value > 0 || value.isNaN { return value }
    let name = tables.prices.names.names[Int(ticker)]
    tables.log.error(.priceNotPositive(field.name, name, value, at: location(header[field])), at: place)
    return nil
  }

  mutating func readWideRow(_ tables: inout MarketTables) {
    guard let dateColumn = header[.date], let day = requiredDate(.date, &tables.log) else { return }
    for column in header.names.indices where column != dateColumn && !header.names[column].isEmpty {
      guard let close = number(inColumn: column, &tables.log), !close.isNaN else { continue }
      let name = header.names[column]
      guard close > 0 else {
        tables.log.error(.priceNotPositive("close", name, close, at: location(column)), at: place)
        continue
      }
      let none = Double.missing(.missingBar)
      tables.prices.append(
        PriceRow(
          day: day, place: place, open: none, high: none, low: none, close: close, volume: none, adjustedClose: none),
        of: tables.prices.names.intern(name))
    }
  }

  mutating func readRelease(_ tables: inout MarketTables, table: Int) {
    guard let code = key(.series, &tables.log), let observation = requiredDate(.observationDate, &tables.log),
      let release = release(of: observation, code, &tables.log), let value = number(.value, &tables.log),
      let revision = revision(&tables.log)
    else { return }
    tables.series[table].rows.append(
      SeriesRow(
        code: tables.series[table].names.intern(code), observation: observation, release: release,
        revision: revision, value: value.isNaN ? .missing(.notReleased) : value, place: place))
  }

  private func revision(_ log: inout LoadingLog) -> Int64? {
    guard let column = header[.revision], !CellText.isMissing(lines.bytes(column)) else { return 0 }
    if let value = CellText.number(lines.bytes(column)), let revision = Int64(exactly: value) { return revision }
    log.error(.malformedRevision(lines.string(column), at: location(column)), at: place)
    return nil
  }

  mutating func readCurvePoint(_ tables: inout MarketTables) {
    guard let curve = key(.curve, &tables.log), let date = requiredDate(.date, &tables.log),
      let tenor = tenor(&tables.log), let release = release(of: date, curve, &tables.log),
      let rate = number(.rate, &tables.log)
    else { return }
    tables.curves.rows.append(
      CurveRow(
        curve: tables.curves.names.intern(curve), date: date, tenor: tenor, release: release, rate: rate,
        place: place))
  }

  private func tenor(_ log: inout LoadingLog) -> Int32? {
    guard let column = header[.tenorDays] else { return nil }
    let cell = lines.bytes(column)
    if CellText.isMissing(cell) {
      log.error(.missingKey(Field.tenorDays.name, at: location(column)), at: place)
      return nil
    }
    if let value = CellText.number(cell), let tenor = Int32(exactly: value), tenor >= 0 { return tenor }
    log.error(.badTenor(lines.string(column), at: location(column)), at: place)
    return nil
  }

  mutating func readMembership(_ tables: inout MarketTables) {
    guard let universe = key(.universe, &tables.log), let ticker = key(.ticker, &tables.log),
      let start = optionalDate(.start, &tables.log), let end = optionalDate(.end, &tables.log)
    else { return }
    let first = start ?? .earliest
    if let end, end < first {
      tables.log.error(.membershipEndsEarly(ticker, first, end, at: location(header[.end])), at: place)
      return
    }
    tables.memberships.rows.append(
      MembershipRow(universe: universe, ticker: ticker, start: first, end: end, place: place))
  }

  mutating func readAction(_ tables: inout MarketTables) {
    guard let ticker = key(.ticker, &tables.log), let exDate = requiredDate(.exDate, &tables.log),
      let split = actionNumber(.splitRatio, "split ratio", ticker, &tables.log),
      let dividend = actionNumber(.cashDividend, "cash dividend", ticker, &tables.log),
      let delisting = actionNumber(.delistingPrice, "delisting price", ticker, &tables.log)
    else { return }
    tables.actions.rows.append(
      ActionRow(
        ticker: ticker, exDate: Day(rawValue: exDate), splitRatio: split.isNaN ? 1 : split,
        cashDividend: dividend.isNaN ? 0 : dividend, delistingPrice: delisting.isNaN ? nil : delisting,
        place: place))
  }

  private func actionNumber(_ field: Field, _ what: String, _ ticker: String, _ log: inout LoadingLog) -> Double? {
    guard let value = number(field, &log) else { return nil }
    let isBad = field == .splitRatio ? value <= 0 : value < 0
    if !isBad { return value }
    log.error(.badAction(what, ticker, value, at: location(header[field])), at: place)
    return nil
  }
}
