import Backtest
import Interpreter
import Scripting

extension DataNames {
  /// Which names a parameter of a function takes: as the record of a builtin says; parameters of functions that scripts
  /// declare mostly have the name of what they take.
  static func kinds(ofParameter parameter: String, function: String) -> [Kind] {
    let parameters = ScriptLibrary.builtins[function]?.overloads.flatMap(\.signature.parameters) ?? []
    let known = parameters.filter { $0.name == parameter }
    if known.isEmpty, parameter == "benchmark" { return [.ticker] }
    return kinds(of: known.isEmpty ? ParameterDomain(rawValue: parameter) : known.lazy.compactMap(\.domain).first)
  }

  private static func kinds(of domain: ParameterDomain?) -> [Kind] {
    switch domain {
    case .ticker: [.ticker]
    case .code, .anyCode: [.macro, .flow]
    case .macro: [.macro]
    case .flow: [.flow]
    case .curve: [.curve]
    case .universe: [.universe]
    case .window, .observations, .members, .items, .lag, .span, .decay, .fraction, .tail, .positive, .digits, .whole,
      nil:
      []
    }
  }

  /// Which names a key of the strategy block takes.
  static func kinds(ofKey key: String) -> [Kind] {
    switch StrategyBlock.type(ofKey: key)?.names {
    case .tickers: [.ticker]
    case .series: [.macro]
    case .universes: [.universe]
    case nil: []
    }
  }
}

extension DataNames.Kind {
  /// What a name of the kind is as a candidate.
  var candidateKind: Candidate.Kind {
    switch self {
    case .ticker: .ticker
    case .macro, .flow: .series
    case .curve: .curve
    case .universe: .universe
    }
  }
}

extension Vocabulary {
  /// The words that a key of the strategy block takes.
  static func words(ofKey key: String) -> [String] { StrategyBlock.type(ofKey: key)?.words ?? [] }
}
