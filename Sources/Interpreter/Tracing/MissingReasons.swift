public import Diagnostics
import MarketModel

extension TraceNode {
  /// The way along which a missing value came: from an operand of this node to the one where it arose. Empty where it
  /// arose here, or nothing is missing.
  ///
  /// A long way, such as one through the turns of a loop, is cut in the middle.
  public var missingChain: [TraceNode] {
    var chain: [TraceNode] = []
    var node = self
    while let next = node.nextMissing {
      chain.append(next)
      node = next
    }
    return chain.count <= 64 ? chain : Array(chain.prefix(32) + chain.suffix(32))
  }

  private var nextMissing: TraceNode? { source.map { children[$0] } ?? origin.first }

  /// Why the value is missing where it arose, in words: what the data had to say, or the reason itself.
  public var missingCause: String? {
    guard let reason else { return nil }
    let reads = allReads
    switch reason {
    case .notReleased, .noPrices, .notListed:
      return reads.first { $0.count == 0 }?.nothingYet ?? reason.text
    case .stale:
      let oldest = reads.filter { $0.lastObservation != nil }.min {
        ($0.lastObservation ?? .earliest) < ($1.lastObservation ?? .earliest)
      }
      return oldest?.tooOld ?? reason.text
    case .missingBar, .badValue: return reads.first { $0.value.missingReason == reason }?.faulty ?? reason.text
    case .insufficientHistory: return tooShort(reads)
    case .divisionByZero:
      guard let divisor = children.last, divisor.value == "0" else { return reason.text }
      return "division by zero: `\(divisor.text)` is 0"
    case .domainError:
      guard let operand = children.first, operand.valueKind == .number, operand.text != operand.value else {
        return reason.text
      }
      return "domain error: `\(operand.text)` is \(operand.value)"
    case .overflow, .unspecified: return reason.text
    }
  }

  private func tooShort(_ reads: [DataRead]) -> String {
    if let empty = reads.first(where: { $0.count == 0 }) { return empty.nothingYet }
    if let read = reads.min(by: { $0.count < $1.count }) {
      return "insufficient history: \(read.described), the first of \(read.firstObservation ?? read.cut)"
    }
    if let operand = children.first(where: { $0.count != nil }), let count = operand.count {
      return "insufficient history: `\(operand.text)` has \(count) item\(count == 1 ? "" : "s")"
    }
    return MissingReason.insufficientHistory.text
  }
}

extension DataRead {
  /// `first release 1998-02-13 is after 1997-12-31 (US_CPI)`
  var nothingYet: String {
    guard let firstKnown else { return "there is no \(unit) of \(name) in the data" }
    return "first \(unit) \(firstKnown) is after \(cut) (\(name))"
  }

  /// `the latest price of LEH, of 2008-09-17, is too old on 2010-01-05`
  var tooOld: String {
    let day = lastObservation.map { ", of \($0)," } ?? ""
    return "stale: the latest \(unit) of \(name)\(day) is too old on \(cut)"
  }

  var faulty: String {
    let day = lastObservation.map { " on \($0)" } ?? ""
    return "\(value.missingReason?.text ?? "missing"): \(name)\(day)"
  }

  /// `SPY has 150 prices by 1993-09-01`
  var described: String { "\(name) has \(count) \(unit)\(count == 1 ? "" : "s") by \(cut)" }
}

/// What a trace adds to a fault: how a missing value came about, what names stood for, and the arguments of calls.
public struct FaultExplanation {
  private let path: [TraceNode]
  private let fault: Fault

  /// Reads the trace of an evaluation that stopped with a fault.
  public init(_ fault: Fault, _ roots: [TraceNode]) {
    self.fault = fault
    var path: [TraceNode] = []
    var node = roots.last
    while let current = node, current.failed {
      path.append(current)
      node = current.children.last { $0.failed }
    }
    // A condition that is missing did not fail itself.
    self.path = path
    if let key = fault.key, let reason = fault.missing {
      let place = fault.diagnostic.location?.span
      culprit =
        roots.reversed().lazy.compactMap { $0.missing(reason, at: place, key) }.first
        ?? roots.reversed().lazy.compactMap { $0.missing(reason, about: key) }.first
        ?? roots.reversed().lazy.compactMap { $0.firstMissing(reason) }.first
      return
    }
    guard fault.missing != nil || !path.isEmpty else {
      culprit = nil
      return
    }
    let candidates = path.last?.children ?? roots
    culprit =
      candidates.last { $0.reason != nil && $0.location?.span == fault.diagnostic.location?.span }
      ?? candidates.last { $0.reason != nil }
  }

  /// The expression whose value is missing, if one stopped the evaluation.
  private let culprit: TraceNode?

