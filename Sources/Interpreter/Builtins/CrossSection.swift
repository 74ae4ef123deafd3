import Kernels
import MarketModel

/// The members of a map as a cross-section: keys and present numbers side by side, `na` members left out and noted.
///
/// A series among the values stands for its latest value.
struct CrossSection {
  let evaluation: Evaluation
  /// The present members in the map's order.
  let keys: ListRef
  let numbers: UnsafeMutablePointer<Double>
  let count: Int

  var buffer: UnsafeBufferPointer<Double> { UnsafeBufferPointer(start: numbers, count: count) }

  /// The present members of a map that is an argument of a builtin.
  init(_ map: MapRef, _ call: borrowing Call) throws(Trap) {
    evaluation = call.evaluation
    try evaluation.charge(map.count)
    numbers = try evaluation.doubles(map.count)
    keys = try evaluation.list(capacity: map.count)
    var kept = 0
    for place in 0..<map.count {
      try evaluation.look(at: place)
      let number = try call.scalar(map.entries[place].value, "a value")
      if number.isNaN { continue }
      keys.push(map.entries[place].key)
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
      try evaluation.look(at: place)
      let value = number(place)
      if value.isNaN { continue }
      try evaluation.set(keys[place], Value(value), in: result)
    }
    return result.value
  }
}

/// The cross-sectional shapes of functions that series have, too.
extension CrossSection {
  /// `zscore(m)`: each member's distance from the mean in sample deviations; without spread nothing is left.
  static func zscore(_ call: borrowing Call) throws(Trap) -> Value {
    let members = try CrossSection(call.map(0), call)
    let scores = try call.evaluation.doubles(members.count)
    Kernels.CrossSection.zscores(members.buffer, into: scores)
    if members.count > 0, scores[0].isNaN { try call.evaluation.noteLeftOut(members.count, call.name) }
    return try members.map { scores[$0] }
  }

  /// `rank(m, pct, desc, ties)`: each member's rank, 1 the smallest.
  static func rank(_ call: borrowing Call) throws(Trap) -> Value {
    let word = try call.text(3)
    guard let ties = Ranking.Ties(rawValue: word) else {
      let known = Ranking.Ties.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw call.fail("`ties` of `rank` is one of \(known); found `\(word)`")
    }
    let members = try CrossSection(call.map(0), call)
    let ranks = try call.evaluation.doubles(members.count)
    Ranking(ties: ties, isDescending: call.bool(2), isFraction: call.bool(1)).fill(members.buffer, into: ranks)
    return try members.map { ranks[$0] }
  }

  /// Each member minus the mean; of equal members exactly 0.
  func demeaned() throws(Trap) -> UnsafeMutablePointer<Double> {
    let result = try evaluation.doubles(count)
    Kernels.CrossSection.demean(buffer, into: result)
    return result
  }
}
