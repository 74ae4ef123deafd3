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
    guard let day = requiredDate(.date, &tables.log), let open = number(.open, &tables.log),
      let high = number(.high, &tables.log), let low = number(.low, &tables.log),
      let close = number(.close, &tables.log), let volume = number(.volume, &tables.log),
      let adjusted = tables.settings.adjustFromActions ? unread(.adjustedClose) : number(.adjustedClose, &tables.log)
    else { return }
    tables.prices.append(
      PriceRow(
        day: day, place: place, open: open, high: high, low: low, close: close, volume: volume,
        adjustedClose: adjusted), of: ticker)
  }

  /// A number that nothing but its comparison with others depends on: what is none is missing.
  private func unread(_ field: Field) -> Double {
    header[field].flatMap { CellText.number(lines.bytes($0)) } ?? .missing(.missingBar)
  }

  mutating func readWideRow(_ tables: inout MarketTables) {
    guard let dateColumn = header[.date], let day = requiredDate(.date, &tables.log) else { return }
    for column in header.names.indices where column != dateColumn && !header.names[column].isEmpty {
      guard let close = number(inColumn: column, &tables.log), !close.isNaN else { continue }
      let name = header.names[column]
      let none = Double.missing(.missingBar)
      tables.prices.append(
        PriceRow(
          day: day, place: place, open: none, high: none, low: none, close: close, volume: none, adjustedClose: none),
        of: tables.prices.names.intern(name))
    }
  }

  mutating func readRelease(_ tables: inout MarketTables, table: Int) {
    guard let code = key(.series, &tables.log), let observation = requiredDate(.observationDate, &tables.log),
      let release = release(&tables.log), let value = number(.value, &tables.log),
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
      let tenor = tenor(tables.settings.tenorUnit, &tables.log), let release = release(&tables.log),
      let rate = number(.rate, &tables.log)
    else { return }
    tables.curves.rows.append(
      CurveRow(
        curve: tables.curves.names.intern(curve), date: date, tenor: tenor, release: release, rate: rate,
        place: place))
  }

  /// A tenor in days. The unit stands in the cell, or the column is one of days, or the data set tells it.
  private func tenor(_ unit: TenorUnit?, _ log: inout LoadingLog) -> Int32? {
    guard let column = header[.tenorDays] else { return nil }
    let cell = lines.bytes(column)
    if CellText.isMissing(cell) {
      log.error(.missingKey(Field.tenorDays.name, at: location(column)), at: place)
      return nil
    }
    let (value, word) = TableReader.parts(cell)
    let unit = word.isEmpty ? (header.holdsDays(column) ? .days : unit) : TenorUnit(word: word)
    if word.isEmpty, unit == nil, value != nil {
      log.errorOfFile(
        .unknownTenorUnit(lines.string(column), header.names[column], at: location(column)), at: place)
      return nil
    }
    if let value, let tenor = unit?.days(value) { return tenor }
    log.error(.badTenor(lines.string(column), at: location(column)), at: place)
    return nil
  }

  /// The number at the beginning of a cell, and the word after it.
  private static func parts(_ cell: UnsafeBufferPointer<UInt8>) -> (value: Double?, word: String) {
    if let value = CellText.number(cell) { return (value, "") }
    let end = cell.firstIndex { !(0x30...0x39).contains($0) && !(0x2B...0x2E).contains($0) } ?? cell.count
    let word = String(decoding: cell[end...], as: UTF8.self)
    return (CellText.number(UnsafeBufferPointer(rebasing: cell[..<end])), String(word.drop { $0 == " " }))
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
    if split.isNaN, dividend.isNaN, delisting.isNaN {
      tables.log.error(.noAction(ticker, Day(rawValue: exDate), at: location(nil)), at: place)
      return
    }
    tables.actions.rows.append(
      ActionRow(
        ticker: ticker, exDate: Day(rawValue: exDate), splitRatio: split.isNaN ? 1 : split,
        cashDividend: dividend.isNaN ? 0 : dividend, delistingPrice: delisting.isNaN ? nil : delisting,
        place: place))
  }

  private func actionNumber(_ field: Field, _ what: String, _ ticker: String, _ log: inout LoadingLog) -> Double? {
    guard let value = number(field, &log) else { return nil }
    // A vendor writes a split of 0 where there is none.
    if field == .splitRatio, value == 0 { return .missing(.missingBar) }
    if !(value < 0) { return value }
    log.error(.badAction(what, ticker, value, at: location(header[field])), at: place)
    return nil
  }
}
