/// The module-level slots of a machine: a buffer as large as the programs need that it was given.
///
/// Nodes read and write the context's pointer without a check: they run in a machine only after it was given their
/// program, and `Machine.program` makes room for all slots of that. Everything else comes through the subscript.
struct ModuleSlots {
  let context: UnsafeMutablePointer<Context>

  /// Room for the first program; most need no more.
  private static let firstCapacity = 64

  /// The slots of a new context, which are empty.
  static func allocate() -> (start: UnsafeMutablePointer<Value>, capacity: Int) {
    (filled(firstCapacity), firstCapacity)
  }

  /// A slot's value; none where nothing was ever put.
  subscript(slot: Int) -> Value {
    get { slot >= 0 && slot < context.pointee.globalCapacity ? context.pointee.globals[slot] : .none }
    nonmutating set {
      precondition(slot >= 0, "a slot is counted from 0")
      reserve(slot + 1)
      context.pointee.globals[slot] = newValue
    }
  }

  /// Makes room for so many slots; what they hold stays.
  func reserve(_ count: Int) {
    let capacity = context.pointee.globalCapacity
    guard count > capacity else { return }
    let larger = max(count, capacity * 2)
    let start = ModuleSlots.filled(larger)
    start.update(from: context.pointee.globals, count: capacity)
    deallocate()
    context.pointee.globals = start
    context.pointee.globalCapacity = larger
  }

  /// Gives the memory back; the context must not be used any more.
  func deallocate() { context.pointee.globals.deallocate() }

  private static func filled(_ capacity: Int) -> UnsafeMutablePointer<Value> {
    let start = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    start.initialize(repeating: .none, count: capacity)
    return start
  }
}
