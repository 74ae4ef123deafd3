public import MarketModel

/// A fall of the equity from a peak to the recovery of that peak, or to the end.
public struct DrawdownEpisode: Equatable, Sendable {
  /// Equity at the trough over equity at the peak, less 1; negative.
  public let depth: Double
  /// The last session at the peak; the first session if that is the equity before it.
  public let peak: Day
  /// The first session at the minimum.
  public let trough: Day
  /// The first later session with equity at or above the peak.
  public let recovery: Day?
  /// Sessions from peak to recovery, or to the end.
  public let sessions: Int

  /// All episodes in order of time.
  public static func all(_ input: MetricInput) -> [DrawdownEpisode] {
    var result: [DrawdownEpisode] = []
    var peak = input.initialCapital
    var peakPlace = -1
    var troughPlace: Int?
    for (place, equity) in input.equity.enumerated() {
      if equity >= peak {
        if let trough = troughPlace {
          result.append(episode(input, peak, peakPlace, trough, recovery: place))
        }
        peak = equity
        peakPlace = place
        troughPlace = nil
      } else if troughPlace.map({ equity < input.equity[$0] }) ?? true {
        troughPlace = place
      }
    }
    if let trough = troughPlace { result.append(episode(input, peak, peakPlace, trough, recovery: nil)) }
    return result
  }

  /// The deepest episode, the first of equals; `nil` if the equity never fell.
  public static func worst(_ input: MetricInput) -> DrawdownEpisode? {
    all(input).reduce(nil) { best, episode in
      guard let best else { return episode }
      return episode.depth < best.depth ? episode : best
    }
  }

  private static func episode(
    _ input: MetricInput, _ peak: Double, _ peakPlace: Int, _ trough: Int, recovery: Int?
  ) -> DrawdownEpisode {
    // The equity before the first session counts as that session's.
    let from = max(peakPlace, 0)
    return DrawdownEpisode(
      depth: input.equity[trough] / peak - 1, peak: input.days[from], trough: input.days[trough],
      recovery: recovery.map { input.days[$0] }, sessions: (recovery ?? input.equity.count - 1) - from)
  }
}
