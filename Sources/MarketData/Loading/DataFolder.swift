import Codecs
import Diagnostics
import FileSystem
import MarketModel

/// A folder of data files: prices, series, curves, flows, universes, actions, and an optional `dataset.yaml`.
public struct DataFolder: Sendable {
  /// The path as given.
  public let path: String

  /// Names a folder; nothing is read yet.
  public init(_ path: String) { self.path = path }

  /// How to load.
  public struct Options: Sendable {
    /// The release lag of macro series without release times (`--release-lag`); takes the place of `*` in the settings.
    public var releaseLag: ReleaseLag?
    /// Whether defects are errors.
    public var strict = false

    /// Options.
    public init(releaseLag: ReleaseLag? = nil, strict: Bool = false) {
      self.releaseLag = releaseLag
      self.strict = strict
    }
  }

  /// Reads and checks all files.
  public func load(_ options: Options = Options()) throws(DataLoadingFailure) -> LoadedData {
    try read(try FolderListing(path), options) { _, _ in }
  }

  /// Reads and checks the files of a listing; tells the checksum of what each held.
  func read(
    _ listing: FolderListing, _ options: Options, _ noteChecksum: (String, UInt64) -> Void
  ) throws(DataLoadingFailure) -> LoadedData {
    let tables = tables(listing, options, noteChecksum)
    return try tables.makeStore(strict: options.strict)
  }

  /// The rows of all files as they stand there; what is wrong with them is said when a data set is made of them.
  public func tables(_ options: Options = Options()) throws(DataLoadingFailure) -> MarketTables {
    tables(try FolderListing(path), options) { _, _ in }
  }

  /// The rows of all files, and the settings; no rows if there is no file yet.
  public func tablesIfAny() throws(DataLoadingFailure) -> MarketTables {
    tables(try FolderListing(path, mayBeEmpty: true), Options()) { _, _ in }
  }

  private func tables(
    _ listing: FolderListing, _ options: Options, _ noteChecksum: (String, UInt64) -> Void
  ) -> MarketTables {
    var tables = MarketTables(settings: DataSettings(name: listing.baseName))
    readSettings(listing, &tables, noteChecksum)
    tables = tables.withLag(options.releaseLag)
    for file in listing.files { read(file, &tables, noteChecksum) }
    if tables.settings.barDates == .start { _ = tables.redateStartDatedBars() }
    return tables
  }

  private func readSettings(
    _ listing: FolderListing, _ tables: inout MarketTables, _ noteChecksum: (String, UInt64) -> Void
  ) {
    guard let path = listing.settingsPath else { return }
    tables.log.files.append(path)
    let place = RowPlace(file: Int32(tables.log.files.count - 1), line: 0)
    do {
      var reader = SettingsReader(path: path)
      let bytes = try OpenFile.contents(path, upTo: SettingsReader.largest)
      noteChecksum(path, bytes.withUnsafeBytes { BlockChecksum.of($0) })
      reader.read(bytes, &tables.settings)
      for (line, diagnostic) in reader.problems {
        tables.log.error(diagnostic, at: RowPlace(file: place.file, line: Int32(clamping: line)))
      }
    } catch {
      tables.log.error(.unreadableDataFile(path, error.text), at: place)
    }
  }

  private func read(
    _ file: FolderListing.File, _ tables: inout MarketTables, _ noteChecksum: (String, UInt64) -> Void
  ) {
    tables.log.files.append(file.path)
    let number = Int32(tables.log.files.count - 1)
    let place = RowPlace(file: number, line: 0)
    if let reason = file.problem {
      tables.log.error(.unreadableDataFile(file.path, reason), at: place)
      return
    }
    do {
      var reader = TableReader(file, number: number)
      try FileText.forEachBlock(file.path) {
        noteChecksum(file.path, $0)
      } _: { lines, slack in
        reader.read(lines, slack: slack, into: &tables)
      }
      reader.finish(&tables)
    } catch {
      tables.log.error(error, at: place)
    }
  }
}
