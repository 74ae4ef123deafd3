import Diagnostics

extension SampleMarket {
  /// The sample as a data set, from the cache where it is kept; else it is made, and kept for the next time.
  ///
  /// The data set is the same either way, bit for bit: the cache is keyed by the fingerprint that the sample has. A cache
  /// that is damaged or cannot be written costs time and nothing else, so it is not spoken of.
  public static func store(cache: CacheFolder?) -> MarketStore {
    guard let cache, let sources = SourceFiles([]) else { return store() }
    let file = cache.file(for: "sample\t\(fingerprint)")
    if let kept = try? kept(file) { return kept }
    let made = store()
    do throws(CacheFileWriter.Failure) {
      try cache.make()
      cache.sweep()
      var compiler = CacheCompiler(made, LoadingReport(), sources)
      try compiler.write(to: file)
    } catch {}
    return made
  }

  private static func kept(_ file: String) throws(CacheFormat.Damage) -> MarketStore? {
    guard var cached = try CachedData(file) else { return nil }
    let store = try cached.load().store
    return store.fingerprint == fingerprint ? store : nil
  }
}
