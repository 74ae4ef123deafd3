import Diagnostics
import Interpreter
import MarketModel
import Reporting
import Scripting

/// `:why`: where a missing value came from, and the data that a value was made of.
struct WhyCommand {
  private let bench: Workbench
  private var printer: ResultPrinter { bench.printer }
  private var terminal: Terminal { bench.output.terminal }
  /// How many observations of one source are shown.
  private static let observations = 5
  /// How many sources are shown.
  private static let sources = 6
  /// How many further ones are named.
  private static let named = 60
  /// How many items of a list or map that are missing are explained.
  private static let items = 4

  init(_ bench: Workbench) { self.bench = bench }

  func run(_ text: String) throws(PromptProblem) {
    let trace = try bench.trace(text, .everything)
    if let failure = trace.failure { throw .input(failure) }
    guard var root = trace.root else { throw .usage(.noExpression(text)) }
    var lines: [String] = []
    if let (origin, behind) = behind(root) {
      lines.append("`\(root.text)` is `\(behind.text)`" + (origin.asOf.map { ", evaluated as of \($0)" } ?? ""))
      root = behind
    }
    lines += reasons(root)
    lines += data(root.allReads)
    bench.output.show(lines)
  }

  /// What gave a name of the session its value, if it still gives it.
  private func behind(_ root: TraceNode) -> (PromptOrigin, TraceNode)? {
    guard case .name = root.kind, root.children.isEmpty, let origin = bench.session.prompt.origin(of: root.text),
      let trace = try? bench.session.trace(origin.text, on: origin.asOf, .everything), let again = trace.root,
      trace.failure == nil, again.value == root.value, again.valueKind == root.valueKind
    else { return nil }
    return (origin, again)
  }

  // MARK: Reasons

  private func reasons(_ root: TraceNode) -> [String] {
    if root.reason != nil { return chain(root) }
    let missing = root.valueKind == .list || root.valueKind == .map ? root.outermostMissing : []
    guard !missing.isEmpty else { return ["`\(root.text)` is \(root.value)"] }
    var lines = missing.prefix(Self.items).flatMap { chain($0) }
    if missing.count > Self.items {
      let left = printer.count(missing.count - Self.items, "part")
      lines.append(terminal.paint("\(terminal.ellipsis) \(left) more missing", .dim))
    }
    return lines
  }

  /// A missing value, why it is missing, and through which operands that came, with their places.
  ///
  /// Through the turns of a loop the way comes by one expression again and again; where the value arose is where it ends.
  private func chain(_ node: TraceNode) -> [String] {
    let whole = node.missingChain
    let cause = (whole.last ?? node).missingCause ?? node.value
    let turn = whole.last.flatMap { origin in whole.firstIndex { $0.isSamePlace(origin) } }
    let chain = turn.map { whole[..<$0] + whole.suffix(1) } ?? whole[...]
    var lines = ["`\(node.text)` is missing: \(cause)"]
    var said = [node.text]
    for next in chain where !said.contains(next.text) {
      said.append(next.text)
      lines.append("that is because `\(next.text)` is" + (next.place.map { " (\($0))" } ?? ""))
    }
    if lines.count > 8 { lines = Array(lines.prefix(4) + [terminal.ellipsis] + lines.suffix(3)) }
    return lines.enumerated().map { place, line in place == 0 ? line : "  " + line }
  }

  // MARK: Data

  private func data(_ reads: [DataRead]) -> [String] {
    // What two primitives read of one source is said once.
    var seen: [DataRead] = []
    for read in reads where !seen.contains(where: { $0.isLike(read) }) { seen.append(read) }
    guard !seen.isEmpty else { return [terminal.paint("no data were read", .dim)] }
    let lines = seen.prefix(Self.sources).flatMap { source($0) }
    let left = seen.dropFirst(Self.sources)
    guard !left.isEmpty else { return lines }
    let names = left.prefix(Self.named).map { "\($0.function) \($0.name)" }.joined(separator: ", ")
    let all = left.count > Self.named ? names + " \(terminal.ellipsis)" : names
    return lines + ["\(terminal.ellipsis) \(printer.count(left.count, "source")) more: \(all)"]
  }

  private func source(_ read: DataRead) -> [String] {
    let name = terminal.paint("\(read.function) \(read.name)", .bold)
    guard let first = read.firstObservation, let last = read.lastObservation, read.count > 0 else {
      return ["\(name): nothing known on \(read.cut)"]
    }
    let span = first == last ? "\(last)" : "\(first) to \(last)"
    var lines = ["\(name): \(printer.count(read.count, read.unit)) known on \(read.cut), \(span)"]
    let shown = bench.session.observations(of: read, atMost: Self.observations)
    if shown.contains(where: { $0.tenor != nil }) { return lines + points(shown, of: read) }
    var table = TextTable([.init("observation"), .init("known from"), .init("value", .right)])
    for one in shown {
      table.add([one.day.description, one.release?.description ?? terminal.absent, printer.number(one.value)])
    }
    lines += table.lines(terminal, indent: 2)
    if read.count > shown.count {
      lines.append(
        terminal.paint("  \(terminal.ellipsis) \(printer.count(read.count - shown.count, "earlier one"))", .dim))
    }
    return lines
  }

  /// The points of the latest curve by tenor. They may have become known one by one.
  private func points(_ shown: [ReadObservation], of read: DataRead) -> [String] {
    var table = TextTable([.init("tenor", .right), .init("value", .right)])
    for one in shown { table.add([CurveChart.tenor(Double(one.tenor ?? 0)), printer.number(one.value)]) }
    let whole = read.release.map { ["  the latest is known as it is here from \($0)"] } ?? []
    return whole + table.lines(terminal, indent: 2)
  }
}

extension TraceNode {
  fileprivate func isSamePlace(_ other: TraceNode) -> Bool { text == other.text && place == other.place }

  /// Where it stands in a script, or in an input of the session; `nil` in the expression that is asked about.
  fileprivate var place: String? {
    guard let location, location.name != PromptSession.askedName else { return nil }
    return DiagnosticText.reference(location)
  }

  /// The outermost operands that are missing.
  fileprivate var outermostMissing: [TraceNode] {
    children.flatMap { $0.reason == nil ? $0.outermostMissing : [$0] }
  }
}

extension DataRead {
  /// It says the same of the same source.
  fileprivate func isLike(_ other: DataRead) -> Bool {
    name == other.name && unit == other.unit && cut == other.cut && lastObservation == other.lastObservation
      && (value == other.value || value.isNaN && other.value.isNaN)
  }
}
