/// The nodes of the columns that one machine's series read, found by what they are made of.
final class MachineColumns {
  private struct Slot {
    var parent: UInt
    var operation: UInt
    var first: UInt64
    var second: UInt64
    var right: UInt64
    var node: ColumnNode?
  }

  let scratch = ColumnScratch()
  let cache: ColumnCache?
  private var slots: [Slot] = []
  private var count = 0
  private static let deepest = 10
  private static let mostNodes = 1 << 14
  private static let mostBytes = 32 << 20

  init(_ cache: ColumnCache?) { self.cache = cache }

  /// Forgets the nodes where they have become many; no series that refers to one may be in use.
  func trim() { if count > MachineColumns.mostNodes { forget() } }

  /// Gets ready for another run.
  func beginRun() {
    cache?.beginRun()
    let bytes = slots.reduce(0) { $0 + ($1.node?.bytes ?? 0) }
    if bytes > MachineColumns.mostBytes { forget() }
  }

  /// Forgets all nodes: no series that refers to one may be in use.
  func forget() {
    slots = []
    count = 0
  }

  /// The node of an immutable column that outlives the machine, of `length` numbers in all.
  ///
  /// The length belongs to what a column is: in a kept data set columns of one repeated number begin at one place.
  func root(_ start: UnsafePointer<Double>, length: Int) -> Unmanaged<ColumnNode> {
    node(Slot(parent: UInt(bitPattern: start), operation: 0, first: UInt64(length), second: 0, right: 0)) {
      ColumnNode(root: start, count: length, cache)
    }
  }

  /// The node of an operation over another; `nil` where operations stand too deep on each other.
  func node(
    _ operation: ColumnOperation, _ parameters: ColumnOperation.Parameters, on parent: Unmanaged<ColumnNode>
  ) -> Unmanaged<ColumnNode>? {
    if parent._withUnsafeGuaranteedRef({ $0.depth }) >= MachineColumns.deepest { return nil }
    return node(
      Slot(
        parent: UInt(bitPattern: parent.toOpaque()), operation: UInt(bitPattern: ObjectIdentifier(operation)),
        first: parameters.first.bitPattern, second: parameters.second.bitPattern, right: parameters.right)
    ) { ColumnNode(operation, parameters, on: parent.takeUnretainedValue()) }
  }

  @inline(__always) private func node(_ wanted: Slot, make: () -> ColumnNode) -> Unmanaged<ColumnNode> {
    if slots.isEmpty { grow() }
    let mask = slots.count - 1
    var place = MachineColumns.hash(wanted) & mask
    let found: Unmanaged<ColumnNode>? = slots.withUnsafeBufferPointer { slots in
      while let node = slots[place].node {
        if MachineColumns.isSame(slots[place], wanted) { return .passUnretained(node) }
        place = (place + 1) & mask
      }
      return nil
    }
    return found ?? add(wanted, make())
  }

  @inline(never) private func add(_ wanted: Slot, _ node: ColumnNode) -> Unmanaged<ColumnNode> {
    if 2 * (count + 1) > slots.count { grow() }
    var slot = wanted
    slot.node = node
    insert(slot)
    count += 1
    return .passUnretained(node)
  }

  private func grow() {
    let old = slots
    slots = Array(
      repeating: Slot(parent: 0, operation: 0, first: 0, second: 0, right: 0, node: nil), count: max(64, 2 * old.count))
    for slot in old where slot.node != nil { insert(slot) }
  }

  private func insert(_ slot: Slot) {
    let mask = slots.count - 1
    var place = MachineColumns.hash(slot) & mask
    while slots[place].node != nil { place = (place + 1) & mask }
    slots[place] = slot
  }

  @inline(__always) private static func isSame(_ a: Slot, _ b: Slot) -> Bool {
    a.parent == b.parent && a.operation == b.operation && a.first == b.first && a.second == b.second
      && a.right == b.right
  }

  @inline(__always) private static func hash(_ slot: Slot) -> Int {
    var hash = UInt64(slot.parent) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ UInt64(slot.operation)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 29) ^ slot.first) &* 0x94D0_49BB_1331_11EB
    hash = (hash ^ (hash >> 31) ^ slot.second ^ (slot.right &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: hash >> 33)
  }
}
