public import Diagnostics
import MarketData

/// The records of what scripts ask of data that is not there.
public enum PrimitiveDiagnostics {
  /// The codes of names that the data set does not have: an error of theirs tells what it will never hold.
  static let unknownNames = [
    DiagnosticRecord.unknownTickerInScript, .unknownSeriesInScript, .unknownCurveInScript, .unknownUniverse,
  ].map(\.code)

  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [
    .unknownTickerInScript, .unknownSeriesInScript, .unknownCurveInScript, .unknownUniverse, .noUniverse, .scriptShape,
    .paramFlag, .sameClose, .noCosts, .lateTicker, .testDataOutside,
  ]
}

extension DiagnosticRecord {
  static let unknownTickerInScript = DiagnosticRecord(
    "E0413", "unknown ticker",
    explanation: "The data set has no such ticker, neither among its prices nor among the members of its universes.",
    bad: "let x = close(\"SPYY\")", good: "let x = close(\"SPY\")")
  static let unknownSeriesInScript = DiagnosticRecord(
    "E0414", "unknown series",
    explanation: "The data set has no series of this code and kind: `macro` reads `series/`, `flow` reads `flows/`.",
    bad: "let x = macro(\"US_RT_CPPI\")", good: "let x = macro(\"US_RT_CPI\")")
  static let unknownCurveInScript = DiagnosticRecord(
    "E0415", "unknown curve", explanation: "The data set has no curve of this name.",
    bad: "let x = curve(\"UST\")", good: "let x = curve(\"UST_PAR\")")
  static let unknownUniverse = DiagnosticRecord(
    "E0416", "unknown universe", explanation: "The data set has no universe of this name.",
    bad: "let x = members(\"SP50\")", good: "let x = members(\"SP500\")")
  static let noUniverse = DiagnosticRecord(
    "E0417", "no universe given",
    explanation: "`members()` without an argument means the `universe` of the strategy block, and there is none.",
    bad: "fn signals(as_of) = members().equal_weight()",
    good: "strategy \"s\" { universe: \"SP500\" }\nfn signals(as_of) = members().equal_weight()")
  static let scriptShape = DiagnosticRecord(
    "E0418", "`signals` gave something else than weights",
    explanation: "`signals` gives a map from tickers to numbers, or `none` (`hold`) for no new target.",
    bad: "fn signals(as_of) = [0.5].last()", good: "fn signals(as_of) = [\"SPY\": 0.5]")
}

extension Diagnostic {
  /// What a name of the data may have meant, else where its names are listed.
  private static func inTheData(_ suggestions: [String]) -> [Note] {
    suggestions.isEmpty
      ? [Note("`strat data ls` lists what a data set has, `:data` at the prompt")]
      : Note.didYouMean(suggestions, quote: "\"")
  }
  static func unknownTickerInScript(_ name: String, suggestions: [String]) -> Diagnostic {
    Diagnostic(.unknownTickerInScript, "the data set has no ticker \"\(name)\"", notes: inTheData(suggestions))
  }
  static func unknownSeriesInScript(_ code: String, suggestions: [String]) -> Diagnostic {
    Diagnostic(.unknownSeriesInScript, "the data set has no series \"\(code)\"", notes: inTheData(suggestions))
  }
  static func seriesOfOtherKind(_ code: String, is kind: SeriesKind) -> Diagnostic {
    let name = kind == .macro ? "macro" : "flow"
    return Diagnostic(
      .unknownSeriesInScript, "\"\(code)\" is read with `\(name)`", notes: [Note("write `\(name)(\"\(code)\")`")])
  }
  static func unknownCurveInScript(_ name: String, suggestions: [String]) -> Diagnostic {
    Diagnostic(.unknownCurveInScript, "the data set has no curve \"\(name)\"", notes: inTheData(suggestions))
  }
  static func unknownUniverse(_ name: String, suggestions: [String]) -> Diagnostic {
    Diagnostic(.unknownUniverse, "the data set has no universe \"\(name)\"", notes: inTheData(suggestions))
  }
  static func noUniverse() -> Diagnostic {
    Diagnostic(
      .noUniverse, "`members()` needs a universe",
      notes: [Note("name one: `members(\"SP500\")`, or set `universe:` in the strategy block")])
  }
  static func scriptShape(_ found: String) -> Diagnostic {
    Diagnostic(.scriptShape, "`signals` gave \(found); it gives a map from tickers to weights, or `none`")
  }
}
