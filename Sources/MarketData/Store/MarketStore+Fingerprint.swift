import Codecs
import Locks
import MarketModel

extension MarketStore {
  /// SHA-256, in lower-case hex, of what was loaded: the same rows give the same fingerprint from wide, long or
  /// gzipped files in any order, and from a database.
  ///
  /// Taken over UTF-8 lines in a fixed order, fields joined by tabs: settings, then each kind's rows.
  public var fingerprint: String {
    if let known = cache.withLock({ $0.fingerprint }) { return known }
    let made = takenFingerprint
    cache.withLock { $0.fingerprint = made }
    return made
  }

  /// The fingerprint, taken from the rows whatever was noted beforehand.
  var takenFingerprint: String {
    var lines = FingerprintLines()
    write(&lines)
    return lines.hex()
  }

  private func write(_ lines: inout FingerprintLines) {
    lines.line("strat-data", "1")
    if let time = settings.decisionTime { lines.line("setting", "decision_time", time.description) }
    if let calendar = settings.calendar { lines.line("setting", "calendar", calendar.description) }
    if settings.adjustFromActions { lines.line("setting", "adjust", "actions") }
    for alias in settings.aliases { lines.line("aliases", alias.name, alias.ticker) }
    for lag in settings.releaseLags { lines.line("release_lag", lag.series, lag.lag.description) }
    for history in histories { writePrices(history, &lines) }
    for series in series(.macro) { write(series, "series", &lines) }
    for series in series(.flow) { write(series, "flow", &lines) }
    for curve in curves { write(curve, &lines) }
    for universe in universes { write(universe, &lines) }
    for action in actions { write(action, &lines) }
  }

  private func writePrices(_ history: PriceHistory, _ lines: inout FingerprintLines) {
    let prefix = "price\t" + name(of: history.ticker)
    let columns = [
      history.open, history.high, history.low, history.close, history.volume, history.adjustedClose,
    ]
    for row in 0..<history.count {
      lines.begin(prefix)
      lines.day(history.days.start[row])
      for column in columns { lines.number(column.start[row]) }
      lines.end()
    }
  }

  private func write(_ series: SeriesHistory, _ word: String, _ lines: inout FingerprintLines) {
    let prefix = word + "\t" + series.code
    // Releases that were not given come first within an observation.
    func key(_ place: Int) -> (Int32, Int64, Int64) {
      let release = series.isGiven.start[place] == 1 ? series.releases.start[place] : Int64.min
      return (series.observations.start[place], release, series.revisionNumbers.start[place])
    }
    for place in (0..<series.releases.count).sorted(by: { key($0) < key($1) }) {
      lines.begin(prefix)
      lines.day(series.observations.start[place])
      lines.release(series.releases.start[place], isGiven: series.isGiven.start[place] == 1)
      lines.field(String(series.revisionNumbers.start[place]))
      lines.number(series.values.start[place])
      lines.end()
    }
  }

  private func write(_ curve: CurveHistory, _ lines: inout FingerprintLines) {
    let prefix = "curve\t" + curve.name
    func key(_ place: Int) -> (Int32, Int64) {
      (curve.tenors.start[place], curve.isGiven.start[place] == 1 ? curve.releases.start[place] : Int64.min)
    }
    for date in 0..<curve.dates.count {
      let range = Int(curve.starts.start[date])..<Int(curve.starts.start[date + 1])
      for place in range.sorted(by: { key($0) < key($1) }) {
        lines.begin(prefix)
        lines.day(curve.dates.start[date])
        lines.field(String(curve.tenors.start[place]))
        lines.release(curve.releases.start[place], isGiven: curve.isGiven.start[place] == 1)
        lines.field("0")
        lines.number(curve.rates.start[place])
        lines.end()
      }
    }
  }

  private func write(_ universe: Universe, _ lines: inout FingerprintLines) {
    for membership in universe.memberships {
      lines.begin("member\t" + universe.name)
      lines.field(name(of: membership.ticker))
      lines.day(membership.start.rawValue)
      if let end = membership.end { lines.day(end.rawValue) } else { lines.field("") }
      lines.end()
    }
  }

  private func write(_ action: CorporateAction, _ lines: inout FingerprintLines) {
    lines.begin("action\t" + action.ticker)
    lines.day(action.exDate.rawValue)
    lines.number(action.splitRatio)
    lines.number(action.cashDividend)
    lines.number(action.delistingPrice ?? .missing(.unspecified))
    lines.end()
  }
}

/// Writes the lines of a fingerprint into a hash, in blocks.
private struct FingerprintLines: ~Copyable {
  private var hash = ContentHash()
  private var buffer: [UInt8] = []
  private static let digits = Array("0123456789abcdef".utf8)

  init() { buffer.reserveCapacity(1 << 16) }

  mutating func line(_ fields: String...) {
    begin(fields[0])
    for text in fields.dropFirst() { field(text) }
    end()
  }

  mutating func begin(_ text: String) { buffer.append(contentsOf: text.utf8) }

  mutating func field(_ text: String) {
    buffer.append(0x09)
    buffer.append(contentsOf: text.utf8)
  }

  mutating func end() {
    buffer.append(0x0A)
    if buffer.count < 60_000 { return }
    hash.update(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// The bits of a number as 16 hex digits; −0 as 0, missing as nothing.
  mutating func number(_ value: Double) {
    buffer.append(0x09)
    if value.isNaN { return }
    let bits = value == 0 ? 0 : value.bitPattern
    for shift in stride(from: 60, through: 0, by: -4) {
      buffer.append(FingerprintLines.digits[Int(truncatingIfNeeded: bits >> UInt64(shift)) & 15])
    }
  }

  mutating func day(_ day: Int32) {
    let (year, month, dayOfMonth) = Day(rawValue: day).civil
    buffer.append(0x09)
    two(year / 100)
    two(year % 100)
    buffer.append(0x2D)
    two(month)
    buffer.append(0x2D)
    two(dayOfMonth)
  }

  private mutating func two(_ value: Int) {
    buffer.append(UInt8(0x30 + value / 10 % 10))
    buffer.append(UInt8(0x30 + value % 10))
  }

  /// Seconds since 1970 with a fraction only where there is one; nothing if the release was not given.
  mutating func release(_ microseconds: Int64, isGiven: Bool) {
    guard isGiven else { return field("") }
    let (whole, part) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var text = (microseconds < 0 ? "-" : "") + String(whole)
    if part != 0 {
      let digits = String(part + 1_000_000).dropFirst()
      text += "." + digits.reversed().drop { $0 == "0" }.reversed()
    }
    field(text)
  }

  /// The hash of all lines.
  consuming func hex() -> String {
    hash.update(buffer)
    return hash.hex()
  }
}
