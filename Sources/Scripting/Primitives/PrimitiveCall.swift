import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// What every data primitive needs: the host, the cut it may see, and errors that name what was not found.
extension Call {
  var host: MarketHost {
    // Programs with primitives are run by `ScriptStrategy` and its like only, whose machines have this host.
    guard let host = evaluation.machine.host as? MarketHost else {
      preconditionFailure("data primitives need a market host")
    }
    return host
  }

  /// What a look into the data costs in steps besides that of the call: names, dates and columns are looked up, and what
  /// gives a mere number or bool keeps nothing, so that no memory limit ends a loop of it.
  private static var lookUpSteps: Int { 4 }

  /// The view that an `as_of:` argument (at a parameter's index) or the current date asks for.
  func view(asOf index: Int) throws(Trap) -> MarketView {
    try evaluation.charge(Self.lookUpSteps)
    let current = try asOf()
    guard let day = day(index) else { return host.view(on: current) }
    guard day <= current else { throw evaluation.fail(.lookAhead("`as_of:` of `\(name)`", asked: day, asOf: current)) }
    return host.view(on: day)
  }

  /// The `max_age:` argument: none where the script says `none`, the default where it says nothing.
  func maxAge(_ index: Int, default fallback: CalendarDuration?) throws(Trap) -> CalendarDuration? {
    guard let age = duration(index) else { return isNoAge(index) ? nil : fallback }
    guard age.count >= 0 else { throw fail("`max_age` of `\(name)` is negative") }
    return age
  }

  /// Whether an optional argument was given as `none`.
  private func isNoAge(_ index: Int) -> Bool { index < count && self[index].isNone }

  /// The ticker that an argument names.
  func ticker(_ index: Int, _ view: MarketView) throws(Trap) -> TickerID {
    let key = string(index)
    if let ticker = host.ticker(key, key.text) { return ticker }
    let name = try text(index)
    throw evaluation.fail(
      .unknownTickerInScript(name, suggestions: Suggestions.close(to: name, among: view.knownNames)))
  }

  /// The series that an argument names, of a kind or, without one, of either.
  func seriesID(_ index: Int, _ kind: SeriesKind?, _ view: MarketView) throws(Trap) -> SeriesID {
    let code = try text(index)
    for one in kind.map({ [$0] }) ?? [.macro, .flow] {
      if let id = view.series(one, named: code) { return id }
    }
    if let kind {
      let other: SeriesKind = kind == .macro ? .flow : .macro
      if view.series(other, named: code) != nil { throw evaluation.fail(.seriesOfOtherKind(code, is: other)) }
    }
    let known = view.codes(.macro) + view.codes(.flow)
    throw evaluation.fail(
      .unknownSeriesInScript(code, suggestions: Suggestions.close(to: code, among: known)))
  }

  /// The curve that an argument names.
  func curveID(_ index: Int, _ view: MarketView) throws(Trap) -> CurveID {
    let name = try text(index)
    if let curve = view.curve(named: name) { return curve }
    throw evaluation.fail(
      .unknownCurveInScript(name, suggestions: Suggestions.close(to: name, among: view.curveNames)))
  }
}

/// Shapes of parameters that many primitives share.
enum PrimitiveSignature {
  static let asOf = "as_of: date? = current"
  static let priceAge = "max_age: duration? = 10bd"
  static let noAge = "max_age: duration? = current"
}
