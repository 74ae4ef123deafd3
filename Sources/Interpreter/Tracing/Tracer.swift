import Diagnostics
import MarketModel

/// Records what every expression gives while a traced program runs.
///
/// Link the program with `Program(graph, library:, isTraced: true)`, give the machine that runs it a tracer, evaluate
/// as usual, and take `roots`. A program that is not traced has other nodes and pays nothing. What is recorded is
/// bounded: beyond `limit` expressions, operands are left out and counted.
public final class Tracer {
  /// How much of a trace is kept.
  public enum Detail: Sendable {
    /// Every operand.
    case everything
    /// The operands of what is missing, and of what the evaluation stopped in.
    case missing
  }

  /// How much is kept.
  public let detail: Detail
  /// How many expressions are kept at most.
  public let limit: Int
  var open: [Entry] = []
  private var finished: [Entry] = []
  /// The outermost expression that was evaluated last, whether it is kept or not.
  private var latest: Entry?
  private var kept = 0
  /// Expressions under way that are nested too deeply to be recorded.
  private var skipped = 0
  /// The expression that gave each slot its value, by the slot's address.
  private var origins: [UnsafeMutablePointer<Value>: Entry] = [:]

  /// An expression under way or done.
  final class Entry {
    let place: TracePlace
    let asOf: Day?
    var bits: UInt64 = 0
    var text = ""
    var kind: ValueKind?
    var reason: MissingReason?
    var count: Int?
    var children: [Entry] = []
    var omitted = 0
    /// The entry and all below it.
    var size = 1
    var reads: [DataRead] = []
    var names: [TracedName] = []
    /// It is missing, or a list or map with an item that is.
    var isMissing = false
    /// Its operands that are missing, while it is under way.
    var gaps = MissingOperands()
    /// The operand whose missing value is its own, where that is among its children.
    var source: Entry?
    /// Where its missing value arose, if not here.
    var origin: Entry?
    /// The operand that was evaluated last, whether it is kept or not, while it is under way.
    var last: Entry?
    /// As an argument of a primitive.
    var constant: Constant?

    init(_ place: TracePlace, asOf: Day?) {
      self.place = place
      self.asOf = asOf
    }
  }

  /// Makes a tracer without a record.
  public init(_ detail: Detail = .everything, limit: Int = 20_000) {
    self.detail = detail
    self.limit = limit
  }

  /// What was evaluated since `reset`, outermost expressions in order.
  public var roots: [TraceNode] {
    var seen: Set<ObjectIdentifier> = []
    var origins: [ObjectIdentifier: TraceNode] = [:]
    return (finished + open.prefix(1)).map { node($0, &seen, &origins) }
  }

  /// Forgets what was recorded.
  public func reset() {
    open = []
    finished = []
    latest = nil
    kept = 0
    skipped = 0
    origins = [:]
  }

  // MARK: Recording

  func enter(_ place: TracePlace, _ asOf: Day?) {
    guard open.count < Tracer.deepest else {
      skipped += 1
      return
    }
    open.append(Entry(place, asOf: asOf))
  }

  /// Ends the innermost expression with a value.
  func leave(_ value: Value, _ evaluation: Evaluation) {
    guard let entry = open.last, !skip() else { return }
    let summary = TraceText(value, evaluation)
    entry.bits = value.bits
    entry.kind = value.kind
    entry.text = summary.text
    entry.reason = summary.reason
    entry.isMissing = summary.isMissing
    entry.count = summary.count
    entry.constant = summary.constant
    if case .builtin(let name) = entry.place.kind, entry.place.readsData, let day = entry.asOf {
      let arguments = zip(entry.place.labels, entry.children).map {
        TracedArgument(label: $0, value: $1.constant)
      }
      entry.reads += evaluation.machine.host.reads(by: name, arguments, asOf: day)
    }
    followGap(of: entry)
    close(entry)
  }

  /// Ends the innermost expression, in which the evaluation stopped.
  func fail() {
    guard let entry = open.last, !skip() else { return }
    close(entry)
  }

  /// Finds out from which operand a missing value came, and where it arose, before operands are given up.
  private func followGap(of entry: Entry) {
    defer { entry.gaps = MissingOperands() }
    guard entry.isMissing, let gap = entry.gaps.source(of: entry) else { return }
    if gap.isKept { entry.source = gap.operand }
    entry.origin = gap.operand.origin ?? gap.operand
  }

  private static let deepest = 400

  /// Whether what ends was not recorded.
  private func skip() -> Bool {
    guard skipped > 0 else { return false }
    skipped -= 1
    if skipped == 0 { open[open.count - 1].omitted += 1 }
    return true
  }

