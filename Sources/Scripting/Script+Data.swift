public import Diagnostics
import Interpreter
public import MarketData
public import MarketModel
import Syntax

/// What a data set has to say about a script before it runs.
extension Script {
  /// Names that stand in the script and that the data set does not have: what reads them would fail.
  ///
  /// Tests aside, which may have data of their own.
  public func unknownNames(on store: MarketStore) -> [Diagnostic] {
    let view = store.view(on: store.calendar.last ?? .earliest, calendar: store.calendar)
    return dataNames.compactMap { name in
      var problem: Diagnostic?
      switch name.domain {
      case .ticker where store.ticker(named: name.name) == nil:
        problem = .unknownTickerInScript(
          name.name, suggestions: Suggestions.close(to: name.name, among: view.knownNames))
      case .code where !isKnown(name, SeriesKind.allCases, store), .macro where !isKnown(name, [.macro], store),
        .flow where !isKnown(name, [.flow], store):
        let known = view.codes(.macro) + view.codes(.flow)
        problem = .unknownSeriesInScript(
          name.name, suggestions: Suggestions.close(to: name.name, among: known))
      case .curve where store.curve(named: name.name) == nil:
        problem = .unknownCurveInScript(
          name.name, suggestions: Suggestions.close(to: name.name, among: view.curveNames))
      case .universe where store.universe(named: name.name) == nil:
        problem = .unknownUniverse(
          name.name, suggestions: Suggestions.close(to: name.name, among: view.universeNames))
      default: break
      }
      problem?.location = location(of: name)
      return problem
    }
  }

  /// Tickers that stand in the script and have no price yet when a run starts: until then nothing of them can be held.
  public func doubts(on store: MarketStore, from start: Day) -> [Diagnostic] {
    var seen: Set<String> = []
    var result: [Diagnostic] = []
    for name in dataNames where name.domain == .ticker && seen.insert(name.name).inserted {
      guard let ticker = store.ticker(named: name.name) else { continue }
      let days = store.prices(ticker).days
      guard days.count > 0, Day(rawValue: days[0]) > start else { continue }
      result.append(.lateTicker(name.name, Day(rawValue: days[0]), start, at: location(of: name)))
    }
    return result
  }

  private var dataNames: [TypeInformation.DataName] {
    program.graph.types(library: ScriptLibrary.builtins).dataNames.filter { !$0.isInTest }
  }

  private func isKnown(_ name: TypeInformation.DataName, _ kinds: [SeriesKind], _ store: MarketStore) -> Bool {
    kinds.contains { store.series($0, named: name.name) != nil }
  }

  private func location(of name: TypeInformation.DataName) -> Location {
    .source(program.graph.script.unit.file, name.span)
  }
}

extension DiagnosticRecord {
  static let lateTicker = DiagnosticRecord(
    "W0211", "ticker that starts after the run",
    explanation:
      "A ticker that stands in the script has its first price after the run's first day. A strategy written with "
      + "today's tickers in mind chose those that were going to matter: hindsight. Start the run later, or take the "
      + "members of a universe as they were.",
    bad: "fn signals(as_of) = [\"FB\": sign(price(\"FB\"))]",
    good: "strategy \"late\" { start: 2012-06-01 }\n"
      + "fn signals(as_of) = [\"FB\": sign(price(\"FB\"))]")
}

extension Diagnostic {
  static func lateTicker(_ ticker: String, _ first: Day, _ start: Day, at: Location) -> Diagnostic {
    Diagnostic(
      .lateTicker, "\(ticker) has its first price on \(first), after the run's start on \(start)",
      at: at,
      notes: [
        Note(
          "`--start \(first)` leaves the time before out; `members()` gives the tickers of the day")
      ])
  }
}
