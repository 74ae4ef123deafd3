/// The module-level slots that programs share: each name of a module has one, and keeps it.
final class SlotTable {
  /// How many slots are taken.
  private(set) var count = 0
  private var named: [String: [String: Int]] = [:]
  /// Slots that were given back.
  private var free: [Int] = []

  /// The slot of a name of a module; a new one where it has none.
  func slot(_ name: String, of module: String) -> Int {
    if let slot = named[module]?[name] { return slot }
    let slot = add()
    named[module, default: [:]][name] = slot
    return slot
  }

  /// Whether a name of a module has a slot.
  func has(_ name: String, of module: String) -> Bool { named[module]?[name] != nil }

  /// Gives the slot of a name back; nothing may refer to it any more.
  func release(_ name: String, of module: String) {
    if let slot = named[module]?.removeValue(forKey: name) { free.append(slot) }
  }

  /// Gives a slot without a name back; nothing may refer to it any more.
  func release(_ slot: Int) { free.append(slot) }

  /// Takes a slot for what has no name.
  func add() -> Int {
    if let slot = free.popLast() { return slot }
    defer { count += 1 }
    return count
  }
}
