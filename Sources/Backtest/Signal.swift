public import MarketModel

/// Target weights: fractions of equity, signed, by ticker, in the order in which the strategy gave them.
///
/// A weight of 0 is the same as an absent one.
public struct TargetWeights: Equatable, Sendable {
  /// A ticker and its weight.
  public struct Entry: Equatable, Sendable {
    /// The ticker's name, as the strategy wrote it; aliases are allowed.
    public var ticker: String
    /// The fraction of equity, signed.
    public var weight: Double

    /// Makes an entry.
    public init(ticker: String, weight: Double) {
      self.ticker = ticker
      self.weight = weight
    }
  }

  /// The entries in order.
  public var entries: [Entry]

  /// Makes weights; the empty ones are `flat`.
  public init(_ entries: [Entry] = []) { self.entries = entries }
}

/// What a strategy decided at a date.
public enum SignalOutcome: Sendable {
  /// New targets for everything; the empty ones close all positions.
  case targets(TargetWeights)
  /// No new target. A decision that still waits to be filled stays.
  case hold
  /// Not enough is known yet; only before a run's first decision. Why, in words.
  case notWarm(String)
}

/// A decision with what is recorded beside it.
public struct Signal: Sendable {
  /// What was decided.
  public var outcome: SignalOutcome
  /// The latest known-time among the data that were read; `nil` if nothing was.
  public var watermark: KnowledgeTime?
  /// What the strategy noted; equal notes are counted.
  public var notes: [String] = []
  /// Named values of this date, for charts; the last of a name wins.
  public var tracks: [(name: String, value: Double)] = []

  /// Why it holds, where it holds because data are missing.
  public var missing: String?

  /// Makes a signal.
  public init(_ outcome: SignalOutcome, watermark: KnowledgeTime? = nil) {
    self.outcome = outcome
    self.watermark = watermark
  }
}
