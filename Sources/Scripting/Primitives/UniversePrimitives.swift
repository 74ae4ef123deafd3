import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// Membership as of the cut.
enum UniversePrimitives {
  static let all: [Primitive] = [members]

  static let members = Builtin(
    "members(universe: universe? = the_strategys, as_of: date? = current) -> list[string]", family: "data",
    doc: "The members of a universe at the cut, ascending; without an argument, of the strategy's `universe`.",
    examples: [.init("len(members())", "39"), .init("members(\"SP500\").first(3)", "[\"AAPL\", \"AET\", \"AMZN\"]")],
    effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 1)
    guard !call.isGiven(0) else { return try named(try call.text(0), view, call) }
    switch call.host.universe {
    case .name(let name): return try named(name, view, call)
    case .tickers(let names):
      return try NameList.make(names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }, call)
    case nil: throw call.evaluation.fail(.noUniverse())
    }
  }.reading(nil)

  private static func named(_ name: String, _ view: MarketView, _ call: borrowing Call) throws(Trap) -> Value {
    guard let members = view.members(name) else {
      throw call.evaluation.fail(
        .unknownUniverse(name, suggestions: Suggestions.close(to: name, among: view.universeNames)))
    }
    call.host.read(knownFrom: view.knownTime(ofDay: view.asOf))
    return try NameList.make(members.map { view.name(of: $0) }, call)
  }
}