  private func close(_ entry: Entry) {
    open.removeLast()
    entry.last = nil
    if detail == .missing, entry.kind != nil, !entry.isMissing { leaveOutOperands(of: entry) }
    guard let parent = open.last else {
      finish(entry)
      return
    }
    parent.last = entry
    // What holds operands that are kept is kept: there are as many of these as expressions are under way at the limit.
    let isKept = kept < limit || entry.kind == nil || entry.size > 1
    if entry.isMissing { parent.gaps.note(entry, isKept: isKept) }
    if isKept {
      kept += 1
      parent.size += entry.size
      parent.children.append(entry)
    } else {
      parent.omitted += 1
      parent.keep(entry)
    }
  }

  /// Outermost expressions are many where a loop runs: the latest are kept.
  private func finish(_ entry: Entry) {
    latest = entry
    if detail == .missing, entry.kind != nil, !entry.isMissing { return }
    if finished.count >= limit {
      for dropped in finished.prefix(limit / 2) { kept -= dropped.size - 1 }
      finished.removeFirst(limit / 2)
    }
    finished.append(entry)
  }

  private func leaveOutOperands(of entry: Entry) {
    for child in entry.children { entry.keep(child) }
    kept -= entry.size - 1
    entry.size = 1
    entry.omitted += entry.children.count
    entry.children = []
  }

  /// Notes that a slot got its value from the expression that was last evaluated.
  func bind(_ slot: UnsafeMutablePointer<Value>) {
    if skipped > 0 { return }
    origins[slot] = open.isEmpty ? latest : open.last?.last
  }

  /// Notes that a name was read from a slot: its value came from the expression that was bound there.
  func read(_ slot: UnsafeMutablePointer<Value>) {
    guard skipped == 0, let entry = open.last, let origin = origins[slot], origin.bits == slot.pointee.bits else {
      return
    }
    // The origin is counted where it stands.
    entry.children = [origin]
    if origin.isMissing { entry.gaps.note(origin, isKept: true) }
    for read in origin.reads where !entry.reads.contains(read) { entry.reads.append(read) }
  }

  // MARK: Plain data

  /// What several names share is shown where it first stands, so that the tree stays as small as the record.
  private func node(
    _ entry: Entry, _ seen: inout Set<ObjectIdentifier>, _ origins: inout [ObjectIdentifier: TraceNode]
  ) -> TraceNode {
    var children: [TraceNode] = []
    var source: Int?
    var omitted = entry.omitted
    if seen.insert(ObjectIdentifier(entry)).inserted {
      for child in entry.children {
        if child === entry.source { source = children.count }
        children.append(node(child, &seen, &origins))
      }
    } else {
      omitted += entry.children.count
    }
    return TraceNode(
      kind: entry.place.kind, location: entry.place.location, text: entry.place.text, value: entry.text,
      valueKind: entry.kind, reason: entry.reason, count: entry.count, asOf: entry.asOf, reads: entry.reads,
      children: children, argumentCount: entry.place.labels.count, omitted: omitted, names: entry.names, source: source,
      origin: source == nil ? entry.origin.map { [origin($0, &origins)] } ?? [] : [])
  }

  /// Where a missing value arose, for what does not lead there operand by operand: whole, and made once.
  private func origin(_ entry: Entry, _ origins: inout [ObjectIdentifier: TraceNode]) -> TraceNode {
    if let known = origins[ObjectIdentifier(entry)] { return known }
    var seen: Set<ObjectIdentifier> = []
    let made = node(entry, &seen, &origins)
    origins[ObjectIdentifier(entry)] = made
    return made
  }
}

extension Tracer.Entry {
  /// What operands that are not shown read; a few say enough.
  fileprivate func keep(_ operand: Tracer.Entry) {
    for read in operand.reads where reads.count < 8 && !reads.contains(read) { reads.append(read) }
    for name in operand.names where names.count < 6 && !names.contains(name) { names.append(name) }
    guard case .name = operand.place.kind, operand.constant != nil, names.count < 6 else { return }
    let name = TracedName(name: operand.place.text, value: operand.text)
    if !names.contains(name) { names.append(name) }
  }
}

/// The operands of an expression that are missing, or hold something missing: of each reason the first and the last.
struct MissingOperands {
  /// An operand, and whether it is among the children.
  typealias Gap = (operand: Tracer.Entry, isKept: Bool)

  private var gaps: [(reason: MissingReason?, first: Gap, last: Gap)] = []

  mutating func note(_ operand: Tracer.Entry, isKept: Bool) {
    let gap = (operand, isKept)
    if let place = gaps.firstIndex(where: { $0.reason == operand.reason }) {
      gaps[place].last = gap
    } else {
      gaps.append((operand.reason, gap, gap))
    }
  }

  /// The operand whose missing value is the expression's. Of two the left one's stays; a function gives what it ends
  /// with. A list or map among the operands may hold what is missing.
  func source(of entry: Tracer.Entry) -> Gap? {
    let candidates = entry.reason.flatMap { reason in gaps.first { $0.reason == reason } }
    guard let found = candidates ?? gaps.first(where: { $0.reason == nil }) ?? (entry.reason == nil ? gaps.first : nil)
    else { return nil }
    if case .call = entry.place.kind { return found.last }
    return found.first
  }
}
