import Diagnostics
import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension DataFolder {
  /// Loads the folder from the cache where it holds what the files hold now; else reads all files and keeps the result.
  ///
  /// The data set is the same either way, bit for bit. A cache is used only if every byte of it has its checksum and
  /// every source has the size, the time and, where those leave a doubt, the contents that were read; whatever is
  /// damaged or stale is built anew. Under `strict` a data set with defects is read from its files.
  public func load(_ options: Options, cache: CacheFolder?) throws(DataLoadingFailure) -> LoadedData {
    guard let cache else { return try load(options) }
    let listing = try FolderListing(path)
    guard let key = CacheKey(listing, options), var now = SourceFiles(key.paths) else { return try load(options) }
    let file = cache.file(for: key.text)
    var problems: [Diagnostic] = []
    do throws(CacheFormat.Damage) {
      if let kept = try DataFolder.kept(file, key, now), !(options.strict && kept.data.report.total > 0) {
        // Where the new stamps cannot be kept, the files are just looked at again the next time.
        if let renewed = kept.renewed { _ = DataFolder.keep(kept.data, renewed, file, cache) }
        return kept.data
      }
    } catch {
      if error != .otherVersion { problems.append(.damagedCache(file, error.rawValue)) }
    }
    let data = try read(listing, options) { path, checksum in now.note(checksum, of: key.absolute(path)) }
    if let zone = data.store.settings.decisionTime?.zone.name {
      for path in ZoneRules.files(zone) { now.add(path) }
    }
    // What changed while it was read is not kept.
    if now.areUnchanged { problems += DataFolder.keep(data, now, file, cache) }
    return data.with(problems)
  }

  /// The data set of a cache file, if its sources are as they were; with new stamps where only their times differ.
  private static func kept(
    _ file: String, _ key: CacheKey, _ now: SourceFiles
  ) throws(CacheFormat.Damage) -> (data: LoadedData, renewed: SourceFiles?)? {
    guard var cached = try CachedData(file) else { return nil }
    guard cached.sources.stamps.prefix(key.paths.count).map(\.path) == key.paths else { return nil }
    switch cached.sources.verdict() {
    case .changed: return nil
    case .same: return (try cached.load(), nil)
    case .unclear: return (try cached.load(), cached.sources.renewed)
    }
  }

  /// Writes a data set to the cache; says so if it cannot be.
  private static func keep(
    _ data: LoadedData, _ sources: SourceFiles, _ file: String, _ cache: CacheFolder
  ) -> [Diagnostic] {
    do throws(CacheFileWriter.Failure) {
      try cache.make()
      cache.sweep()
      var compiler = CacheCompiler(data.store, data.report, sources)
      try compiler.write(to: file)
      return []
    } catch { return [.cacheNotWritten(cache.path, error.text)] }
  }
}

/// By what a data set is known in the cache, and the files that it is made of.
private struct CacheKey {
  let text: String
  /// The absolute paths of all files, in the order of loading.
  let paths: [String]
  private let root: String
  private let given: String

  init?(_ listing: FolderListing, _ options: DataFolder.Options) {
    guard let resolved = realpath(listing.root, nil) else { return nil }
    defer { free(resolved) }
    given = listing.root
    root = String(cString: resolved)
    let own = listing.files.allSatisfy { $0.problem == nil }
    if !own { return nil }
    let all = (listing.settingsPath.map { [$0] } ?? []) + listing.files.map(\.path)
    let (given, root) = (given, root)
    paths = all.map { root + $0.dropFirst(given.count) }
    text = "folder\t\(root)\t\(listing.baseName)\t\(options.releaseLag?.description ?? "")"
  }

  /// The absolute path of a listed file.
  func absolute(_ path: String) -> String { root + path.dropFirst(given.count) }
}
