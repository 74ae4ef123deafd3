import MarketModel

/// What holds after each number of releases of a series.
///
/// Releases are cut into segments within which only later observations are added, so that one set of columns serves
/// every snapshot of a segment. Entries inside a batch of releases with the same instant are never asked for.
final class SeriesIndex: Sendable {
  /// The segment of each prefix.
  let segment: [Int32]
  /// The number of releases after the last of each segment.
  let segmentEnds: [Int32]
  /// How many observations are known after each prefix.
  let present: [Int32]
  /// The latest observation known after each prefix, when it first became known, and its value.
  let latestDay: [Int32]
  let latestKnown: [Int32]
  let latestValue: [Double]
  /// The releases by observation date, then in their own order.
  private let byObservation: [Int32]

  init(_ history: SeriesHistory) {
    let order = SeriesIndex.sortedByObservation(history)
    byObservation = order
    var walk = Walk(history, order)
    var start = 0
    while start < history.releases.count {
      var end = start + 1
      while end < history.releases.count, history.releases.start[end] == history.releases.start[start] { end += 1 }
      walk.apply(start..<end, of: history)
      start = end
    }
    segment = walk.segment
    segmentEnds = walk.segmentEnds + [Int32(history.releases.count)]
    present = walk.present
    latestDay = walk.latestDay
    latestKnown = walk.latestKnown
    latestValue = walk.latestValue
  }

  private static func sortedByObservation(_ history: SeriesHistory) -> [Int32] {
    let days = history.observations.start
    return (0..<Int32(history.observations.count)).sorted {
      let (left, right) = (days[Int($0)], days[Int($1)])
      return left != right ? left < right : $0 < $1
    }
  }

  /// The columns after a number of releases.
  func state(of history: SeriesHistory, after count: Int) -> SeriesState {
    var (days, values, known): ([Int32], [Double], [Int32]) = ([], [], [])
    forEachObservation(of: history) { places in
      guard let last = places.last(where: { $0 < count }), !history.values.start[Int(last)].isNaN else { return }
      // `last` itself is a known value, so there is a first one.
      let first = places.first { !history.values.start[Int($0)].isNaN } ?? last
      days.append(history.observations.start[Int(last)])
      values.append(history.values.start[Int(last)])
      known.append(history.knownDays.start[Int(first)])
    }
    return SeriesState(days: days, values: values, knownDays: known)
  }

  /// The places of the releases that made each observation known for the first time, in order of release.
  func firstReleases(of history: SeriesHistory) -> [Int] {
    var result: [Int] = []
    let releases = history.releases.start
    forEachObservation(of: history) { places in
      // Of several revisions at one instant only the last was ever seen.
      for (offset, place) in places.enumerated() {
        let next = offset + 1 < places.count ? places[places.startIndex + offset + 1] : nil
        if let next, releases[Int(next)] == releases[Int(place)] { continue }
        if history.values.start[Int(place)].isNaN { continue }
        result.append(Int(place))
        return
      }
    }
    return result.sorted()
  }

  private func forEachObservation(of history: SeriesHistory, _ body: (ArraySlice<Int32>) -> Void) {
    var start = 0
    while start < byObservation.count {
      let day = history.observations.start[Int(byObservation[start])]
      var end = start + 1
      while end < byObservation.count, history.observations.start[Int(byObservation[end])] == day { end += 1 }
      body(byObservation[start..<end])
      start = end
    }
  }
}

extension SeriesIndex {
  /// The state of the pass over all releases that fills the index.
  private struct Walk {
    var segment: [Int32] = [0]
    var segmentEnds: [Int32] = []
    var present: [Int32] = [0]
    var latestDay: [Int32] = [0]
    var latestKnown: [Int32] = [0]
    var latestValue: [Double] = [0]
    // Per distinct observation date: its day, its present value (missing if not known) and when it was first known.
    private var dates: [Int32] = []
    private var current: [Double] = []
    private var firstKnown: [Int32] = []
    // Per release: the place of its observation date.
    private var slots: [Int32]
    private var presentCount: Int32 = 0
    private var last = -1

    init(_ history: SeriesHistory, _ order: [Int32]) {
      slots = Array(repeating: 0, count: order.count)
      for place in order {
        let day = history.observations.start[Int(place)]
        if dates.last != day { dates.append(day) }
        slots[Int(place)] = Int32(dates.count - 1)
      }
      current = Array(repeating: .missing(.notReleased), count: dates.count)
      firstKnown = Array(repeating: Int32.min, count: dates.count)
    }

    mutating func apply(_ batch: Range<Int>, of history: SeriesHistory) {
      let before = last
      var appends = true
      for place in batch {
        let slot = Int(slots[place])
        let value = history.values.start[place]
        if slot <= before, !(value.isNaN && current[slot].isNaN) { appends = false }
        set(slot, value, known: history.knownDays.start[place])
      }
      if !appends { segmentEnds.append(Int32(batch.lowerBound)) }
      while last >= 0, current[last].isNaN { last -= 1 }
      record(batch.count)
    }

    private mutating func set(_ slot: Int, _ value: Double, known: Int32) {
      presentCount += (value.isNaN ? 0 : 1) - (current[slot].isNaN ? 0 : 1)
      current[slot] = value
      if value.isNaN { return }
      if firstKnown[slot] == Int32.min { firstKnown[slot] = known }
      last = max(last, slot)
    }

    private mutating func record(_ count: Int) {
      for _ in 0..<count {
        segment.append(Int32(segmentEnds.count))
        present.append(presentCount)
        latestDay.append(last >= 0 ? dates[last] : 0)
        latestKnown.append(last >= 0 ? firstKnown[last] : 0)
        latestValue.append(last >= 0 ? current[last] : 0)
      }
    }
  }
}
