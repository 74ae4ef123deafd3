import Diagnostics
public import MarketModel
import Synchronization

/// What runs a program: value stack, region, limits, and what the script says while it runs.
///
/// One machine belongs to one thread. Everything it shares with others (the linked program, data columns) is immutable.
/// The machine does not know what data is: primitives ask its `host`.
public final class Machine {
  /// What may be used.
  public let limits: Limits
  /// What answers the questions about calendars and data; primitives cast it to their own type.
  public let host: any EvaluationHost
  /// What a missing condition means.
  public var missingPolicy = MissingPolicy.error
  /// Why the last evaluation stopped.
  public internal(set) var fault: Fault?
  /// What the script printed, noted and plotted since `output` was last taken.
  public var output = ScriptOutput()
  /// What listens while a traced program runs.
  public var tracer: Tracer?
  /// What notes which branches are taken, for a program that was linked with it.
  public var watch: BranchWatch?
  /// Programs that were gone on from.
  var retired: [Program] = []
  /// Seed of the language's random numbers.
  public var seed: UInt64 = 0
  /// Set from another thread to stop an evaluation soon.
  public let cancellation: Cancellation

  let region: Region
  /// Load-time values (constants, literals, params): never reset while the program lives.
  let frozen: Region
  let context: UnsafeMutablePointer<Context>
  /// The columns that series read, with what was computed from them.
  let columns: MachineColumns
  /// Places of the nodes, for messages.
  var sites: SiteTable
  /// The program whose constants, params and state are loaded.
  public internal(set) var program: Program? {
    didSet {
      globals.reserve(program?.slots.count ?? 0)
      signals = program?.script.functions["signals"]
      stateSlots = program?.modules.flatMap { $0.states.map { ($0.slot, $0.name) } } ?? []
    }
  }
  /// `signals` of the loaded program, looked up once.
  private(set) var signals: FunctionCode?
  /// The state variables of the loaded program.
  private(set) var stateSlots: [(slot: Int, name: String)] = []
  /// The state variables as the last successful call left them, in one of two regions that take turns.
  var stateValues: [Value] = []
  var stateRegions: (current: Region, spare: Region)
  /// The calls that the fault on its way has left, innermost first.
  private var frames: [(site: Int32, call: FaultCall)] = []
  private let stack: UnsafeMutableRawPointer
  private var fuelReserve: Int64 = 0
  /// The flow with which an operand leaves its expression, on its way to the enclosing statement.
  var leaving: Flow?
  /// Where the module-level slots that hold no plain value got it in this evaluation.
  private var assignments: [Int: Int32] = [:]
  /// How often each random call site was called in this evaluation, by site, as far as one was called.
  private var randomCounts: [UInt32] = []
  /// When the evaluation must end; set when its first slice of steps is used up, since most end before that.
  private var deadline: ContinuousClock.Instant?
  /// How often it was looked whether the evaluation is to end.
  private(set) var looks = 0
  private static let fuelSlice: Int64 = 1 << 16
  /// A step that is recorded takes a hundred times as long.
  private static let tracedSlice: Int64 = 1 << 10

  /// Makes a machine with an empty stack.
  ///
  /// - Parameter columns: where machines on the same data share what they compute from its columns.
  public init(
    limits: Limits = Limits(), host: any EvaluationHost, cancellation: Cancellation = Cancellation(),
    columns: ColumnCache? = nil
  ) {
    self.limits = limits
    self.host = host
    self.cancellation = cancellation
    self.columns = MachineColumns(columns)
    region = Region(limit: limits.memory)
    frozen = Region(limit: max(limits.memory, 64 << 20))
    sites = SiteTable()
    stateRegions = (Region(limit: limits.memory), Region(limit: limits.memory))
    stack = .allocate(byteCount: Context.stackBytes, alignment: Context.stackBytes)
    context = stack.assumingMemoryBound(to: Context.self)
    let slots = ModuleSlots.allocate()
    context.initialize(
      to: Context(
        fuel: 0, depth: 0, depthLimit: Int32(clamping: limits.depth), asOf: Context.noDay,
        stackEnd: (stack + Context.stackBytes).assumingMemoryBound(to: Value.self),
        nativeEnd: 0, returned: .none, result: .none, missing: .missing(.unspecified),
        region: .passUnretained(region), machine: .passUnretained(self), globals: slots.start,
        globalCapacity: slots.capacity))
  }

  deinit {
    globals.deallocate()
    stack.deallocate()
  }

  /// The module-level slots.
  var globals: ModuleSlots { ModuleSlots(context: context) }

  /// The first free slot of the stack.
  var stackStart: UnsafeMutablePointer<Value> {
    (stack + ((MemoryLayout<Context>.size + 63) & ~63)).assumingMemoryBound(to: Value.self)
  }

  /// The current `as_of`, or `nil` where no data can be read.
  public var asOf: Day? {
    context.pointee.asOf == Context.noDay ? nil : Day(rawValue: context.pointee.asOf)
  }

