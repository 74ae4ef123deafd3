import Backtest
import Diagnostics
import MarketData
import MarketModel
import Scripting

/// What a script is expected to decide at a date: `# decides 2012-06-29: SPY 0.6, TLT -0.4`, or `flat`, `hold`,
/// `not warm`, or the code of the diagnostic it fails with. The portfolio is in cash.
struct Decision {
  let day: Day
  let text: String

  /// The decisions that the comments of a script expect.
  static func expected(in text: String) -> [Decision] {
    text.split(separator: "\n").compactMap { line in
      let marker = "# decides "
      guard line.hasPrefix(marker), let colon = line.firstIndex(of: ":") else { return nil }
      let start = line.index(line.startIndex, offsetBy: marker.count)
      guard let day = Day(iso: String(line[start..<colon])) else { return nil }
      return Decision(day: day, text: String(line[line.index(colon, offsetBy: 2)...]))
    }
  }

  /// What is wrong with what a script decides; `nil` if it is as expected.
  func problem(of script: Script, on store: MarketStore) -> String? {
    let found = decided(script, store)
    return found == text ? nil : "decides \(found) at \(day), expected \(text)"
  }

  private func decided(_ script: Script, _ store: MarketStore) -> String {
    do {
      var draft = ConfigDraft()
      for entry in script.block.entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
      let config = try draft.resolve(store)
      var strategy = try ScriptStrategy(script, store: store, config: config, params: ParamValues())
      let view = store.view(on: day, calendar: store.calendar(config.calendar))
      return Decision.text(
        try strategy.generateSignals(asOf: day, view: view, portfolio: .cash(config.initialCapital)).outcome)
    } catch { return (error as? Diagnostic)?.code ?? "\(error)" }
  }

  private static func text(_ outcome: SignalOutcome) -> String {
    switch outcome {
    case .hold: "hold"
    case .notWarm: "not warm"
    case .targets(let weights):
      weights.entries.isEmpty
        ? "flat" : weights.entries.map { "\($0.ticker) \(number($0.weight))" }.joined(separator: ", ")
    }
  }

  /// Without `.0`, as the language prints it.
  private static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
