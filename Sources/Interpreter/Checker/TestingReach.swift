import Diagnostics
import Syntax

/// Looks for builtins that belong to tests in what `signals` of a script can reach: its functions, constants and params,
/// and those of the modules it imports, wherever they are named.
///
/// A decision that could catch an error would learn from it whether a name will ever be in the data set.
struct TestingReach {
  /// The script last, every module after those it imports.
  let modules: [ModuleUnit]

  /// A declaration that `signals` reaches, and the names on the way to it.
  private struct Place {
    let module: Int
    let name: String
    let way: [String]
  }

  /// What is reached and must not be, in the order in which it is reached.
  func problems() -> [Diagnostic] {
    guard !modules.isEmpty else { return [] }
    var found: [Diagnostic] = []
    var seen: Set<String> = []
    var next = [Place(module: modules.count - 1, name: "signals", way: [])]
    while let place = next.popLast() {
      guard seen.insert("\(place.module) \(place.name)").inserted else { continue }
      let module = modules[place.module]
      for mention in module.resolution.mentions[place.name] ?? [] {
        if case .builtin(let name) = mention.reference {
          found.append(.testingReached(name, way: place.way, at: .source(module.unit.file, mention.span)))
        } else if let target = target(of: mention.reference, in: module, from: place) {
          next.append(target)
        }
      }
    }
    return found
  }

  private func target(of reference: Reference, in module: ModuleUnit, from place: Place) -> Place? {
    switch reference {
    case .function(let symbol), .global(let symbol):
      let name = module.resolution.symbols[symbol].name
      return Place(module: place.module, name: name, way: place.way + [name])
    case .member(let imported, let name):
      guard let index = module.imports.first(where: { $0.name == imported })?.index else { return nil }
      return Place(module: index, name: name, way: place.way + ["\(imported).\(name)"])
    case .local, .builtin, .asOf, .hold, .flat, .module: return nil
    }
  }
}

extension DiagnosticRecord {
  static let testingReached = DiagnosticRecord(
    "E0240", "`fails` in what `signals` reaches",
    explanation:
      "`fails` makes a value of an error. In a decision that value would tell whether a name will ever be in the data "
      + "set, and that is a look ahead. It stands in tests, in what only they call, and at the prompt.",
    bad: "fn first(xs) = if fails(() -> xs[0]) { 0 } else { xs[0] }\n"
      + "fn signals(as_of) = [\"SPY\": first([1])]",
    good: "fn first(xs) = if xs.len() > 0 { xs[0] } else { 0 }\nfn signals(as_of) = [\"SPY\": first([1])]")
}

extension Diagnostic {
  static func testingReached(_ name: String, way: [String], at: Location) -> Diagnostic {
    let through = way.isEmpty ? "" : ", through " + way.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .testingReached, "`\(name)` belongs to tests, and `signals` reaches it\(through)", at: at,
      notes: [
        Note("whether a name is in the data set at all is known only when it is in there: a look ahead"),
        Note("`has_price(ticker)`, `has_series(code)` and `x ?? y` ask what is known by now"),
      ])
  }
}
