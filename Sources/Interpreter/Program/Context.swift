import MarketModel
import Syntax

/// The error that travels through the evaluator. It has no fields, so that a call that succeeds pays nothing for it;
/// what went wrong stands in the machine's `fault`.
public struct Trap: Error {
  init() {}
}

/// How a statement ended.
@usableFromInline enum Flow: UInt8 {
  case next, returned, broke, continued
}

/// A condition's outcome. `missing` leaves the missing value in the context.
@usableFromInline enum Truth: UInt8 {
  case no, yes, missing

  @inline(__always) init(_ bool: Bool) { self = bool ? .yes : .no }
}

/// The hot mutable state of one evaluation, at the aligned start of its value stack.
struct Context {
  /// Steps left in the current slice; when it runs out the machine polls for cancellation and refills.
  var fuel: Int64
  /// Calls under way.
  var depth: Int32
  var depthLimit: Int32
  /// The current `as_of` as days since 1970; `Context.noDay` where no data can be read.
  var asOf: Int32
  /// One past the last slot of the value stack.
  var stackEnd: UnsafeMutablePointer<Value>
  /// The lowest native stack address that a call may be made at.
  var nativeEnd: UInt
  /// What the innermost `return` gave.
  var returned: Value
  /// The expression that gave the value of `signals`: its place, and its id in the script's tree.
  var result: ResultPlace
  /// The missing value behind a condition that is `missing`.
  var missing: Value
  var region: Unmanaged<Region>
  var machine: Unmanaged<Machine>
  /// Module-level slots of all modules of the program.
  var globals: UnsafeMutablePointer<Value>
  /// How many of them there is room for.
  var globalCapacity: Int

  static let noDay = Int32.min
  /// Size and alignment of a value stack, in bytes: the context of a frame is found by masking its address.
  static let stackBytes = 8 << 20
}

/// An expression that gives the value of `signals`.
struct ResultPlace: BitwiseCopyable {
  let site: Int32
  let expression: NodeID

  /// None has.
  static let none = ResultPlace(site: -1, expression: -1)
}

/// A call's slots: parameters, captures, locals and the arguments of calls under way.
struct Frame {
  let base: UnsafeMutablePointer<Value>

  @inline(__always) init(_ base: UnsafeMutablePointer<Value>) { self.base = base }

  @inline(__always) subscript(_ slot: Int) -> Value {
    get { base[slot] }
    nonmutating set { base[slot] = newValue }
  }

  @inline(__always) var context: UnsafeMutablePointer<Context> {
    // The stack is aligned to its size and the context is its first bytes, so the address is never null.
    UnsafeMutablePointer(bitPattern: UInt(bitPattern: base) & ~UInt(Context.stackBytes - 1)).unsafelyUnwrapped
  }

  /// Counts steps; fails when the limit is reached or the evaluation is cancelled.
  @inline(__always) func charge(_ steps: Int, _ site: Int32) throws(Trap) { try context.charge(steps, site) }

  var machine: Machine { context.machine }
}

extension UnsafeMutablePointer<Context> {
  /// The machine whose context this is.
  var machine: Machine { pointee.machine.takeUnretainedValue() }

  /// Counts steps; fails when the limit is reached or the evaluation is cancelled.
  @inline(__always) func charge(_ steps: Int, _ site: Int32) throws(Trap) {
    pointee.fuel -= Int64(steps)
    if pointee.fuel < 0 { try machine.refuel(site) }
  }

  /// Memory from the region; fails when the limit is reached.
  @inline(__always) func allocate(_ bytes: Int, _ site: Int32) throws(Trap) -> UnsafeMutableRawPointer {
    if let memory = pointee.region._withUnsafeGuaranteedRef({ $0.allocate(bytes) }) { return memory }
    throw machine.failMemory(site)
  }
}
