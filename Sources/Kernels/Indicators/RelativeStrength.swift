import MarketModel

/// Wilder's relative strength index, 0...100 (TA-Lib `RSI`).
///
/// 100 · gain / (gain + loss), both seeded with the mean of the first n moves, then smoothed with alpha 1/n. A missing
/// number gives itself and leaves the state: the next move is from the last present value.
public enum RelativeStrength {
  /// Fills `out[0..<count]`; first value at present observation n + 1; *division by zero* where nothing ever moved.
  public static func fill(
    length: Int, source: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>
  ) {
    precondition(length >= 1, "a length is at least 1")
    var gain = WilderMean(length: length)
    var loss = WilderMean(length: length)
    var before = Double.nan
    for index in 0..<count {
      let value = source[index]
      out[index] = value.isNaN ? value : .missing(.insufficientHistory)
      if value.isNaN { continue }
      if !before.isNaN {
        let move = value - before
        gain.add(move > 0 ? move : 0)
        loss.add(move < 0 ? -move : 0)
        if gain.isReady { out[index] = ratio(gain.value, loss.value) }
      }
      before = value
    }
  }

  private static func ratio(_ gain: Double, _ loss: Double) -> Double {
    let total = gain + loss
    return total == 0 ? .missing(.divisionByZero) : (100 * (gain / total)).settled
  }
}

/// Wilder's smoothing: the mean of the first n, then (previous · (n − 1) + next) / n.
struct WilderMean {
  private(set) var value = 0.0
  private var seen = 0
  private let length: Int

  init(length: Int) { self.length = length }

  /// Whether the first n have been seen.
  var isReady: Bool { seen >= length }

  /// Takes the next value.
  mutating func add(_ next: Double) {
    seen += 1
    if seen < length {
      value += next
    } else if seen == length {
      value = (value + next) / Double(length)
    } else {
      value = (value * Double(length - 1) + next) / Double(length)
    }
  }
}
