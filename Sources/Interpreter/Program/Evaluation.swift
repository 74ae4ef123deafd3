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

  /// Room for elements of a type; more than can be counted in bytes is more than the limit.
  @inline(__always) func elements<T: BitwiseCopyable>(_ count: Int) throws(Trap) -> UnsafeMutablePointer<T> {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<T>.stride)
    if overflow || bytes < 0 { throw machine.failMemory(site) }
    return try allocate(bytes).bindMemory(to: T.self, capacity: count)
  }

  /// Room for doubles that lives until the evaluation ends.
  public func doubles(_ count: Int) throws(Trap) -> UnsafeMutablePointer<Double> { try elements(count) }

  /// Room for day numbers that lives until the evaluation ends.
  public func days(_ count: Int) throws(Trap) -> UnsafeMutablePointer<Int32> { try elements(count) }

  /// Fails where the limit of memory has no room for so many rows of doubles: for memory that a builtin takes outside of
  /// the region and gives back before it returns.
  func checkScratch(rows: Int, of columns: Int) throws(Trap) {
    let (count, isLong) = rows.multipliedReportingOverflow(by: columns)
    let (bytes, isLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Double>.stride)
    let region = context.pointee.region
    if isLong || isLarge || !region._withUnsafeGuaranteedRef({ $0.allows(bytes) }) { throw machine.failMemory(site) }
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
  func checkElements(_ count: Int) throws(Trap) {
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
