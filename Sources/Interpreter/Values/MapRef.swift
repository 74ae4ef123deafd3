/// A map object: entries in order of insertion and a table of their places.
///
/// Small maps have no table and are searched in order. Keys are strings, numbers (not missing), bools and dates.
public struct MapRef {
  let pointer: UnsafeMutableRawPointer

  /// A key and its value.
  public struct Entry {
    /// The key.
    public var key: Value
    /// The value.
    public var value: Value
  }

  struct Layout {
    var header: ObjectHeader
    var capacity: Int32
    var entries: UnsafeMutablePointer<Entry>
    /// Places plus one, zero for free; `nil` while the map is small.
    var table: UnsafeMutablePointer<Int32>?
    var tableMask: Int
  }

  var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }

  /// The number of entries.
  @inline(__always) public var count: Int { Int(layout.pointee.header.count) }
  var capacity: Int { Int(layout.pointee.capacity) }
  /// The entries in order; valid until the map grows or the region is reset.
  @inline(__always) public var entries: UnsafeMutablePointer<Entry> { layout.pointee.entries }
  var isShared: Bool { layout.pointee.header.isShared }
  /// The map as a value.
  public var value: Value { Value(object: pointer) }

  static let smallCapacity = 8

  static func hash(_ key: Value) -> UInt64 {
    if let string = key.string { return string.hash }
    // Minus zero and zero are one key.
    return StringRef.mix(key.raw == 0 ? 0 : key.bits)
  }

  private static func same(_ left: Value, _ right: Value, _ work: inout Int) -> Bool {
    if left.bits == right.bits { return true }
    if left.isNumber, right.isNumber { return left.raw == right.raw }
    if let a = left.string, let b = right.string, a.utf8.count == b.utf8.count {
      work &+= a.utf8.count >> 4
      return a.equals(b)
    }
    return false
  }

  /// Whether keys are found by their hash.
  var isHashed: Bool { layout.pointee.table != nil }

  /// The place of a key, or `nil` if it is absent. `Evaluation.place(of:in:)` charges what it takes.
  ///
  /// - Parameter work: grows by the entries tried, and by the bytes of long texts compared, in units of sixteen.
  func index(of key: Value, _ work: inout Int) -> Int? {
    let entries = self.entries
    guard let table = layout.pointee.table else {
      for place in 0..<count where MapRef.same(entries[place].key, key, &work) { return place }
      return nil
    }
    let mask = layout.pointee.tableMask
    var slot = Int(truncatingIfNeeded: MapRef.hash(key)) & mask
    while table[slot] != 0 {
      let place = Int(table[slot]) - 1
      if MapRef.same(entries[place].key, key, &work) { return place }
      work &+= 1
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The value of a key, or `nil` if it is absent, for who reads a value when its evaluation has ended: nothing is
  /// charged. While it runs, `Evaluation.value(of:in:)` is asked.
  public subscript(uncharged key: Value) -> Value? {
    var work = 0
    return index(of: key, &work).map { entries[$0].value }
  }

  /// Enters a place into the table; the key must not be in it yet.
  func enter(place: Int) {
    guard let table = layout.pointee.table else { return }
    let mask = layout.pointee.tableMask
    var slot = Int(truncatingIfNeeded: MapRef.hash(entries[place].key)) & mask
    while table[slot] != 0 { slot = (slot + 1) & mask }
    table[slot] = Int32(place + 1)
  }

  /// Marks every list or map inside as shared: needed whenever the entries are copied into another map.
  func shareValues() { for index in 0..<count { entries[index].value.share() } }
}
