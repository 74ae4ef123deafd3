import ArgumentParser
import MarketData

/// The options that say which data a command works on.
struct DataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The data folder; without it the built-in sample market.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("Release lag of macro series without release times, as 30d or 5bd.", valueName: "lag"))
  var releaseLag: String?

  @Flag(help: "Treat defects of the data as errors.")
  var strict = false

  /// Loads the folder, or makes the sample, which is said on standard error.
  func dataSet() throws(CommandFailure) -> DataSet {
    guard let data else {
      Console.note("data: the built-in sample market (synthetic); --data FOLDER takes your own")
      return DataSet(store: SampleMarket.store(), report: LoadingReport())
    }
    if data.contains("://") || data.hasPrefix("sqlite:") { throw .usage(.unknownSource(data)) }
    let options = DataFolder.Options(releaseLag: try lag(), strict: strict)
    do {
      let loaded = try DataFolder(data).load(options)
      return DataSet(store: loaded.store, report: loaded.report)
    } catch {
      throw CommandFailure(.data, error.diagnostics, count: error.count)
    }
  }

  /// The data set of a run; what loading found odd is said in one line on standard error.
  func store() throws(CommandFailure) -> MarketStore {
    let data = try dataSet()
    if let summary = DefectSummary.line(data.report) { Console.note(summary) }
    return data.store
  }

  private func lag() throws(CommandFailure) -> ReleaseLag? {
    guard let releaseLag else { return nil }
    guard let lag = ReleaseLag(releaseLag) else { throw .usage(.badReleaseLag(releaseLag)) }
    return lag
  }
}

/// A data set, with what was found odd while loading it.
struct DataSet {
  let store: MarketStore
  let report: LoadingReport
}
