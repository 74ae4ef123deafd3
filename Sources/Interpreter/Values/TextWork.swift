/// What work on the bytes of texts costs in steps: n bytes are n divided by the rate, so that the default limit of steps
/// is reached within seconds whatever the bytes are spent on.
///
/// The rates are measured ones: a step stands for ten to fifty nanoseconds everywhere.
enum TextWork: Int {
  /// Moved or compared as a block.
  case moved = 64
  /// Looked at one by one: hashed, searched, counted.
  case scanned = 16
  /// Taken apart into code points and put together again.
  case transformed = 2
}

extension MapRef {
  /// How many entries lie near: tables, entries and keys of so many fit into the processor's caches.
  static var nearCount: Int { 1 << 15 }
  /// What a look-up among more entries, or of many that are alike, takes besides.
  static var farSteps: Int { 4 }
}

extension Evaluation {
  /// Counts the steps of work on so many bytes of text.
  @inline(__always) func charge(bytes count: Int, _ work: TextWork) throws(Trap) {
    if count >= work.rawValue { try charge(count / work.rawValue) }
  }

  /// Counts the steps of comparing two texts.
  @inline(__always) func charge(comparing left: StringRef, _ right: StringRef) throws(Trap) {
    try charge(bytes: min(left.utf8.count, right.utf8.count), .moved)
  }

  /// Whether two texts are equal; their bytes are charged, where there is need to look at them.
  func equal(_ left: StringRef, _ right: StringRef) throws(Trap) -> Bool {
    if left.pointer == right.pointer { return true }
    guard left.utf8.count == right.utf8.count else { return false }
    try charge(comparing: left, right)
    return left.equals(right)
  }

  /// The place of a key in a map, or `nil` if it is absent. Hashing a text for the first time is charged, and so are
  /// the entries tried and the bytes compared, so that keys made to be alike end at the step limit; in a map that is
  /// larger than the processor's caches, so is the way to the memory.
  @inline(__always) func place(of key: Value, in map: MapRef) throws(Trap) -> Int? {
    var work = 0
    if let text = key.string, !text.isHashed, map.isHashed { try hash(text) }
    let place = map.index(of: key, &work)
    if work > 16 || map.count > MapRef.nearCount { try charge(work / 4 + MapRef.farSteps) }
    return place
  }

  /// The value of a key, or `nil` if it is absent.
  @inline(__always) public func value(of key: Value, in map: MapRef) throws(Trap) -> Value? {
    guard let place = try place(of: key, in: map) else { return nil }
    return map.entries[place].value
  }

  /// Hashes a text, which it keeps.
  @inline(never) func hash(_ text: StringRef) throws(Trap) {
    try charge(bytes: text.utf8.count, .scanned)
    _ = text.hash
  }
}
