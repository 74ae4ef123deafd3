import MarketModel

/// Wilder's average directional index, 0...100 (TA-Lib `ADX`).
///
/// Directional moves and true ranges are summed over the first n − 1 moves, then smoothed as S − S/n + next; the index of
/// direction is averaged over its first n values, then smoothed by Wilder. A bar without range or direction leaves the
/// average as it was. A missing bar gives its reason and leaves the state.
public enum DirectionalIndex {
  /// Fills `out[0..<bars.count]`; first value at present bar 2n.
  public static func fill(length: Int, bars: Bars, into out: UnsafeMutablePointer<Double>) {
    precondition(length >= 1, "a length is at least 1")
    var state = State(length: length)
    var before: Int?
    for index in 0..<bars.count {
      if let reason = bars.missing(index) {
        out[index] = reason
        continue
      }
      if let before { state.add(bars, index, after: before) }
      out[index] = state.moves >= 2 * length - 1 ? state.average.settled : .missing(.insufficientHistory)
      before = index
    }
  }

  private struct State {
    let length: Int
    var up = 0.0
    var down = 0.0
    var range = 0.0
    var moves = 0
    var average = 0.0

    init(length: Int) { self.length = length }

    mutating func add(_ bars: Bars, _ index: Int, after before: Int) {
      moves += 1
      if moves >= length {
        up -= up / Double(length)
        down -= down / Double(length)
        range -= range / Double(length)
      }
      let rise = bars.high[index] - bars.high[before]
      let fall = bars.low[before] - bars.low[index]
      if fall > 0 && rise < fall {
        down += fall
      } else if rise > 0 && rise > fall {
        up += rise
      }
      range += bars.trueRange(index, after: before)
      if moves >= length { smooth(direction) }
    }

    /// 100 |up − down| / (up + down), or `nil` where nothing moved.
    private var direction: Double? {
      guard range != 0 else { return nil }
      let plus = 100 * (up / range)
      let minus = 100 * (down / range)
      let total = plus + minus
      return total == 0 ? nil : 100 * (abs(minus - plus) / total)
    }

    private mutating func smooth(_ direction: Double?) {
      let n = Double(length)
      if moves < 2 * length - 1 {
        average += direction ?? 0
      } else if moves == 2 * length - 1 {
        average = (average + (direction ?? 0)) / n
      } else if let direction {
        average = (average * (n - 1) + direction) / n
      }
    }
  }
}
