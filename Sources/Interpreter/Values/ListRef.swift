/// A list object: a count, a capacity and a run of values.
///
/// Nobody gets at its memory: what is read lies before its end, what is added fits, and what reaches beyond stops the
/// program rather than touching what lies beside. `Evaluation` makes lists and lets them grow.
public struct ListRef {
  let pointer: UnsafeMutableRawPointer

  struct Layout {
    var header: ObjectHeader
    var capacity: Int32
    var items: UnsafeMutablePointer<Value>
  }

  private var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }
  @inline(__always) private var storage: UnsafeMutablePointer<Value> { layout.pointee.items }

  /// The number of items.
  @inline(__always) public var count: Int { Int(layout.pointee.header.count) }
  var capacity: Int { Int(layout.pointee.capacity) }
  var isShared: Bool { layout.pointee.header.isShared }
  /// The list as a value.
  public var value: Value { Value(object: pointer) }

  /// An item.
  public subscript(index: Int) -> Value {
    @inline(__always) get {
      precondition(index >= 0 && index < count, "list index out of range")
      return storage[index]
    }
    @inline(__always) nonmutating set {
      precondition(index >= 0 && index < count, "list index out of range")
      storage[index] = newValue
    }
  }

  /// All items at once, for work on the whole list; valid until it grows or the region is reset.
  var buffer: UnsafeMutableBufferPointer<Value> { UnsafeMutableBufferPointer(start: storage, count: count) }

  /// Adds an item for which there is room.
  @inline(__always) func push(_ item: Value) {
    let count = count
    precondition(count < capacity, "a list without room")
    storage[count] = item
    layout.pointee.header.count = Int32(truncatingIfNeeded: count + 1)
  }

  /// Adds items of another list, for which there is room; lists and maps among them are shared by the caller.
  func push(_ range: Range<Int>, of other: ListRef) {
    precondition(range.lowerBound >= 0 && range.upperBound <= other.count, "list range out of bounds")
    precondition(range.count <= capacity - count, "a list without room")
    (storage + count).update(from: other.storage + range.lowerBound, count: range.count)
    layout.pointee.header.count = Int32(truncatingIfNeeded: count + range.count)
  }

  /// Adds all items of another list, for which there is room.
  func push(all other: ListRef) { push(0..<other.count, of: other) }

  /// Marks every list or map inside as shared: needed whenever the items are copied into another list.
  func shareItems() { for item in buffer { item.share() } }

  // MARK: Memory

  /// Bytes of a list whose items stand behind its header, with room for `capacity` of them.
  static func size(capacity: Int) -> Int { itemsOffset + capacity * MemoryLayout<Value>.stride }

  private static let itemsOffset = (MemoryLayout<Layout>.size + 7) & ~7

  /// An empty list in memory of `size(capacity:)` bytes.
  static func initialize(_ memory: UnsafeMutableRawPointer, capacity: Int) -> ListRef {
    let items = (memory + itemsOffset).bindMemory(to: Value.self, capacity: capacity)
    memory.initializeMemory(
      as: Layout.self, to: Layout(header: ObjectHeader(.list, count: 0), capacity: Int32(capacity), items: items))
    return ListRef(pointer: memory)
  }

  /// Moves the items into memory for more of them.
  func move(to items: UnsafeMutablePointer<Value>, capacity: Int) {
    precondition(capacity >= count, "a list does not shrink")
    items.update(from: storage, count: count)
    layout.pointee.items = items
    layout.pointee.capacity = Int32(capacity)
  }
}

extension Evaluation {
  /// An empty list with room for `capacity` items.
  public func list(capacity: Int) throws(Trap) -> ListRef {
    try checkElements(capacity)
    // A little room where the limit allows it, so that a list that grows does not move at once.
    let capacity = max(capacity, min(4, machine.limits.list))
    return ListRef.initialize(try allocate(ListRef.size(capacity: capacity)), capacity: capacity)
  }

  /// A list of the given values in one piece of memory, with no room to spare; lists and maps among them are shared by
  /// the caller.
  func list(copying values: UnsafePointer<Value>, count: Int) throws(Trap) -> ListRef {
    try checkElements(count)
    let list = ListRef.initialize(try allocate(ListRef.size(capacity: count)), capacity: count)
    for place in 0..<count { list.push(values[place]) }
    return list
  }

  /// A list of the given numbers.
  public func list(_ numbers: UnsafeBufferPointer<Double>) throws(Trap) -> ListRef {
    let result = try list(capacity: numbers.count)
    for number in numbers { result.push(Value(number)) }
    return result
  }

  /// Adds an item at the end. The caller owns the list; an item that is a list or map must be shared by the caller.
  public func append(_ item: Value, to list: ListRef) throws(Trap) {
    if list.count == list.capacity { try grow(list) }
    list.push(item)
  }

  private func grow(_ list: ListRef) throws(Trap) {
    try checkElements(list.count + 1)
    let capacity = grown(list.capacity)
    list.move(to: try elements(capacity), capacity: capacity)
  }

  /// The next capacity of a list or map that is full, within the limit.
  func grown(_ capacity: Int) -> Int { min(max(8, capacity * 2), max(machine.limits.list, capacity + 1)) }

  /// A copy of a list that its maker may change; lists and maps inside become shared.
  public func copy(_ list: ListRef, extra: Int = 0) throws(Trap) -> ListRef {
    try charge(list.count)
    list.shareItems()
    // Room to spare is not an item more: a list at its limit can be copied and written to.
    let most = max(list.count, machine.limits.list)
    let result = try self.list(capacity: min(list.count + extra, most))
    result.push(all: list)
    return result
  }
}
