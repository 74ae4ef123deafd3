extension MarketTables {
  /// Checks the rows and builds the data set.
  public consuming func makeStore(strict: Bool = false) throws(DataLoadingFailure) -> LoadedData {
    throw DataLoadingFailure(diagnostics: [], count: 0)
  }
}
