import Diagnostics
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

extension ImportTarget {
  /// Writes what a plan adds, and gives the plan that was carried out: one made anew where another import came first.
  public mutating func carryOut(
    _ plan: ImportPlan, of rows: MarketTables, replacing: Bool = false
  ) throws(DataLoadingFailure) -> ImportPlan {
    if plan.additions.isEmpty { return plan }
    var plan = plan
    if try !reporting({ target throws(Diagnostic) in try target.prepare() }) {
      plan = try ImportPlan(rows, into: try existing(), replacing: replacing)
    }
    let additions = plan.additions
    if !additions.isEmpty { try reporting { target throws(Diagnostic) in try target.apply(additions) } }
    return plan
  }

  private mutating func reporting<Result>(
    _ work: (inout Self) throws(Diagnostic) -> Result
  ) throws(DataLoadingFailure) -> Result {
    do throws(Diagnostic) { return try work(&self) } catch { throw DataLoadingFailure(error) }
  }
}
