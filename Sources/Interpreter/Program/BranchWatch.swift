public import Diagnostics
import Syntax

/// Which branches of a script's `if`s a run has taken, found out without a price: only branches that were not taken yet
/// are marked, so what runs often runs unmarked.
///
/// Link a program with a watch, run it, and whenever `hasNews` link it again: marks that have done their duty are gone.
public final class BranchWatch: @unchecked Sendable {
  // Unchecked because it belongs to one run, as the machine does.

  /// An `if` of the script.
  struct Site {
    let condition: Location
    let hasElse: Bool
    var seen: Part = []
  }

  /// Parts of an `if`.
  struct Part: OptionSet {
    let rawValue: UInt8
    static let reached = Part(rawValue: 1)
    static let then = Part(rawValue: 2)
    static let otherwise = Part(rawValue: 4)
  }

  private(set) var sites: [Site] = []
  private var places: [Int32: Int] = [:]
  /// A part was seen for the first time since the last program was linked.
  public private(set) var hasNews = false

  /// A watch that has seen nothing.
  public init() {}

  /// Whether everything there is to see was seen.
  public var isDone: Bool {
    sites.allSatisfy { $0.seen.isSuperset(of: [.reached, .then, .otherwise]) }
  }

  func begin() { hasNews = false }

  /// The number of an `if`; known again when the program is linked again.
  func site(of branch: If, _ file: SourceFile) -> Int {
    if let known = places[branch.condition.span.lower] { return known }
    var site = Site(condition: .source(file, branch.condition.span), hasElse: true)
    if case .none = branch.otherwise {
      site = Site(condition: site.condition, hasElse: false, seen: .otherwise)
    } else if case .conditional = branch.otherwise {
      // What `else if` asks is an `if` of its own.
      site = Site(condition: site.condition, hasElse: false, seen: .otherwise)
    }
    sites.append(site)
    places[branch.condition.span.lower] = sites.count - 1
    return sites.count - 1
  }

  func see(_ site: Int, _ part: Part) {
    if sites[site].seen.insert(part).inserted { hasNews = true }
  }

  /// The `if`s that were reached and of which a branch was never taken, in order of place.
  public var findings: [Diagnostic] {
    sites.filter { $0.seen.contains(.reached) }.compactMap { site in
      if !site.seen.contains(.then) { return .branchNeverTaken(always: false, at: site.condition) }
      if site.hasElse, !site.seen.contains(.otherwise) {
        return .branchNeverTaken(always: true, at: site.condition)
      }
      return nil
    }.sorted {
      ($0.location?.start.line ?? 0, $0.location?.start.column ?? 0)
        < ($1.location?.start.line ?? 0, $1.location?.start.column ?? 0)
    }
  }
}

/// A part of an `if` that was not seen yet.
final class WatchedNode: Node {
  let inner: Node
  let branch: Int
  let part: BranchWatch.Part

  init(_ inner: Node, _ branch: Int, _ part: BranchWatch.Part) {
    self.inner = inner
    self.branch = branch
    self.part = part
    super.init(inner.site)
  }

  override var mayAlias: Bool { inner.mayAlias }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    f.machine.watch?.see(branch, part)
    return try inner.exec(f)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    f.machine.watch?.see(branch, part)
    return try inner.test(f)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    f.machine.watch?.see(branch, part)
    return try inner.run(f)
  }
}

extension Linker {
  /// A part of an `if`, with a mark where the program is watched and the part was not seen yet.
  func watched(_ node: Node, _ branch: If, _ part: BranchWatch.Part) -> Node {
    guard let watch = program.watch, isWatched else { return node }
    let site = watch.site(of: branch, file)
    return watch.sites[site].seen.contains(part) ? node : WatchedNode(node, site, part)
  }
}

extension Machine {
  /// Goes on with a program that was linked anew from the same files: constants, params and state stay as they are.
  public func goOn(with program: Program) {
    precondition(
      program.slots.count == self.program?.slots.count, "the same files have the same values")
    // What was made with the earlier program may still be a value.
    if let current = self.program { retired.append(current) }
    self.program = program
    sites = program.sites
  }
}

extension DiagnosticRecord {
  static let branchNeverTaken = DiagnosticRecord(
    "W0212", "branch never taken",
    explanation:
      "In the whole run the condition was always true, or never, so one branch was never tried: a threshold out of "
      + "reach, a unit mistaken (5 for 5%), or a case the data do not have. It is said after a run, for conditions "
      + "that were reached.",
    bad: "fn signals(as_of) = if price(\"SPY\") > 1_000_000 { flat } else { [\"SPY\": 1] }",
    good: "fn signals(as_of) = if day(as_of) > 25 { flat } else { [\"SPY\": 1] }")
}

extension Diagnostic {
  static func branchNeverTaken(always: Bool, at: Location) -> Diagnostic {
    Diagnostic(
      .branchNeverTaken, "this condition was \(always ? "always" : "never") true in the run",
      at: at,
      notes: [Note(always ? "its `else` was never taken" : "its block was never taken")])
  }
}