  /// Gets ready for a call of `signals`, a test or a prompt's input: forgets all objects, refills the steps.
  public func begin(asOf: Day?) {
    region.reset()
    columns.trim()
    fault = nil
    randomCounts.removeAll(keepingCapacity: true)
    fuelReserve = Int64(clamping: limits.steps)
    deadline = nil
    context.pointee.fuel = 0
    context.pointee.depth = 0
    context.pointee.result = .none
    assignments.removeAll(keepingCapacity: true)
    context.pointee.asOf = asOf?.rawValue ?? Context.noDay
    context.pointee.nativeEnd = NativeStack.lowestUsableAddress()
    context.pointee.region = .passUnretained(region)
    refill()
  }

  /// Bytes handed out since `begin`.
  public var memoryUsed: Int { region.used }

  /// Steps taken since `begin`.
  public var stepsUsed: Int { limits.steps - Int(clamping: fuelReserve + context.pointee.fuel) }

  /// Notes that a slot of the module level was given something else than a plain value.
  @inline(never) func noteAssignment(_ slot: Int, _ site: Int32) { assignments[slot] = site }

  /// Where a slot of the module level got its value in this evaluation, if something else than a plain one; else -1.
  func assignment(of slot: Int) -> Int32 { assignments[slot] ?? -1 }

  /// The number of calls of a random call site before this one.
  func countRandomCall(_ site: Int32) -> UInt32 {
    let index = max(0, Int(site))
    if index >= randomCounts.count {
      randomCounts.append(contentsOf: repeatElement(0, count: index + 1 - randomCounts.count))
    }
    defer { randomCounts[index] &+= 1 }
    return randomCounts[index]
  }

  private func refill() {
    // A builtin may charge many slices at once.
    let size = tracer == nil ? Machine.fuelSlice : Machine.tracedSlice
    let slice = min(fuelReserve, max(size, -context.pointee.fuel))
    fuelReserve -= slice
    context.pointee.fuel += slice
  }

  @inline(never) func refuel(_ site: Int32) throws(Trap) {
    try look(site)
    while context.pointee.fuel < 0, fuelReserve > 0 { refill() }
    if context.pointee.fuel < 0 { throw fail(.stepLimit(limits.steps), site) }
  }

  /// Looks whether somebody wants the evaluation to end, or its time is over.
  @inline(never) func look(_ site: Int32) throws(Trap) {
    looks &+= 1
    if looks == cancellation.look { cancellation.request() }
    if cancellation.isRequested { throw fail(.interrupted(), site) }
    if let deadline {
      if ContinuousClock.now > deadline { throw fail(.timeLimit(limits.seconds), site) }
    } else {
      deadline = .now + .seconds(limits.seconds)
    }
  }

  @inline(never) func failMemory(_ site: Int32) -> Trap { fail(.memoryLimit(limits.memory), site) }

  @inline(never) func failDepth(_ site: Int32) -> Trap { fail(.depthLimit(limits.depth), site) }

  /// Records why the evaluation stops; the place is the site's unless the diagnostic has one.
  @inline(never) func fail(_ diagnostic: Diagnostic, _ site: Int32, missing: MissingReason? = nil) -> Trap {
    var diagnostic = diagnostic
    if diagnostic.location == nil { diagnostic.location = sites.location(site) }
    frames.removeAll(keepingCapacity: true)
    fault = Fault(diagnostic, missing: missing)
    return Trap()
  }

  /// Adds a line of the call stack to the fault that is on its way; a call that repeats is counted.
  @inline(never) func unwind(through name: String, _ site: Int32) {
    guard fault != nil else { return }
    if let last = frames.last, last.call.name == name, last.site == site {
      frames[frames.count - 1].call.count += 1
    } else {
      guard frames.count < 12 else { return }
      frames.append((site, FaultCall(name: name, location: sites.location(site), asOf: asOf)))
    }
    fault?.calls = frames.map(\.call)
  }
}

/// A flag that another thread may set to stop an evaluation.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// The look of the machine at which the flag sets itself, so that a test can stop an evaluation in the midst of a call.
  let look: Int

  /// A flag that is not set.
  public convenience init() { self.init(atLook: .max) }

  /// A flag that sets itself when a machine looks for the nth time.
  init(atLook look: Int) { self.look = look }

  /// Asks the evaluation to stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Takes the request back, so that the next evaluation runs.
  public func clear() { flag.store(false, ordering: .relaxed) }

  /// Whether a stop is asked for.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }
}

/// What a script said: printed lines, notes and plotted values, in order.
public struct ScriptOutput: Sendable {
  /// Lines of `print`.
  public var printed: [String] = []
  /// Lines of `note` and of counted facts such as left-out members.
  public var notes: [String] = []
  /// Values of `plot`; the last value of a name wins.
  public var tracks: [(name: String, value: Double)] = []
  /// Names of all tracks of the run so far, against their limit.
  public var trackNames: Set<String> = []
  /// Bytes of printed lines and notes of the run so far, against their limit.
  ///
  /// Whoever takes the lines of one call empties `printed`, `notes` and `tracks`, and leaves these two to the run's end.
  public var bytes = 0

  /// Nothing said.
  public init() {}
}
