import Interpreter
import MarketData

/// A builtin that looks at the market: its record, and what it looks at, for whoever traces it.
struct Primitive: Sendable {
  /// The record.
  let builtin: Builtin
  /// What of the data that its first argument names; `nil` where that names none.
  let source: Source?

  /// Data that are asked again for a trace.
  enum Source: Sendable {
    /// A field of a ticker's bars.
    case price(PriceField)
    /// The latest known values of a series of a kind, or of either.
    case latest(SeriesKind?)
    /// The first known values of a series of either kind.
    case firstRelease
    /// The values of a series of either kind as they were known on a date, the second argument.
    case vintage
    /// A curve.
    case curve
  }
}

extension Builtin {
  /// The record of a builtin that looks at the market.
  func reading(_ source: Primitive.Source?) -> Primitive { Primitive(builtin: self, source: source) }
}
