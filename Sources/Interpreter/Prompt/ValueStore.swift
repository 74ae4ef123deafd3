import Diagnostics

/// What a session keeps of values: copies that outlive the evaluation which made them.
///
/// An evaluation's own memory is taken back whole when the next begins. A value that stays is copied, with everything it
/// refers to, into the store's region; what the store holds already is shared, which is safe because lists and maps that
/// are shared are copied before they are written to. When half of the region is garbage, what is still referred to moves
/// to a second region, and the two change places. The same happens when many programs have piled up whose functions
/// nothing refers to any more.
final class ValueStore {
  private var region: Region
  private var spare: Region
  private let limit: Int
  /// Bytes that were in use after the last compaction.
  private var live = 0
  /// Programs that were referred to after it.
  private var livePrograms = 0
  /// The programs whose functions some kept value refers to.
  private(set) var programs: [Program] = []

  private static let slack = 4 << 20
  private static let slackPrograms = 64

  init(limit: Int) {
    self.limit = limit
    region = Region(limit: limit)
    spare = Region(limit: limit)
  }

  /// Bytes in use, garbage included.
  var used: Int { region.used }

  /// A copy of a value, whose functions are those of `owners` or of programs kept already.
  func keep(_ value: Value, _ call: Evaluation, owners: [Program]) throws(Trap) -> Value {
    var copier = ValueCopier(into: region, call: call, sharesOwn: true)
    let copy = try copier.copy(value)
    if !copier.callables.isEmpty {
      for owner in owners where !programs.contains(where: { $0 === owner }) { programs.append(owner) }
    }
    return copy
  }

  /// Whether enough is garbage for a compaction to be worth it.
  var wantsCompaction: Bool {
    region.used > 2 * live + ValueStore.slack || programs.count > 2 * livePrograms + ValueStore.slackPrograms
  }

  /// Moves all values that are still referred to.
  ///
  /// - Parameter visit: is given a function and hands it every place that holds a kept value.
  func compact(_ call: Evaluation, _ visit: ((inout Value) throws(Trap) -> Void) throws(Trap) -> Void) throws(Trap) {
    spare.reset()
    var copier = ValueCopier(into: spare, call: call, sharesOwn: false)
    try visit { (value) throws(Trap) in value = try copier.copy(value) }
    swap(&region, &spare)
    // The old memory goes back: a session that was large once must not stay so.
    spare = Region(limit: limit)
    live = region.used
    let callables = copier.callables
    programs.removeAll { program in !program.codes.contains { callables.contains(ObjectIdentifier($0)) } }
    livePrograms = programs.count
  }
}

/// Copies values with everything they refer to.
private struct ValueCopier {
  private let target: Region
  private let call: Evaluation
  /// What lies in the target already is not copied.
  private let sharesOwn: Bool
  private var copies: [UnsafeMutableRawPointer: Value] = [:]
  /// The script functions that were met.
  private(set) var callables: Set<ObjectIdentifier> = []
  private var depth = 0

  /// Values nested deeper than this are made by scripts that mean harm.
  private static let deepest = 10_000

  init(into target: Region, call: Evaluation, sharesOwn: Bool) {
    self.target = target
    self.call = call
    self.sharesOwn = sharesOwn
  }

  mutating func copy(_ value: Value) throws(Trap) -> Value {
    guard let object = value.object else { return value }
    if sharesOwn, target.contains(object) { return value }
    if let copy = copies[object] { return copy }
    guard depth < ValueCopier.deepest else { throw call.fail(.depthLimit(ValueCopier.deepest)) }
    depth += 1
    defer { depth -= 1 }
    let copy = try copyObject(value)
    copies[object] = copy
    return copy
  }

  private mutating func copyObject(_ value: Value) throws(Trap) -> Value {
    if let string = value.string { return try copy(string) }
    if let list = value.list { return try copy(list) }
    if let map = value.map { return try copy(map) }
    if let series = value.series { return try copy(series) }
    if let function = value.function { return try copy(function) }
    return value
  }

