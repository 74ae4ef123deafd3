import ArgumentParser
import Databases
import Importers
import MarketData
import MarketDatabase
import REPL

/// The options that say which data a command works on.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A data folder, a file of prices, sqlite:PATH or postgres://…; without it the sample market.", valueName: "data"))
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
    if data.contains("://") { throw .usage(.unknownSource(Self.withoutSecrets(data))) }
    if DataFile.isMeant(by: data) { return try file(data, options) }
    do {
      let loaded = try DataFolder(data).load(options, cache: noCache || listsDefects ? nil : .ofUser)
      Console.report(loaded.warnings)
      return DataSet(store: loaded.store, report: loaded.report)
    } catch {
      throw CommandFailure(.data, error.diagnostics, count: error.count)
    }
  }

  /// Loads a single file; what was not understood of it is said.
  private func file(_ path: String, _ options: DataFolder.Options) throws(CommandFailure) -> DataSet {
    do throws(DataLoadingFailure) {
      let loaded = try DataFile(path).load(options)
      for remark in loaded.remarks { Console.note(remark) }
      return DataSet(store: loaded.data.store, report: loaded.data.report)
    } catch { throw CommandFailure(.data, error.diagnostics, count: error.count) }
  }

  /// Loads the data set that an address of a database names.
  private func stored(_ address: String, _ options: DataFolder.Options) throws(CommandFailure) -> DataSet {
    let location = try Self.location(address)
    do throws(DataLoadingFailure) {
      let loaded = try DatabaseMarket.load(location, options)
      return DataSet(store: loaded.store, report: loaded.report)
    } catch { throw CommandFailure(.data, error.diagnostics, count: error.count) }
  }

  /// The database of an address.
  static func location(_ address: String) throws(CommandFailure) -> DatabaseLocation {
    do throws(DatabaseError) { return try DatabaseLocation(address) } catch { throw .usage(error.diagnostic) }
  }

  /// The kind of an address alone: the rest may hold a password.
  static func withoutSecrets(_ address: String) -> String {
    address.contains("@") ? String(address.prefix { $0 != "/" }) + "//…" : address
  }

  /// The data set of a run; what loading found odd is said in one line on standard error.
  func store() throws(CommandFailure) -> MarketStore {
    let data = try dataSet()
    if let summary = DefectSummary.line(data.report) { Console.note(summary) }
    if let notes = DefectSummary.notes(data.report) { Console.note(notes) }
    return data.store
  }

  /// The data of a session, which loads them itself and may load them again.
  func sessionData() throws(CommandFailure) -> SessionData {
    guard let data else {
      return SessionData(
        name: "the built-in sample market (synthetic)", SampleMarket.store(cache: noCache ? nil : .ofUser))
    }
    _ = try lag()
    let load = { () throws(SessionDataFailure) -> MarketStore in
      do throws(CommandFailure) { return try store() } catch { throw SessionDataFailure(error.diagnostics) }
    }
    if DatabaseLocation.isMeant(by: data) {
      let location = try Self.location(data)
      let watch = DatabaseWatch(location)
      return SessionData(name: location.description, load: load) { watch.stamp }
    }
    if data.contains("://") { throw .usage(.unknownSource(Self.withoutSecrets(data))) }
    return SessionData(name: data, load: load) { FolderStamp.of(data) }
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
