import MarketData
import MarketModel

/// The point-in-time rules written a second time, slowly, straight from their definitions.
enum NaiveReference {
  struct Row {
    var day: Day
    var open: Double
    var close: Double
    var volume: Double
    var adjusted: Double?
  }

  /// The rows of the listing that is visible on a day, adjusted as of it: close, open, volume.
  static func adjusted(
    _ rows: [Row], _ actions: [CorporateAction], fromActions: Bool, asOf: Day
  ) -> [(day: Day, close: Double, open: Double, volume: Double)] {
    let known = rows.filter { $0.day <= asOf }.sorted { $0.day < $1.day }
    var start = 0
    for place in known.indices.dropFirst() where begins(place, known, actions, fromActions) { start = place }
    let listing = Array(known[start...])
    guard let last = listing.indices.last else { return [] }
    let levels = listing.indices.map { level($0, listing, known, start, actions, fromActions) }
    return listing.indices.map { place in
      let adjusted = levels[place] * listing[last].close / levels[last]
      var volume = listing[place].volume
      if fromActions {
        for action in actions where enters(action, listing, after: place, through: last) { volume *= action.splitRatio }
      }
      return (listing[place].day, adjusted, listing[place].open * adjusted / listing[place].close, volume)
    }
  }

  private static func begins(_ place: Int, _ rows: [Row], _ actions: [CorporateAction], _ fromActions: Bool) -> Bool {
    if rows[place].day - rows[place - 1].day > 366 { return true }
    if !fromActions, rows[place].adjusted != nil, rows[..<place].allSatisfy({ $0.adjusted == nil }) { return true }
    return actions.contains {
      $0.delistingPrice != nil && $0.exDate <= rows[place].day && $0.exDate > rows[place - 1].day
    }
  }

  private static func enters(_ action: CorporateAction, _ listing: [Row], after: Int, through: Int) -> Bool {
    guard let first = listing.firstIndex(where: { $0.day >= action.exDate }), first > 0 else { return false }
    return first > after && first <= through
  }

  private static func level(
    _ place: Int, _ listing: [Row], _ known: [Row], _ start: Int, _ actions: [CorporateAction], _ fromActions: Bool
  ) -> Double {
    let row = listing[place]
    if fromActions {
      var level = row.close
      for action in actions where action.exDate <= row.day {
        guard let before = listing.lastIndex(where: { $0.day < action.exDate }), before + 1 < listing.count else {
          continue
        }
        level *= action.splitRatio / (1 - action.cashDividend / listing[before].close)
      }
      return level
    }
    if let adjusted = row.adjusted { return adjusted }
    guard let before = known[..<(start + place)].last(where: { $0.adjusted != nil }), let adjusted = before.adjusted
    else { return row.close }
    return row.close * adjusted / before.close
  }

  struct Release {
    var observation: Day
    var release: KnowledgeTime
    var revision: Int
    var value: Double?
  }

  /// The value of each observation as known at an instant.
  static func known(_ releases: [Release], at instant: KnowledgeTime) -> [(day: Day, value: Double)] {
    let visible = releases.filter { $0.release <= instant }
    return Set(visible.map(\.observation)).sorted().compactMap { day in
      let latest = visible.filter { $0.observation == day }.max {
        ($0.release, $0.revision) < ($1.release, $1.revision)
      }
      return latest?.value.map { (day, $0) }
    }
  }

  /// The first known value of each observation, by the same rule at each instant of release in turn.
  static func first(_ releases: [Release], at instant: KnowledgeTime) -> [(day: Day, value: Double)] {
    var result: [Day: Double] = [:]
    for moment in Set(releases.map(\.release)).sorted() where moment <= instant {
      for (day, value) in known(releases, at: moment) where result[day] == nil { result[day] = value }
    }
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Random numbers of the tests (SplitMix64).
struct TestRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
