import MarketData

/// What loading found odd, in one line.
enum DefectSummary {
  /// `data defects: 12 zero_volume, 3 gap; …`; `nil` if there are none.
  static func line(_ report: LoadingReport) -> String? {
    report.summary.map { "data defects: \($0); `strat data check` lists them" }
  }
}