  /// The fault with what the trace adds.
  ///
  /// - Parameter later: what is known of the date from which the value would not be missing.
  public func explained(later: Note? = nil) -> Fault {
    var result = fault
    let added = (fault.missing == nil ? [] : reasons) + (later.map { [$0] } ?? []) + names
    result.bare.notes = added + result.bare.notes
    for (place, call) in result.calls.enumerated() {
      let node = path.reversed().first { $0.calls(call.name) && $0.location?.span == call.location?.span }
      result.calls[place].text = node?.callText
    }
    return result
  }

  /// `a` is missing: why; then where that came from.
  private var reasons: [Note] {
    guard let culprit else { return [] }
    // The condition stands in the message; of a weight it does not say where it came from.
    let whole = (fault.key == nil ? [] : [culprit]) + culprit.missingChain
    // Through the turns of a loop the way comes by one expression again and again; where it arose is where it ends.
    let turn = whole.last.flatMap { origin in whole.firstIndex { $0.isSamePlace(origin) } }
    let chain = turn.map { whole[..<$0] + whole.suffix(1) } ?? whole[...]
    guard let cause = (chain.last ?? culprit).missingCause else { return [] }
    let first = chain.first ?? culprit
    var notes = [Note("`\(first.text)` is missing: \(cause)", at: first.location, role: .cause)]
    var said = [first.text]
    for node in chain.dropFirst() where !said.contains(node.text) {
      said.append(node.text)
      notes.append(Note("that is because `\(node.text)` is", at: node.location))
    }
    return notes.count <= 6 ? notes : Array(notes.prefix(3) + notes.suffix(3))
  }

  /// What the names of the failed expression stood for.
  private var names: [Note] {
    guard let innermost = path.last ?? culprit else { return [] }
    var found: [TracedName] = []
    innermost.collectNames(into: &found)
    guard !found.isEmpty else { return [] }
    return [Note("here " + found.prefix(4).map { "`\($0.name)` is \($0.value)" }.joined(separator: ", "))]
  }
}

extension TraceNode {
  /// The expression at a place, the last time it was evaluated, whose value is missing for a reason; where it was
  /// evaluated for several tickers, the one that has to do with the ticker.
  fileprivate func missing(_ reason: MissingReason, at place: Span?, _ ticker: String) -> TraceNode? {
    let found = all(at: place, reason)
    return found.last { $0.mentions(ticker) } ?? found.last
  }

  private func all(at place: Span?, _ reason: MissingReason) -> [TraceNode] {
    (self.reason == reason && location?.span == place ? [self] : []) + children.flatMap { $0.all(at: place, reason) }
  }

  /// The outermost expression, the last of several, that is missing for a reason, or where that arose.
  fileprivate func firstMissing(_ reason: MissingReason) -> TraceNode? {
    if self.reason == reason { return self }
    return children.reversed().lazy.compactMap { $0.firstMissing(reason) }.first
  }

  /// The outermost expression, the last of several, that is missing for a reason and has to do with a ticker.
  fileprivate func missing(_ reason: MissingReason, about ticker: String) -> TraceNode? {
    if self.reason == reason, mentions(ticker) { return self }
    return children.reversed().lazy.compactMap { $0.missing(reason, about: ticker) }.first
  }

  private func mentions(_ ticker: String) -> Bool {
    var found: [TracedName] = []
    collectNames(into: &found)
    return found.contains { $0.value == ValueText.quoted(ticker) } || allReads.contains { $0.name == ticker }
  }

  fileprivate func isSamePlace(_ other: TraceNode) -> Bool {
    text == other.text && location?.span == other.location?.span
  }

  fileprivate func calls(_ name: String) -> Bool { if case .call(name) = kind { true } else { false } }

  /// The call with the values of its arguments.
  fileprivate var callText: String? {
    guard case .call(let name) = kind else { return nil }
    let arguments = children.prefix(argumentCount).map(\.value)
    return TraceText.oneLine("\(name)(\(arguments.joined(separator: ", ")))")
  }

  /// Names with simple values, in order; what gave a name its value is not followed, nor what a called function did.
  fileprivate func collectNames(into found: inout [TracedName]) {
    for name in names where !found.contains(name) { found.append(name) }
    if case .name = kind {
      let isSimple = [.number, .bool, .string, .date, .duration].contains(valueKind)
      let name = TracedName(name: text, value: value)
      if isSimple, !found.contains(name) { found.append(name) }
      return
    }
    let shown = if case .call = kind { Array(children.prefix(argumentCount)) } else { children }
    for child in shown { child.collectNames(into: &found) }
  }
}

extension Location {
  fileprivate var span: Span? { if case .source(_, let span) = self { span } else { nil } }
}
