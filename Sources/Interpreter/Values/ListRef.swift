/// A list object: a count, a capacity and a run of values.
public struct ListRef {
  let pointer: UnsafeMutableRawPointer

  struct Layout {
    var header: ObjectHeader
    var capacity: Int32
    var items: UnsafeMutablePointer<Value>
  }

  private var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }

  /// The number of items.
  @inline(__always) public var count: Int { Int(layout.pointee.header.count) }
  var capacity: Int { Int(layout.pointee.capacity) }
  /// The items; valid until the list grows or the region is reset.
  @inline(__always) public var items: UnsafeMutablePointer<Value> { layout.pointee.items }
  var isShared: Bool { layout.pointee.header.isShared }
  /// The list as a value.
  public var value: Value { Value(object: pointer) }

  /// An item, checked.
  public subscript(index: Int) -> Value {
    precondition(index >= 0 && index < count, "list index out of range")
    return items[index]
  }

  static func initialize(
    _ memory: UnsafeMutableRawPointer, count: Int, capacity: Int, items: UnsafeMutablePointer<Value>
  ) -> ListRef {
    memory.initializeMemory(
      as: Layout.self,
      to: Layout(header: ObjectHeader(.list, count: count), capacity: Int32(capacity), items: items))
    return ListRef(pointer: memory)
  }

  func setCount(_ count: Int) { layout.pointee.header.count = Int32(truncatingIfNeeded: count) }

  func setStorage(_ items: UnsafeMutablePointer<Value>, capacity: Int) {
    layout.pointee.items = items
    layout.pointee.capacity = Int32(truncatingIfNeeded: capacity)
  }

  /// Marks every list or map inside as shared: needed whenever the items are copied into another list.
  func shareItems() { for index in 0..<count { items[index].share() } }
}
