public import Backtest
public import MarketModel

/// The documents of `strat signals`: the decision at one date.
public enum SignalDocument {
  /// `{"schema":1,"as_of":…,"status":…,"weights":{…}|null,"watermark":…,"replayed":…|null}`
  public static func json(_ answer: Answer, asOf: Day) -> String {
    let signal = answer.signal
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.member("as_of", asOf)
      document.member("status", status(signal))
      RunDocument.write(weights(signal), to: &document)
      document.member("watermark", signal.watermark?.description)
      document.member("replayed", answer.replayed)
    }
    return writer.text + "\n"
  }

  /// One line for each weight: `as_of,ticker,weight`.
  public static func csv(_ signal: Signal, asOf: Day, _ cells: CSVWriter.Cells = .guarded) -> String {
    var writer = CSVWriter(["as_of", "ticker", "weight"], cells)
    for entry in weights(signal)?.entries ?? [] {
      writer.row([asOf.description, entry.ticker, CSVWriter.field(entry.weight)])
    }
    return writer.text
  }

  /// The weights with their sums, or why there are none, for people.
  public static func lines(_ answer: Answer, asOf: Day, _ terminal: Terminal) -> [String] {
    let signal = answer.signal
    let known = signal.watermark.map { "; latest datum known since \($0)" } ?? ""
    return decision(signal, asOf, known, terminal) + replay(answer, terminal)
  }

  private static func replay(_ answer: Answer, _ terminal: Terminal) -> [String] {
    guard let count = answer.replayed else { return [] }
    if count == 0 { return ["the run starts later: nothing was replayed, the portfolio is in cash"] }
    return ["the run was replayed over \(DisplayNumber(terminal).count(count)) session\(count == 1 ? "" : "s")"]
  }

  private static func decision(_ signal: Signal, _ asOf: Day, _ known: String, _ terminal: Terminal) -> [String] {
    switch signal.outcome {
    case .hold: return ["\(asOf): hold (no new target)\(known)"]
    case .notWarm(let reason): return ["\(asOf): not warm: \(reason)"]
    case .targets(let weights):
      if weights.entries.isEmpty { return ["\(asOf): flat (all cash)\(known)"] }
      return table(weights, terminal) + ["", "as of \(asOf)\(known)"]
    }
  }

  private static func table(_ weights: TargetWeights, _ terminal: Terminal) -> [String] {
    let number = DisplayNumber(terminal)
    var table = TextTable([.init("ticker", shrinks: true), .init("weight", .right)])
    for entry in weights.entries {
      table.add([.init(entry.ticker), .init(number.percent(entry.weight), Ink.sign(min(0, entry.weight)))])
    }
    let net = weights.entries.reduce(0) { $0 + $1.weight }
    let gross = weights.entries.reduce(0) { $0 + $1.weight.magnitude }
    table.add(["net", number.percent(net)])
    table.add(["gross", number.percent(gross)])
    return table.lines(terminal)
  }

  private static func status(_ signal: Signal) -> String {
    switch signal.outcome {
    case .targets: BacktestResult.Decision.Status.targets.rawValue
    case .hold: BacktestResult.Decision.Status.hold.rawValue
    case .notWarm: BacktestResult.Decision.Status.notWarm.rawValue
    }
  }

  private static func weights(_ signal: Signal) -> TargetWeights? {
    if case .targets(let weights) = signal.outcome { weights } else { nil }
  }
}
