import MarketData
import Reporting

/// What loading found odd, in one line.
enum DefectSummary {
  /// `data defects: 12 zero_volume, 3 gap (see …)`; `nil` if there are none.
  static func line(_ report: LoadingReport) -> String? {
    let counts = report.counts
    if counts.isEmpty { return nil }
    let number = DisplayNumber(Console.messages)
    let list = counts.map { "\(number.count($0.count)) \($0.kind.rawValue)" }.joined(separator: ", ")
    return "data defects: \(list); `strat data check` lists them"
  }
}
