import Backtest
import Scripting

extension DataNames {
  /// Which names a parameter of a function takes. Functions that scripts declare follow the same habit of naming.
  static func kinds(ofParameter parameter: String, function: String) -> [Kind] {
    switch parameter {
    case "ticker", "benchmark": [.ticker]
    case "code": function == "macro" ? [.macro] : function == "flow" ? [.flow] : [.macro, .flow]
    case "curve": [.curve]
    case "id": function.hasPrefix("curve") ? [.curve] : []
    case "universe": [.universe]
    default: []
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
