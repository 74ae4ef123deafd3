import ArgumentParser
import Databases
import MarketData
import MarketDatabase
import REPL

/// The options that say which data a command works on.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A data folder, sqlite:PATH or postgres://…; without it the sample market.", valueName: "data"))
  var data: String?

  @Option(help: ArgumentHelp("Release lag of macro series without release times, as 30d or 5bd.", valueName: "lag"))
  var releaseLag: String?

  @Flag(help: "Treat defects of the data as errors.")
  var strict = false

  @Flag(help: "Read the data files themselves, and keep no copy that opens faster.")
  var noCache = false

  /// Whether every defect will be listed, which the cache does not keep.
  var listsDefects = false

  private enum CodingKeys: CodingKey {
    case data, releaseLag, strict, noCache
  }

  /// Loads the folder, or makes the sample, which is said on standard error.
  func dataSet() throws(CommandFailure) -> DataSet {
    guard let data else {
      Console.note("data: the built-in sample market (synthetic); --data FOLDER takes your own")
      return DataSet(store: SampleMarket.store(cache: noCache ? nil : .ofUser), report: LoadingReport())
    }
    let options = DataFolder.Options(releaseLag: try lag(), strict: strict)
    if DatabaseLocation.isMeant(by: data) { return try stored(data, options) }
    if data.contains("://") { throw .usage(.unknownSource(data)) }
    do {
      let loaded = try DataFolder(data).load(options, cache: noCache || listsDefects ? nil : .ofUser)
      Console.report(loaded.warnings)
      return DataSet(store: loaded.store, report: loaded.report)
    } catch {
      throw CommandFailure(.data, error.diagnostics, count: error.count)
    }
  }

  /// Loads the data set that an address of a database names.
  private func stored(_ address: String, _ options: DataFolder.Options) throws(CommandFailure) -> DataSet {
    let location: DatabaseLocation
    do throws(DatabaseError) { location = try DatabaseLocation(address) } catch { throw .usage(error.diagnostic) }
    do throws(DataLoadingFailure) {
      let loaded = try DatabaseMarket.load(location, options)
      return DataSet(store: loaded.store, report: loaded.report)
    } catch { throw CommandFailure(.data, error.diagnostics, count: error.count) }
  }

  /// The data set of a run; what loading found odd is said in one line on standard error.
  func store() throws(CommandFailure) -> MarketStore {
    let data = try dataSet()
    if let summary = DefectSummary.line(data.report) { Console.note(summary) }
    return data.store
  }

  /// The data of a session, which loads them itself and may load them again.
  func sessionData() throws(CommandFailure) -> SessionData {
    guard let folder = data else {
      return SessionData(
        name: "the built-in sample market (synthetic)", SampleMarket.store(cache: noCache ? nil : .ofUser))
    }
    if folder.contains("://") || folder.hasPrefix("sqlite:") { throw .usage(.unknownSource(folder)) }
    _ = try lag()
    return SessionData(name: folder) { () throws(SessionDataFailure) in
      do throws(CommandFailure) { return try store() } catch { throw SessionDataFailure(error.diagnostics) }
    } stamp: {
      FolderStamp.of(folder)
    }
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
