public import Diagnostics
public import MarketModel

/// A handle on the evaluation under way, as builtins and series operations see it: steps, memory, errors, calls back.
public struct Evaluation {
  let context: UnsafeMutablePointer<Context>
  /// The node on whose behalf the work is done.
  let site: Int32
  /// The first free stack slot, where the frame of a call back begins.
  let top: UnsafeMutablePointer<Value>

  /// The machine that runs.
  public var machine: Machine { context.machine }

  /// The current `as_of`, or `nil` where no data can be read.
  public var asOf: Day? { context.pointee.asOf == Context.noDay ? nil : Day(rawValue: context.pointee.asOf) }

  /// Counts steps: n for work over n elements.
  public func charge(_ steps: Int) throws(Trap) { try context.charge(steps, site) }

  /// Stops the evaluation with a diagnostic, placed at the current call.
  public func fail(_ diagnostic: Diagnostic) -> Trap { machine.fail(diagnostic, site) }

  /// Stops the evaluation because of an entry of the map that `signals` gave, placed at the entry as far as it can be
  /// found: its value, or with `atKey` its key. Where the value is missing, the reason is said too.
  public func fail(
    _ diagnostic: Diagnostic, entry key: String, atKey: Bool = false, missing: MissingReason? = nil
  ) -> Trap {
    var placed = diagnostic
    placed.location = machine.place(ofEntry: key, atKey: atKey)
    let trap = machine.fail(placed, site, missing: missing)
    if missing != nil { machine.fault?.key = key }
    return trap
  }

  /// Where the current call stands in the source.
  public var location: Location? { machine.sites.location(site) }

  // MARK: Memory

  /// Uninitialised memory from the region.
  func allocate(_ bytes: Int) throws(Trap) -> UnsafeMutableRawPointer { try context.allocate(bytes, site) }

  /// Room for doubles that lives until the evaluation ends.
  public func doubles(_ count: Int) throws(Trap) -> UnsafeMutablePointer<Double> {
    try allocate(count * MemoryLayout<Double>.stride).bindMemory(to: Double.self, capacity: count)
  }

  /// Room for day numbers that lives until the evaluation ends.
  public func days(_ count: Int) throws(Trap) -> UnsafeMutablePointer<Int32> {
    try allocate(count * MemoryLayout<Int32>.stride).bindMemory(to: Int32.self, capacity: count)
  }

  /// Fails where a text of so many bytes is longer than a string may be.
  func checkText(_ count: Int) throws(Trap) {
    guard count <= machine.limits.string else { throw fail(.stringLimit(machine.limits.string)) }
  }

  /// Memory for a string object of `count` bytes of text, whose writing is charged.
  func textMemory(_ count: Int) throws(Trap) -> UnsafeMutableRawPointer {
    try charge(bytes: count, .moved)
    try checkText(count)
    return try allocate(StringRef.bytesOffset + count)
  }

  /// A string that was made. One that outlives the evaluation gets its hash at once, so that a look-up costs the same
  /// in the first call and in every later one.
  func settled(_ text: StringRef) -> Value {
    if context.pointee.region.toOpaque() != Unmanaged.passUnretained(machine.region).toOpaque() { _ = text.hash }
    return Value(object: text.pointer)
  }

  /// Whether a list or map may have room for so many elements; what doubles asks when it grows.
  private func checkElements(_ count: Int) throws(Trap) {
    guard count <= machine.limits.list else { throw fail(.listLimit(machine.limits.list)) }
  }

  /// A string object.
  public func string(_ text: String) throws(Trap) -> Value {
    var text = text
    let memory = try textMemory(text.utf8.count)
    return settled(text.withUTF8 { StringRef.initialize(memory, $0) })
  }

  /// A string object from UTF-8 bytes, which must be valid.
  public func string(_ bytes: UnsafeBufferPointer<UInt8>) throws(Trap) -> Value {
    settled(StringRef.initialize(try textMemory(bytes.count), bytes))
  }

