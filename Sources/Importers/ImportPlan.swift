public import MarketData

/// What an import adds to a target, found and checked before anything is written.
public struct ImportPlan: Sendable {
  /// The rows that the target lacks.
  public let additions: TableAdditions
  /// What is odd in the data set as it will be.
  public let report: LoadingReport

  /// Finds what is new, and loads the data set as it will be, so that nothing is added that could not be loaded again.
  ///
  /// - Parameter replacing: whether stored rows take the values of rows with their keys.
  public init(
    _ rows: consuming MarketTables, into existing: MarketTables, replacing: Bool = false
  ) throws(DataLoadingFailure) {
    var additions = try rows.additions(to: existing, replacing: replacing)
    let planned = try additions.applied(to: existing).makeStore()
    additions.barPeriods = planned.store.barPeriods
    self.additions = additions
    report = planned.report
  }
}
