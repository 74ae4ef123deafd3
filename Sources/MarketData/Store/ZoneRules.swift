import FileSystem

/// The offsets of a time zone from UTC, read from the system's zone files (RFC 8536): the transitions on record, and
/// the rule at the file's end for all later years.
public struct ZoneRules: Sendable {
  /// The zone's name, such as `America/New_York`.
  public let name: String
  // Ascending instants at which an offset begins, seconds since 1970 UTC, and the offsets east of UTC in seconds.
  private let transitions: [Int64]
  private let offsets: [Int]
  private let initialOffset: Int
  private let rule: ZoneTail?

  /// UTC itself.
  public static let utc = ZoneRules(
    name: "UTC", transitions: [], offsets: [], initialOffset: 0, rule: nil)

  private init(name: String, transitions: [Int64], offsets: [Int], initialOffset: Int, rule: ZoneTail?) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.initialOffset = initialOffset
    self.rule = rule
  }

  /// Finds a zone by name; `nil` if the system has no zone of that name.
  public static func named(_ name: String) -> ZoneRules? {
    if name == "UTC" || name == "Z" { return .utc }
    for path in files(name) {
      if let bytes = try? OpenFile.contents(path, upTo: 1 << 20), let zone = ZoneRules(name: name, bytes: bytes) {
        return zone
      }
    }
    return nil
  }

  /// The files that may hold the rules of a zone, the likeliest first; none for what cannot be a zone's name.
  static func files(_ name: String) -> [String] {
    let allowed = name.utf8.allSatisfy { byte in
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        || [0x2F, 0x2B, 0x2D, 0x5F].contains(byte)
    }
    guard allowed, !name.isEmpty, !name.hasPrefix("/"), name.utf8.count <= 64 else { return [] }
    return ["/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/var/db/timezone/zoneinfo/"].map { $0 + name }
  }

  /// Reads the contents of a zone file of version 2 or later; `nil` if they are none.
  public init?(name: String, bytes: [UInt8]) {
    guard let old = ZoneBlock(bytes, at: 0, wide: false), old.version >= 0x32,
      let block = ZoneBlock(bytes, at: old.end, wide: true)
    else { return nil }
    var (transitions, offsets): ([Int64], [Int]) = ([], [])
    for place in 0..<block.transitionCount {
      guard let offset = block.offset(ofType: block.type(place)) else { return nil }
      transitions.append(block.instant(place))
      offsets.append(offset)
    }
    guard let initial = block.offset(ofType: 0) else { return nil }
    let tail = bytes[block.end...].dropFirst().prefix { $0 != 0x0A }
    self.init(
      name: name, transitions: transitions, offsets: offsets, initialOffset: initial, rule: ZoneTail(Array(tail)))
  }

  /// The offset east of UTC in seconds at an instant, given in seconds since 1970 UTC.
  public func offset(at instant: Int64) -> Int {
    guard let last = transitions.last else { return rule?.offset(at: instant) ?? initialOffset }
    if instant >= last { return rule?.offset(at: instant) ?? offsets[offsets.count - 1] }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : offsets[low - 1]
  }

  /// The instant of a local time, both in seconds since 1970: of two the earlier; in a gap, as if the clock had not
  /// been put forward.
  public func utc(local: Int64) -> Int64 {
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    let candidates = [local - Int64(max(before, after)), local - Int64(min(before, after))]
    return candidates.first { Int64(offset(at: $0)) == local - $0 } ?? local - Int64(before)
  }

}

/// One data block of a zone file.
private struct ZoneBlock {
  let version: UInt8
  let transitionCount: Int
  let end: Int
  private let bytes: [UInt8]
  private let wide: Bool
  private let start: Int
  private let typeCount: Int

  init?(_ bytes: [UInt8], at origin: Int, wide: Bool) {
    guard bytes.count >= origin + 44, Array(bytes[origin..<origin + 4]) == Array("TZif".utf8) else { return nil }
    let counts = (0..<6).map { ZoneBlock.integer(bytes, origin + 20 + 4 * $0, 4) }
    guard counts.allSatisfy({ $0 >= 0 && $0 < 100_000 }), counts[4] > 0 else { return nil }
    let size = wide ? 8 : 4
    let times = Int(counts[3])
    let body = times * (size + 1) + Int(counts[4]) * 6 + Int(counts[5]) + Int(counts[2]) * (size + 4)
    self.bytes = bytes
    self.wide = wide
    version = bytes[origin + 4]
    start = origin + 44
    transitionCount = times
    typeCount = Int(counts[4])
    end = start + body + Int(counts[1]) + Int(counts[0])
    guard end <= bytes.count else { return nil }
  }

  func instant(_ place: Int) -> Int64 {
    wide ? ZoneBlock.integer(bytes, start + 8 * place, 8) : ZoneBlock.integer(bytes, start + 4 * place, 4)
  }

  func type(_ place: Int) -> Int { Int(bytes[start + transitionCount * (wide ? 8 : 4) + place]) }

  func offset(ofType type: Int) -> Int? {
    guard type < typeCount else { return nil }
    return Int(ZoneBlock.integer(bytes, start + transitionCount * (wide ? 9 : 5) + 6 * type, 4))
  }

  private static func integer(_ bytes: [UInt8], _ place: Int, _ size: Int) -> Int64 {
    var result: Int64 = bytes[place] & 0x80 == 0 ? 0 : -1
    for offset in 0..<size { result = result << 8 | Int64(bytes[place + offset]) }
    return result
  }
}