  /// An empty list with room for `capacity` items.
  public func list(capacity: Int) throws(Trap) -> ListRef {
    try checkElements(capacity)
    let capacity = max(capacity, 4)
    let memory = try allocate(MemoryLayout<ListRef.Layout>.size)
    let items = try allocate(capacity * MemoryLayout<Value>.stride).bindMemory(to: Value.self, capacity: capacity)
    return ListRef.initialize(memory, count: 0, capacity: capacity, items: items)
  }

  /// A list of the given values in one piece of memory, with no room to spare; lists and maps among them are shared by
  /// the caller.
  func list(copying values: UnsafePointer<Value>, count: Int) throws(Trap) -> ListRef {
    try checkElements(count)
    let header = (MemoryLayout<ListRef.Layout>.size + 7) & ~7
    let memory = try allocate(header + count * MemoryLayout<Value>.stride)
    let items = (memory + header).bindMemory(to: Value.self, capacity: count)
    items.update(from: values, count: count)
    return ListRef.initialize(memory, count: count, capacity: count, items: items)
  }

  /// A list of the given numbers.
  public func list(_ numbers: UnsafeBufferPointer<Double>) throws(Trap) -> ListRef {
    let result = try list(capacity: numbers.count)
    for (place, number) in numbers.enumerated() { result.items[place] = Value(number) }
    result.setCount(numbers.count)
    return result
  }

  /// Adds an item at the end. The caller owns the list; an item that is a list or map must be shared by the caller.
  public func append(_ item: Value, to list: ListRef) throws(Trap) {
    let count = list.count
    if count == list.capacity { try grow(list) }
    list.items[count] = item
    list.setCount(count + 1)
  }

  private func grow(_ list: ListRef) throws(Trap) {
    try checkElements(list.count + 1)
    let capacity = max(8, min(list.capacity * 2, machine.limits.list))
    let items = try allocate(capacity * MemoryLayout<Value>.stride).bindMemory(to: Value.self, capacity: capacity)
    items.update(from: list.items, count: list.count)
    list.setStorage(items, capacity: capacity)
  }

  /// A copy of a list that its maker may change; lists and maps inside become shared.
  public func copy(_ list: ListRef, extra: Int = 0) throws(Trap) -> ListRef {
    try charge(list.count)
    list.shareItems()
    let result = try self.list(capacity: list.count + extra)
    result.items.update(from: list.items, count: list.count)
    result.setCount(list.count)
    return result
  }

  /// An empty map with room for `capacity` entries.
  public func map(capacity: Int) throws(Trap) -> MapRef {
    try checkElements(capacity)
    let capacity = max(capacity, 4)
    let memory = try allocate(MemoryLayout<MapRef.Layout>.size)
    let entries = try allocate(capacity * MemoryLayout<MapRef.Entry>.stride)
      .bindMemory(to: MapRef.Entry.self, capacity: capacity)
    memory.initializeMemory(
      as: MapRef.Layout.self,
      to: MapRef.Layout(
        header: ObjectHeader(.map, count: 0), capacity: Int32(truncatingIfNeeded: capacity), entries: entries,
        table: nil, tableMask: 0))
    let map = MapRef(pointer: memory)
    if capacity > MapRef.smallCapacity { try makeTable(map) }
    return map
  }

  /// Sets a key: a present one keeps its place, a new one goes to the end. The caller owns the map and has checked the
  /// key's kind; a value that is a list or map must be shared by the caller.
  public func set(_ key: Value, _ value: Value, in map: MapRef) throws(Trap) {
    if let place = try place(of: key, in: map) {
      map.entries[place].value = value
      return
    }
    let count = map.count
    if count == map.capacity { try grow(map) }
    map.entries[count] = MapRef.Entry(key: key, value: value)
    if let text = key.string, !text.isHashed, map.isHashed { try hash(text) }
    map.layout.pointee.header.count = Int32(truncatingIfNeeded: count + 1)
    map.enter(place: count)
  }

  private func grow(_ map: MapRef) throws(Trap) {
    try checkElements(map.count + 1)
    let capacity = max(8, min(map.capacity * 2, machine.limits.list))
    let entries = try allocate(capacity * MemoryLayout<MapRef.Entry>.stride)
      .bindMemory(to: MapRef.Entry.self, capacity: capacity)
    entries.update(from: map.entries, count: map.count)
    map.layout.pointee.entries = entries
    map.layout.pointee.capacity = Int32(truncatingIfNeeded: capacity)
    if capacity > MapRef.smallCapacity { try makeTable(map) }
  }

