import MarketModel

/// How often a series is observed: the median gap of its dates, in classes.
enum SeriesFrequency: Int, CaseIterable {
  case daily, weekly, monthly, quarterly, yearly

  /// As messages say it.
  var text: String {
    switch self {
    case .daily: "daily"
    case .weekly: "weekly"
    case .monthly: "monthly"
    case .quarterly: "quarterly"
    case .yearly: "yearly"
    }
  }

  /// The longest median gap of each class but the last, in days.
  private static let longestGaps: [(gap: Double, frequency: SeriesFrequency)] = [
    (4, .daily), (10, .weekly), (45, .monthly), (135, .quarterly),
  ]

  /// The class of a median gap in days.
  init(medianGap: Double) {
    self = SeriesFrequency.longestGaps.first { medianGap <= $0.gap }?.frequency ?? .yearly
  }

  /// The frequency of ascending dates; `nil` for fewer than three, which go with any.
  init?(days: UnsafePointer<Int32>, count: Int) {
    guard count >= 3 else { return nil }
    self.init(medianGap: SeriesFrequency.medianGap(days, count))
  }

  /// The median gap, by counting: gaps beyond a quarter matter only as "more".
  private static func medianGap(_ days: UnsafePointer<Int32>, _ count: Int) -> Double {
    let longest = 136
    let gaps = count - 1
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: longest + 1) { histogram in
      histogram.initialize(repeating: 0)
      var shortestBeyond = Int32.max
      for place in 1..<count {
        let gap = days[place] &- days[place - 1]
        if gap >= longest { shortestBeyond = min(shortestBeyond, gap) }
        histogram[Int(min(max(gap, 0), Int32(longest)))] += 1
      }
      func gap(rank: Int) -> Double {
        var seen = 0
        for gap in 0..<longest {
          seen += Int(histogram[gap])
          if seen > rank { return Double(gap) }
        }
        return Double(shortestBeyond)
      }
      return (gap(rank: (gaps - 1) / 2) + gap(rank: gaps / 2)) / 2
    }
  }
}

extension SeriesRef {
  /// The frequency of its dates; `nil` for fewer than three, which go with any.
  var frequency: SeriesFrequency? { SeriesFrequency(days: days, count: count) }
}