  private func memory(_ bytes: Int) throws(Trap) -> UnsafeMutableRawPointer {
    if let memory = target.allocate(bytes) { return memory }
    throw call.fail(.memoryLimit(target.limit))
  }

  private func copy(_ string: StringRef) throws(Trap) -> Value {
    let bytes = string.utf8
    try call.charge(bytes: bytes.count, .scanned)
    return Value(object: StringRef.initialize(try memory(StringRef.bytesOffset + bytes.count), bytes).hashed.pointer)
  }

  private mutating func copy(_ list: ListRef) throws(Trap) -> Value {
    try call.charge(list.count)
    let place = try memory(ListRef.size(capacity: list.count))
    let result = ListRef.initialize(place, capacity: list.count)
    for index in 0..<list.count { result.push(try copy(list[index])) }
    result.value.share()
    return result.value
  }

  private mutating func copy(_ map: MapRef) throws(Trap) -> Value {
    try call.charge(map.count)
    let place = try memory(MemoryLayout<MapRef.Layout>.size)
    let capacity = max(1, map.count)
    let entries = try memory(capacity * MemoryLayout<MapRef.Entry>.stride)
      .bindMemory(to: MapRef.Entry.self, capacity: capacity)
    let result = MapRef.initialize(place, entries: entries, capacity: capacity)
    if capacity > MapRef.smallCapacity {
      let size = MapRef.tableSize(capacity: capacity)
      result.use(table: try memory(size * MemoryLayout<Int32>.stride).bindMemory(to: Int32.self, capacity: size))
    }
    for index in 0..<map.count {
      let entry = map.entries[index]
      result.push(MapRef.Entry(key: try copy(entry.key), value: try copy(entry.value)))
    }
    result.value.share()
    return result.value
  }

  /// A series with all its numbers, which does not need its operands any more.
  private func copy(_ series: SeriesRef) throws(Trap) -> Value {
    let count = series.count
    var layout = series.layout.pointee
    let numbers = try memory(count * MemoryLayout<Double>.stride)
      .bindMemory(to: Double.self, capacity: max(1, count))
    try series.fill(0..<count, numbers, call)
    layout.values = UnsafePointer(numbers)
    layout.days = try copy(layout.days, count)
    layout.known = try layout.known.map { (known) throws(Trap) in try copy(known, count) }
    layout.scale = 1
    layout.scaled = nil
    layout.column = nil
    layout.columnStart = 0
    layout.operation = nil
    layout.left = .none
    layout.right = .none
    layout.places = nil
    layout.depth = 0
    layout.region = UnsafeMutableRawPointer(Unmanaged.passUnretained(target).toOpaque())
    let place = try memory(MemoryLayout<SeriesRef.Layout>.size)
    place.initializeMemory(as: SeriesRef.Layout.self, to: layout)
    return Value(object: place)
  }

  private func copy(_ days: UnsafePointer<Int32>, _ count: Int) throws(Trap) -> UnsafePointer<Int32> {
    let copied = try memory(count * MemoryLayout<Int32>.stride).bindMemory(to: Int32.self, capacity: max(1, count))
    copied.update(from: days, count: count)
    return UnsafePointer(copied)
  }

  private mutating func copy(_ function: FunctionRef) throws(Trap) -> Value {
    let count = function.captureCount
    let place = try memory(FunctionRef.capturesOffset + count * MemoryLayout<Value>.stride)
    let callable = function.callable.takeUnretainedValue()
    if callable is FunctionCode { callables.insert(ObjectIdentifier(callable)) }
    let result = FunctionRef.initialize(place, callable, captures: count)
    // A function that calls itself holds itself.
    copies[function.pointer] = Value(object: place)
    for index in 0..<count { result.captures[index] = .none }
    for index in 0..<count { result.captures[index] = try copy(function.captures[index]) }
    return Value(object: place)
  }
}
