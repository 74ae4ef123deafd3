#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Names seen in rows, each with a number in order of appearance.
///
/// Found by their bytes, without making strings: rows repeat names, mostly in the order in which they came before.
struct NameTable {
  private(set) var names: [String] = []
  // The bytes of all names one after another, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  // Numbers by hash, -1 for none; open addressing, never more than half full.
  private var slots: [Int32] = []
  // Names of at most eight bytes as one word, with zeros above them; 0 for longer ones. No name holds a zero byte.
  private var words: [UInt64] = []
  // Which name came after each the last time.
  private var followers: [Int32] = []
  private var last: Int32 = -1
  // Names that are not ASCII, where other bytes may spell the same.
  private var spelled: [String: Int32] = [:]

  /// The number of a name.
  mutating func intern(_ name: String) -> Int32 {
    var name = name
    return name.withUTF8 { intern($0) }
  }

  /// The number of a name given as UTF-8.
  mutating func intern(_ name: UnsafeBufferPointer<UInt8>) -> Int32 {
    if last >= 0 {
      if matches(last, name) { return last }
      let next = followers[Int(last)]
      if next >= 0, matches(next, name) {
        last = next
        return next
      }
    }
    let number = found(name) ?? added(name)
    if last >= 0 { followers[Int(last)] = number }
    last = number
    return number
  }

  /// The number of a name given as UTF-8, where memory goes on for eight bytes or more behind it.
  mutating func intern(followedByText name: UnsafeBufferPointer<UInt8>) -> Int32 {
    guard last >= 0, name.count <= 8, name.count > 0, let start = UnsafeRawPointer(name.baseAddress) else {
      return intern(name)
    }
    let mask = UInt64.max >> UInt64(64 - 8 * name.count)
    let word = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)) & mask
    let next = followers[Int(last)]
    if next >= 0, words[Int(next)] == word {
      last = next
      return next
    }
    return words[Int(last)] == word ? last : intern(name)
  }

  /// The number of a name that was seen.
  func number(of name: String) -> Int32? {
    var name = name
    return name.withUTF8 { found($0) } ?? spelled[name]
  }

  /// The numbers in ascending order of the names' bytes.
  var sorted: [Int32] { (0..<Int32(names.count)).sorted { names[Int($0)].precedesInBytes(names[Int($1)]) } }

  private func matches(_ number: Int32, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let end = ends[Int(number)]
    let start = number == 0 ? 0 : ends[Int(number) - 1]
    guard end - start == name.count else { return false }
    return bytes.withUnsafeBytes { known in
      guard let left = known.baseAddress, let right = name.baseAddress else { return true }
      return memcmp(left + start, right, name.count) == 0
    }
  }

  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }

  private func found(_ name: UnsafeBufferPointer<UInt8>) -> Int32? {
    if slots.isEmpty { return nil }
    var place = NameTable.hash(name) & (slots.count - 1)
    while slots[place] >= 0 {
      if matches(slots[place], name) { return slots[place] }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func added(_ name: UnsafeBufferPointer<UInt8>) -> Int32 {
    let number = Int32(names.count)
    let text = String(decoding: name, as: UTF8.self)
    if name.contains(where: { $0 >= 0x80 }) {
      if let known = spelled[text] { return known }
      spelled[text] = number
    }
    names.append(text)
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    words.append(name.count > 8 ? 0 : name.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    followers.append(-1)
    if slots.count < 2 * names.count { rehash() } else { place(number, NameTable.hash(name)) }
    return number
  }

  private mutating func rehash() {
    slots = Array(repeating: -1, count: max(16, 4 * slots.count))
    for number in names.indices {
      let start = number == 0 ? 0 : ends[number - 1]
      let hash = bytes[start..<ends[number]].withUnsafeBufferPointer { NameTable.hash($0) }
      place(Int32(number), hash)
    }
  }

  private mutating func place(_ number: Int32, _ hash: Int) {
    var place = hash & (slots.count - 1)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = number
  }
}
