import Diagnostics
import Syntax

/// Statistics over all history there is, where a window was most likely meant.
extension Checker {
  /// Reports a statistic without a window over a series as it comes from the data: its meaning drifts with the length of
  /// the history, so that the first years of a run are not comparable with the last.
  ///
  /// Statistics are the builtins that roll if they are given a window and reduce to a number without.
  func checkWholeSample(_ name: String, _ shape: BuiltinEntry.Shape, _ given: [Given], _ places: [Int], _ span: Span) {
    guard flow.isFunction, !flow.isTest, shape.isStatistic, let first = given.first, first.type.mayBe(.series),
      let window = shape.parameters.firstIndex(where: { $0.name == "window" }), !places.contains(window),
      isWhole(first.value, 0)
    else { return }
    report(.wholeSample(name, unit.file.text(first.value.span), at: location(span)))
  }

  /// Whether a series reaches as far back as the data do.
  private func isWhole(_ expression: Expression, _ depth: Int) -> Bool {
    guard depth < 20 else { return false }
    switch expression.kind {
    case .parenthesized(let inner), .unary(_, let inner), .member(let inner, _): return isWhole(inner, depth + 1)
    case .binary(_, let left, let right):
      return isWhole(left, depth + 1) || isWhole(right, depth + 1)
    case .name:
      switch resolution.references[expression.id] {
      case .local(let symbol), .global(let symbol):
        return sources[symbol].map { isWhole($0, depth + 1) } ?? false
      default: return false
      }
    case .call(let callee, let arguments):
      return isWhole(resolution.references[callee.id], arguments.map(\.value), depth)
    case .methodCall(let receiver, _, let arguments):
      return isWhole(resolution.references[expression.id], [receiver] + arguments.map(\.value), depth)
    default: return false
    }
  }

  /// Whether a builtin gives a series as long as the data: it reads them, or passes one on that it is given.
  private func isWhole(_ reference: Reference?, _ arguments: [Expression], _ depth: Int) -> Bool {
    guard case .builtin(let name) = reference, let builtin = library[name], builtin.givesSeries else { return false }
    if case .readsData = builtin.effect(argumentCount: arguments.count) { return true }
    return !builtin.takesPart && arguments.contains { isWhole($0, depth + 1) }
  }
}

extension BuiltinEntry.Shape {
  /// It reduces a series to a number, and would roll over it if it were given a window.
  fileprivate var isStatistic: Bool {
    parameters.contains { parameter in
      if parameter.name != "window" { return false }
      if case .value(let value) = parameter.fallback { return value.isNone }
      return false
    } && signature.result.alternatives.contains(.number)
  }
}

extension Builtin {
  /// It may give a series, or a map that holds some.
  fileprivate var givesSeries: Bool {
    overloads.contains { overload in
      overload.signature.result.alternatives.contains { type in
        switch type {
        case .series, .any: true
        case .map, .list: overload.signature.parameters.first?.type.alternatives.contains(.series) ?? false
        case .number, .bool, .string, .date, .duration, .function, .none, .optional, .union: false
        }
      }
    }
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
