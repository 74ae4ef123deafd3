/// A kind of data file, named by its folder.
public enum FileKind: String, CaseIterable, Sendable {
  // In the order of loading: actions first, because they decide whether adjusted closes are read.
  case actions, prices, series, curves, flows, universes

  /// The columns that a file of the kind may have.
  package var fields: [Field] {
    switch self {
    case .prices: [.ticker, .date, .open, .high, .low, .close, .volume, .adjustedClose]
    case .series, .flows: [.series, .observationDate, .releaseTime, .value, .revision]
    case .curves: [.curve, .date, .tenorDays, .rate, .releaseTime]
    case .universes: [.universe, .ticker, .start, .end]
    case .actions: [.ticker, .exDate, .splitRatio, .cashDividend, .delistingPrice]
    }
  }

  /// The columns that a file of the kind must have.
  package var required: [Field] {
    switch self {
    case .prices: [.date]
    case .series, .flows: [.series, .observationDate, .value]
    case .curves: [.curve, .date, .tenorDays, .rate]
    case .universes: [.universe, .ticker, .start, .end]
    case .actions: [.ticker, .exDate]
    }
  }

  /// Columns of which a file of the kind must have one at least; empty where that is not asked.
  var anyOf: [Field] { self == .actions ? [.splitRatio, .cashDividend, .delistingPrice] : [] }
}
