import Kernels
import MarketModel

/// The members of a map as a cross-section: keys and present numbers side by side, `na` members left out and noted.
///
/// A series among the values stands for its latest value.
struct CrossSection {
  let evaluation: Evaluation
  /// The present members in the map's order.
  let keys: UnsafeMutablePointer<Value>
  let numbers: UnsafeMutablePointer<Double>
  let count: Int

  var buffer: UnsafeBufferPointer<Double> { UnsafeBufferPointer(start: numbers, count: count) }

  /// The present members of a map that is an argument of a builtin.
  init(_ map: MapRef, _ call: borrowing Call) throws(Trap) {
    evaluation = call.evaluation
    try evaluation.charge(map.count)
    numbers = try evaluation.doubles(map.count)
    keys = try evaluation.list(capacity: map.count).items
    var kept = 0
    for place in 0..<map.count {
      let number = try call.scalar(map.entries[place].value, "a value")
      if number.isNaN { continue }
      keys[kept] = map.entries[place].key
      numbers[kept] = number
      kept += 1
    }
    count = kept
    try evaluation.noteLeftOut(map.count - kept, call.name)
  }

  /// A map of the members with other numbers; those that are missing are left out.
  func map(_ number: (Int) -> Double) throws(Trap) -> Value {
    let result = try evaluation.map(capacity: count)
    for place in 0..<count {
      let value = number(place)
      if value.isNaN { continue }
      try evaluation.set(keys[place], Value(value), in: result)
    }
    return result.value
  }

  /// A map of some members in the order of their places.
  func map(at places: UnsafeMutablePointer<Int32>, first: Int) throws(Trap) -> Value {
    let result = try evaluation.map(capacity: first)
    for index in 0..<min(first, count) {
      let place = Int(places[index])
      try evaluation.set(keys[place], Value(numbers[place]), in: result)
    }
    return result.value
  }
}

/// The cross-sectional shapes of functions that series have, too.
extension CrossSection {
  /// `zscore(m)`: each member's distance from the mean in sample deviations.
  static func zscore(_ call: borrowing Call) throws(Trap) -> Value {
    let members = try CrossSection(call.map(0), call)
    let deviation = Statistic.deviation.reduce(members.buffer)
    let mean = members.mean
    guard deviation > 0 else { return try call.evaluation.map(capacity: 0).value }
    return try members.map { Elementwise.number(.divide, members.numbers[$0] - mean, deviation) }
  }

  /// `rank(m, pct, desc, ties)`: each member's rank, 1 the smallest.
  static func rank(_ call: borrowing Call) throws(Trap) -> Value {
    let ties = try Ties(call)
    let members = try CrossSection(call.map(0), call)
    let ranks = try members.ranks(descending: call.bool(2), ties)
    let divisor = call.bool(1) ? Double(members.count) : 1
    return try members.map { ranks[$0] / divisor }
  }

  /// The mean; of equal numbers exactly that number, so that nothing is left when it is taken away.
  var mean: Double { CrossSection.mean(buffer) }

  static func mean(_ numbers: UnsafeBufferPointer<Double>) -> Double {
    guard let first = numbers.first else { return .missing(.insufficientHistory) }
    return numbers.allSatisfy { $0 == first } ? first : Statistic.mean.reduce(numbers)
  }

  /// What members of one value share.
  enum Ties: String, CaseIterable {
    case average, min, max, first, dense

    /// Reads the argument `ties`.
    init(_ call: borrowing Call) throws(Trap) {
      let word = call.string(3).text
      guard let ties = Ties(rawValue: word) else {
        let known = Ties.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        throw call.fail("`ties` of `rank` is one of \(known); found `\(word)`")
      }
      self = ties
    }
  }

  private func ranks(descending: Bool, _ ties: Ties) throws(Trap) -> UnsafeMutablePointer<Double> {
    let places = try SortOrder.places(numbers, count: count, descending: descending, evaluation)
    let ranks = try evaluation.doubles(count)
    var start = 0
    var group = 0
    while start < count {
      var end = start + 1
      while end < count, numbers[Int(places[end])] == numbers[Int(places[start])] { end += 1 }
      group += 1
      for index in start..<end {
        let rank: Double
        switch ties {
        case .average: rank = Double(start + 1 + end) / 2
        case .min: rank = Double(start + 1)
        case .max: rank = Double(end)
        case .first: rank = Double(index + 1)
        case .dense: rank = Double(group)
        }
        ranks[Int(places[index])] = rank
      }
      start = end
    }
    return ranks
  }
}
