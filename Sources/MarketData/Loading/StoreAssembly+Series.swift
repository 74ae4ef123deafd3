import Diagnostics
import MarketModel

// Series and curves: rows to histories.
extension StoreAssembly {
  /// The series of one kind, ascending by code.
  mutating func seriesHistories(_ kind: SeriesKind, _ table: SeriesTable) -> [SeriesHistory] {
    let groups = Groups(table.rows.map(\.code), count: table.names.names.count)
    var result: [SeriesHistory] = []
    for number in table.names.sorted {
      let code = table.names.names[Int(number)]
      let places = groups.places(of: number)
      guard !places.isEmpty else { continue }
      let lag = settings.releaseLag(of: code)
      var early = 0
      var rows: [(release: SeriesRelease, place: RowPlace)] = []
      rows.reserveCapacity(places.count)
      for place in places {
        let row = table.rows[Int(place)]
        guard let release = release(of: row, kind, lag, code) else { break }
        if release.isGiven, noteIfEarly(release.release, Day(rawValue: row.observation), code, row.place) { early += 1 }
        rows.append((release, row.place))
      }
      if early > 0, early == rows.count { swappedSeries.append(code) }
      result.append(SeriesHistory(code: code, rows: ordered(&rows, code), settings: settings))
    }
    return result
  }

  /// The row with its effective release time; `nil`, noted once a series, if it has none.
  private mutating func release(
    of row: SeriesRow, _ kind: SeriesKind, _ lag: ReleaseLag?, _ code: String
  ) -> SeriesRelease? {
    let observation = Day(rawValue: row.observation)
    var release = SeriesRelease(
      observation: row.observation, release: 0, revision: row.revision, value: row.value, isGiven: true)
    if let given = row.release {
      release.release = given
      return release
    }
    release.isGiven = false
    if let lag {
      release.release = lag.release(of: observation).microseconds
      return release
    }
    switch kind {
    case .flow: release.release = settings.cut(on: observation).instant.microseconds
    case .macro:
      log.error(.noReleaseTime(code, at: log.location(row.place)), at: row.place)
      return nil
    }
    return release
  }

  /// Whether a release lies more than 24 hours before its observation date begins, which is counted.
  private mutating func noteIfEarly(_ release: Int64, _ observation: Day, _ name: String, _ place: RowPlace) -> Bool {
    let day: Int64 = 86_400_000_000
    let lead = Int64(observation.rawValue) * day - release
    if lead <= day { return false }
    log.defect(.earlyRelease, at: place, name, observation, DefectSize(Double(lead) / Double(day), "days"))
    return true
  }

  private mutating func ordered(
    _ rows: inout [(release: SeriesRelease, place: RowPlace)], _ code: String
  ) -> [SeriesRelease] {
    let isSorted = zip(rows, rows.dropFirst()).allSatisfy { SeriesRelease.precedes($0.release, $1.release) }
    if isSorted { return rows.map(\.release) }
    rows.sort { left, right in
      if SeriesRelease.precedes(left.release, right.release) { return true }
      return SeriesRelease.precedes(right.release, left.release) ? false : left.place < right.place
    }
    var result: [SeriesRelease] = []
    result.reserveCapacity(rows.count)
    var lastPlace = RowPlace.nowhere
    for (release, place) in rows {
      if let last = result.last, !SeriesRelease.precedes(last, release) {
        note(isRepetition: last.value.isSame(release.value), place, lastPlace, code, Day(rawValue: release.observation))
        continue
      }
      result.append(release)
      lastPlace = place
    }
    return result
  }

  /// The curves, ascending by name.
  mutating func curveHistories(_ table: CurveTable) -> [CurveHistory] {
    let groups = Groups(table.rows.map(\.curve), count: table.names.names.count)
    var result: [CurveHistory] = []
    for number in table.names.sorted {
      let name = table.names.names[Int(number)]
      var rows: [(point: CurvePoint, place: RowPlace)] = []
      for place in groups.places(of: number) {
        let row = table.rows[Int(place)]
        let date = Day(rawValue: row.date)
        if row.rate.isNaN {
          log.defect(.noRate, at: row.place, name, date)
          continue
        }
        check(row, name)
        let release = row.release ?? settings.cut(on: date).instant.microseconds
        rows.append(
          (
            CurvePoint(
              date: row.date, tenor: row.tenor, release: release, rate: row.rate, isGiven: row.release != nil),
            row.place
          ))
      }
      if !rows.isEmpty { result.append(CurveHistory(name: name, points: ordered(&rows, name), settings: settings)) }
    }
    return result
  }

  private mutating func check(_ row: CurveRow, _ name: String) {
    if row.tenor < 0 { log.error(.badTenor("\(row.tenor)", at: log.location(row.place)), at: row.place) }
    if let given = row.release { _ = noteIfEarly(given, Day(rawValue: row.date), name, row.place) }
  }

  private mutating func ordered(_ rows: inout [(point: CurvePoint, place: RowPlace)], _ name: String) -> [CurvePoint] {
    let isSorted = zip(rows, rows.dropFirst()).allSatisfy { CurvePoint.precedes($0.point, $1.point) }
    if isSorted { return rows.map(\.point) }
    rows.sort { left, right in
      if CurvePoint.precedes(left.point, right.point) { return true }
      return CurvePoint.precedes(right.point, left.point) ? false : left.place < right.place
    }
    var result: [CurvePoint] = []
    result.reserveCapacity(rows.count)
    var lastPlace = RowPlace.nowhere
    for (point, place) in rows {
      if let last = result.last, !CurvePoint.precedes(last, point) {
        note(isRepetition: last.rate.isSame(point.rate), place, lastPlace, name, Day(rawValue: point.date))
        continue
      }
      result.append(point)
      lastPlace = place
    }
    return result
  }
}

/// Rows by the number of their name, in their own order: a counting sort.
struct Groups {
  private let order: [Int32]
  private let starts: [Int32]

  init(_ numbers: [Int32], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for number in numbers { starts[Int(number) + 1] += 1 }
    for place in 0..<count { starts[place + 1] += starts[place] }
    var next = starts
    var order = [Int32](repeating: 0, count: numbers.count)
    for (place, number) in numbers.enumerated() {
      order[Int(next[Int(number)])] = Int32(place)
      next[Int(number)] += 1
    }
    self.order = order
    self.starts = starts
  }

  func places(of number: Int32) -> ArraySlice<Int32> { order[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])] }
}
