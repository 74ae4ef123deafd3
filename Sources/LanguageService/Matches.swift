/// Collects the names that begin with what is written. A name that agrees in case beats all that do not.
struct Matches {
  /// What is written so far.
  private let prefix: [UInt8]
  private let folded: [UInt8]
  private var exact = Found()
  private var foldedOnly = Found()
  private var seen: Set<String> = []

  private struct Found {
    var candidates: [Candidate] = []
    var total = 0
    /// What all names found begin with.
    var common: [UInt8]?

    mutating func add(_ candidate: Candidate) {
      count(candidate.text)
      if candidates.count < Completion.limit { candidates.append(candidate) }
    }

    mutating func count(_ name: String, times: Int = 1) {
      total += times
      guard let common else {
        self.common = Array(name.utf8)
        return
      }
      let length = zip(common, name.utf8).prefix { $0 == $1 }.count
      if length < common.count { self.common = Array(common.prefix(length)) }
    }
  }

  init(_ prefix: String) {
    self.prefix = Array(prefix.utf8)
    folded = self.prefix.map(Matches.lowercase)
  }

  /// A candidate, if it fits; of several with one text the first counts.
  mutating func add(_ candidate: Candidate) {
    guard begins(candidate.text.utf8), seen.insert(candidate.text).inserted else { return }
    if candidate.text.utf8.starts(with: prefix) { exact.add(candidate) } else { foldedOnly.add(candidate) }
  }

  /// Several candidates.
  mutating func add(_ candidates: some Sequence<Candidate>) {
    for candidate in candidates { add(candidate) }
  }

  /// Names that ascend by their bytes, of which there may be many: those that fit are found by halving, and no more
  /// candidates are made than are listed.
  mutating func add(ascending names: [String], _ make: (String) -> Candidate) {
    let start = Matches.firstIndex(names) { !Matches.isLess($0.utf8, prefix) }
    let end = Matches.firstIndex(names) { name in
      !name.utf8.starts(with: prefix) && !Matches.isLess(name.utf8, prefix)
    }
    if start < end {
      let room = max(0, Completion.limit - exact.candidates.count)
      for name in names[start..<min(end, start + room)] { exact.candidates.append(make(name)) }
      exact.count(names[start], times: end - start)
      // What the first and the last of ascending names begin with, all between begin with.
      exact.count(names[end - 1], times: 0)
      return
    }
    guard exact.total == 0, folded.contains(where: Matches.isLetter) else { return }
    for name in names where begins(name.utf8) { foldedOnly.add(make(name)) }
  }

  /// The completion of the bytes of `range`.
  func completion(_ range: Range<Int>) -> Completion {
    let found = exact.total > 0 ? exact : foldedOnly
    guard let common = found.common else { return .nothing(at: range.upperBound) }
    let insertion: String
    if found.total == 1 {
      insertion = found.candidates[0].text + found.candidates[0].suffix
    } else if common.count < prefix.count {
      // Names that differ in case have less in common than is written.
      insertion = String(decoding: prefix, as: UTF8.self)
    } else {
      // A common beginning may end within a character.
      let text = String(decoding: common, as: UTF8.self)
      insertion = text.utf8.elementsEqual(common) ? text : String(text.prefix { $0 != "\u{FFFD}" })
    }
    return Completion(range: range, insertion: insertion, candidates: found.candidates, total: found.total)
  }

  private func begins(_ name: String.UTF8View) -> Bool {
    var bytes = name.makeIterator()
    for byte in folded {
      guard let next = bytes.next(), Matches.lowercase(next) == byte else { return false }
    }
    return true
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  private static func isLess(_ left: String.UTF8View, _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  /// The first index from which on a condition holds, which holds from there on.
  private static func firstIndex(_ names: [String], _ holds: (String) -> Bool) -> Int {
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      if holds(names[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
