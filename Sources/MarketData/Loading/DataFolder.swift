import Diagnostics
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
    var listing = try FolderListing(path)
    var tables = MarketTables(settings: DataSettings(name: listing.baseName))
    readSettings(&listing, &tables)
    if let lag = options.releaseLag {
      tables.settings.releaseLags.removeAll { $0.series == "*" }
      tables.settings.releaseLags.append(SeriesReleaseLag(series: "*", lag: lag))
    }
    for file in listing.files { read(file, &tables) }
    return try tables.makeStore(strict: options.strict)
  }

  private func readSettings(_ listing: inout FolderListing, _ tables: inout MarketTables) {
    guard let path = listing.settingsPath else { return }
    tables.log.files.append(path)
    let place = RowPlace(file: Int32(tables.log.files.count - 1), line: 0)
    do {
      var reader = SettingsReader(path: path)
      reader.read(try FileBytes.read(path), &tables.settings)
      for (line, diagnostic) in reader.problems {
        tables.log.error(diagnostic, at: RowPlace(file: place.file, line: Int32(clamping: line)))
      }
    } catch {
      tables.log.error(.unreadableDataFile(path, error.text), at: place)
    }
  }

  private func read(_ file: FolderListing.File, _ tables: inout MarketTables) {
    tables.log.files.append(file.path)
    let number = Int32(tables.log.files.count - 1)
    let place = RowPlace(file: number, line: 0)
    if let reason = file.problem {
      tables.log.error(.unreadableDataFile(file.path, reason), at: place)
      return
    }
    do {
      let text = try FileText.read(file.path)
      text.withUnsafeBufferPointer { bytes in
        var reader = TableReader(bytes, file: file, number: number)
        reader.read(&tables)
      }
    } catch {
      tables.log.error(error, at: place)
    }
  }
}
