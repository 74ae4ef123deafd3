import Diagnostics
import Syntax

/// Statistics over all history there is, where a window was most likely meant.
extension Checker {
  private static let statistics: Set<String> = [
    "mean", "median", "std", "variance", "quantile", "skew", "kurt", "zscore", "rank", "corr",
    "cov", "beta",
  ]
  /// Functions whose result is as long as the series they are given.
  private static let keepers: Set<String> = [
    "lag", "diff", "change", "log_change", "abs", "sqrt", "exp", "log", "log10", "sign", "sma",
    "ema", "wma", "rsi",
    "dropna", "fill", "on_dates", "cum_sum", "cum_prod", "cum_max", "cum_min", "above", "below",
    "where",
  ]

  /// Reports a statistic without a window over a series as it comes from the data: its meaning drifts with the length of
  /// the history, so that the first years of a run are not comparable with the last.
  func checkWholeSample(_ name: String, _ given: [Given], _ span: Span) {
    guard flow.isFunction, !flow.isTest, Checker.statistics.contains(name), let first = given.first,
      first.type.isSurely(.series), given.count <= Checker.plainArguments(name),
      !given.contains(where: { $0.label?.text == "window" }), isWhole(first.value, 0)
    else { return }
    report(.wholeSample(name, unit.file.text(first.value.span), at: location(span)))
  }

  /// How many arguments stand before the window.
  private static func plainArguments(_ name: String) -> Int {
    switch name {
    case "corr", "cov", "beta", "quantile": 2
    default: 1
    }
  }

  /// Whether a series reaches as far back as the data do.
  private func isWhole(_ expression: Expression, _ depth: Int) -> Bool {
    guard depth < 20 else { return false }
    switch expression.kind {
    case .parenthesized(let inner), .unary(_, let inner): return isWhole(inner, depth + 1)
    case .binary(_, let left, let right):
      return isWhole(left, depth + 1) || isWhole(right, depth + 1)
    case .name:
      switch resolution.references[expression.id] {
      case .local(let symbol), .global(let symbol):
        return sources[symbol].map { isWhole($0, depth + 1) } ?? false
      default: return false
      }
    case .call(let callee, let arguments):
      return isWhole(resolution.references[callee.id], arguments.first?.value, depth)
    case .methodCall(let receiver, _, _):
      return isWhole(resolution.references[expression.id], receiver, depth)
    default: return false
    }
  }

  private func isWhole(_ reference: Reference?, _ first: Expression?, _ depth: Int) -> Bool {
    guard case .builtin(let name) = reference, let builtin = library[name] else { return false }
    if case .readsData = builtin.effect { return true }
    return Checker.keepers.contains(name) && (first.map { isWhole($0, depth + 1) } ?? false)
  }
}

extension DiagnosticRecord {
  static let wholeSample = DiagnosticRecord(
    "W0208", "statistic over the whole history",
    explanation:
      "Without a window a statistic takes all history there is by `as_of`. It sees no future, but its meaning drifts: "
      + "early in a run it stands on few observations, later on decades. Give it a window, or take a part of the "
      + "series (`s.tail(n)`).",
    bad: "fn signals(as_of) = if close(\"SPY\").zscore() > 1 { [\"SPY\": 1] } else { flat }",
    good: "fn signals(as_of) = if close(\"SPY\").zscore(252) > 1 { [\"SPY\": 1] } else { flat }")
}

extension Diagnostic {
  static func wholeSample(_ name: String, _ series: String, at: Location) -> Diagnostic {
    Diagnostic(
      .wholeSample, "`\(name)` takes the whole history of `\(series)`, which grows through the run",
      at: at,
      notes: [Note("a window compares like with like: `\(name)(…, window: 252)`")])
  }
}