  private func makeTable(_ map: MapRef) throws(Trap) {
    var size = 16
    while size < map.capacity * 2 { size *= 2 }
    let table = try days(size)
    table.initialize(repeating: 0, count: size)
    map.layout.pointee.table = table
    map.layout.pointee.tableMask = size - 1
    for place in 0..<map.count {
      if let text = map.entries[place].key.string, !text.isHashed { try hash(text) }
      map.enter(place: place)
    }
  }

  /// A copy of a map that its maker may change; lists and maps inside become shared.
  public func copy(_ map: MapRef, extra: Int = 0) throws(Trap) -> MapRef {
    try charge(map.count)
    map.shareValues()
    let result = try self.map(capacity: map.count + extra)
    result.entries.update(from: map.entries, count: map.count)
    result.layout.pointee.header.count = Int32(truncatingIfNeeded: map.count)
    if result.isHashed {
      for place in 0..<map.count {
        if let text = map.entries[place].key.string, !text.isHashed { try hash(text) }
        result.enter(place: place)
      }
    }
    return result
  }

  // MARK: Calls back

  /// Calls a function value. Arguments that are lists or maps are shared.
  public func invoke(_ function: FunctionRef, _ arguments: Value...) throws(Trap) -> Value {
    guard top + arguments.count + 8 < context.pointee.stackEnd else { throw machine.failDepth(site) }
    for (place, argument) in arguments.enumerated() {
      argument.share()
      top[place] = argument
    }
    return try enter(function, count: arguments.count)
  }

  /// Calls a function value with one argument, without the array of the general form.
  @inline(__always) func invoke(_ function: FunctionRef, _ argument: Value) throws(Trap) -> Value {
    guard top + 9 < context.pointee.stackEnd else { throw machine.failDepth(site) }
    argument.share()
    top[0] = argument
    return try enter(function, count: 1)
  }

  /// Calls a function value with two arguments, without the array of the general form.
  @inline(__always) func invoke(_ function: FunctionRef, _ first: Value, _ second: Value) throws(Trap) -> Value {
    guard top + 10 < context.pointee.stackEnd else { throw machine.failDepth(site) }
    first.share()
    second.share()
    top[0] = first
    top[1] = second
    return try enter(function, count: 2)
  }

  /// Calls a function whose arguments stand at the top of the stack.
  @inline(__always) private func enter(_ function: FunctionRef, count: Int) throws(Trap) -> Value {
    // Without retaining the callable, which its program or library keeps alive. A trap has no fields to lose.
    do {
      return try function.callable._withUnsafeGuaranteedRef {
        try $0.invoke(function, context, top, count: count, site: site)
      }
    } catch { throw Trap() }
  }

  /// Calls a function over a map's entry: with the value where it takes one, with key and value where it takes two.
  public func invoke(_ function: FunctionRef, entry: MapRef.Entry) throws(Trap) -> Value {
    function.requiredCount >= 2 ? try invoke(function, entry.key, entry.value) : try invoke(function, entry.value)
  }

  /// What a condition's value says: a missing one fails, or counts as false, as the script's policy has it.
  public func condition(_ value: Value, of subject: String) throws(Trap) -> Bool {
    if let bool = value.bool { return bool }
    if value.isNumber, value.raw.isNaN { return try machine.decideMissing(value.raw, site, subject: subject) }
    throw fail(.conditionNotBool(value.kind, hint: value.kind == .series))
  }
}

extension Machine {
  /// What a missing condition means under the policy: false, or an end of the evaluation.
  @inline(never) func decideMissing(_ missing: Double, _ site: Int32, subject: String) throws(Trap) -> Bool {
    let reason = missing.missingReason ?? .unspecified
    switch missingPolicy {
    case .false: return false
    case .hold:
      let trap = fail(.missingCondition(subject, reason), site, missing: reason)
      fault?.holds = true
      throw trap
    case .error: throw fail(.missingCondition(subject, reason), site, missing: reason)
    }
  }
}
