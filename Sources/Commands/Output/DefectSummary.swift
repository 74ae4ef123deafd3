import MarketData

/// What loading found odd, in one line.
enum DefectSummary {
  /// `data defects: 12 zero_volume, 3 gap; …`; `nil` if there are none.
  static func line(_ report: LoadingReport) -> String? {
    guard let summary = report.summary else { return nil }
    let swapped = report.notes.filter { $0.kind == .datesSwapped }.summaries.map { " (\($0))" }.joined()
    return "data defects: \(summary)\(swapped); `strat data check` lists them"
  }

  /// What else is to be known of the data set, in one line; `nil` if there is nothing.
  ///
  /// - Parameter said: a kind of note that is told elsewhere.
  static func notes(_ report: LoadingReport, besides said: LoadingNote.Kind? = nil) -> String? {
    let notes = report.notes.filter { $0.kind != .datesSwapped && $0.kind != said }.summaries
    return notes.isEmpty ? nil : "data: \(notes.joined(separator: "; ")); `strat data check` says more"
  }
}
