/// A map object: entries in order of insertion and a table of their places.
///
/// Small maps have no table and are searched in order. Keys are strings, numbers (not missing), bools and dates.
public struct MapRef {
  let pointer: UnsafeMutableRawPointer

  /// A key and its value.
  public struct Entry: BitwiseCopyable {
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

  private var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }
  @inline(__always) private var storage: UnsafeMutablePointer<Entry> { layout.pointee.entries }

  /// The number of entries.
  @inline(__always) public var count: Int { Int(layout.pointee.header.count) }
  var capacity: Int { Int(layout.pointee.capacity) }
  var isShared: Bool { layout.pointee.header.isShared }
  /// The map as a value.
  public var value: Value { Value(object: pointer) }

  /// The entries in order.
  @inline(__always) public var entries: Entries { Entries(map: self) }

  /// The entries of a map by their place; one that is not there stops the program.
  public struct Entries {
    fileprivate let map: MapRef

    /// An entry.
    @inline(__always) public subscript(place: Int) -> Entry {
      precondition(place >= 0 && place < map.count, "map entry out of range")
      return map.storage[place]
    }
  }

  /// Replaces the value of an entry.
  func setValue(_ value: Value, at place: Int) {
    precondition(place >= 0 && place < count, "map entry out of range")
    storage[place].value = value
  }

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
    let entries = storage
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
    return index(of: key, &work).map { storage[$0].value }
  }

  /// Enters a place into the table; the key must not be in it yet.
  private func enter(place: Int) {
    guard let table = layout.pointee.table else { return }
    let mask = layout.pointee.tableMask
    var slot = Int(truncatingIfNeeded: MapRef.hash(storage[place].key)) & mask
    while table[slot] != 0 { slot = (slot + 1) & mask }
    table[slot] = Int32(truncatingIfNeeded: place + 1)
  }

  /// Marks every list or map inside as shared: needed whenever the entries are copied into another map.
  func shareValues() { for index in 0..<count { storage[index].value.share() } }

  // MARK: Memory

  /// Adds an entry whose key is new, for which there is room.
  func push(_ entry: Entry) {
    let count = count
    precondition(count < capacity, "a map without room")
    storage[count] = entry
    layout.pointee.header.count = Int32(truncatingIfNeeded: count + 1)
    enter(place: count)
  }

  /// Adds all entries of another map to this one, which is empty and has room for them.
  func push(all other: MapRef) {
    precondition(count == 0 && other.count <= capacity, "a map without room")
    storage.update(from: other.storage, count: other.count)
    layout.pointee.header.count = Int32(truncatingIfNeeded: other.count)
    enterAll()
  }

  /// An empty map without a table.
  static func initialize(
    _ memory: UnsafeMutableRawPointer, entries: UnsafeMutablePointer<Entry>, capacity: Int
  ) -> MapRef {
    memory.initializeMemory(
      as: Layout.self,
      to: Layout(
        header: ObjectHeader(.map, count: 0), capacity: Int32(capacity), entries: entries, table: nil, tableMask: 0))
    return MapRef(pointer: memory)
  }

  /// Moves the entries into memory for more of them.
  func move(to entries: UnsafeMutablePointer<Entry>, capacity: Int) {
    precondition(capacity >= count, "a map does not shrink")
    entries.update(from: storage, count: count)
    layout.pointee.entries = entries
    layout.pointee.capacity = Int32(capacity)
  }

  /// How many places a table for so many entries has: a power of two, at most half of them taken.
  static func tableSize(capacity: Int) -> Int {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    return size
  }

  /// Finds keys by a table in memory of `tableSize(capacity:)` places from now on.
  func use(table: UnsafeMutablePointer<Int32>) {
    let size = MapRef.tableSize(capacity: capacity)
    table.initialize(repeating: 0, count: size)
    layout.pointee.table = table
    layout.pointee.tableMask = size - 1
    enterAll()
  }

  private func enterAll() {
    if layout.pointee.table != nil { for place in 0..<count { enter(place: place) } }
  }
}

extension Evaluation {
  /// An empty map with room for `capacity` entries.
  public func map(capacity: Int) throws(Trap) -> MapRef {
    try checkElements(capacity)
    let capacity = max(capacity, min(4, machine.limits.list))
    let memory = try allocate(MemoryLayout<MapRef.Layout>.size)
    let map = MapRef.initialize(memory, entries: try elements(capacity), capacity: capacity)
    if capacity > MapRef.smallCapacity { try makeTable(map) }
    return map
  }

  /// Sets a key: a present one keeps its place, a new one goes to the end. The caller owns the map and has checked the
  /// key's kind; a value that is a list or map must be shared by the caller.
  public func set(_ key: Value, _ value: Value, in map: MapRef) throws(Trap) {
    if let place = try place(of: key, in: map) {
      map.setValue(value, at: place)
      return
    }
    if map.count == map.capacity { try grow(map) }
    if let text = key.string, !text.isHashed, map.isHashed { try hash(text) }
    map.push(MapRef.Entry(key: key, value: value))
  }

  private func grow(_ map: MapRef) throws(Trap) {
    try checkElements(map.count + 1)
    let capacity = grown(map.capacity)
    map.move(to: try elements(capacity), capacity: capacity)
    if capacity > MapRef.smallCapacity { try makeTable(map) }
  }

  private func makeTable(_ map: MapRef) throws(Trap) {
    let table = try days(MapRef.tableSize(capacity: map.capacity))
    try hashKeys(of: map)
    map.use(table: table)
  }

  /// Hashes the keys that are not yet, so that entering them into a table costs nothing that is not charged.
  private func hashKeys(of map: MapRef) throws(Trap) {
    for place in 0..<map.count {
      try look(at: place)
      if let text = map.entries[place].key.string, !text.isHashed { try hash(text) }
    }
  }

  /// A copy of a map that its maker may change; lists and maps inside become shared.
  public func copy(_ map: MapRef, extra: Int = 0) throws(Trap) -> MapRef {
    try charge(map.count)
    map.shareValues()
    let most = max(map.count, machine.limits.list)
    let result = try self.map(capacity: min(map.count + extra, most))
    if result.isHashed { try hashKeys(of: map) }
    result.push(all: map)
    return result
  }
}
