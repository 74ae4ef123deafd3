import MarketModel
import Testing

@testable import MarketData

/// The sample market from the cache.
@Suite struct SampleCacheTests {
  @Test func theKeptSampleIsTheSample() throws {
    let folder = CachedFolder()
    let made = SampleMarket.store(cache: folder.cache)
    #expect(folder.files.count == 1)
    let kept = SampleMarket.store(cache: folder.cache)
    #expect(dump(kept) == dump(made))
    #expect(kept.fingerprint == made.fingerprint)
  }

  @Test func aDamagedCacheIsMadeAnew() throws {
    let folder = CachedFolder()
    _ = SampleMarket.store(cache: folder.cache)
    let whole = folder.bytes
    var damaged = whole
    damaged[damaged.count / 2] ^= 1
    folder.replace(damaged)
    #expect(dump(SampleMarket.store(cache: folder.cache)) == dump(SampleMarket.store()))
    #expect(folder.bytes == whole)
    folder.replace(Array(whole.prefix(100)))
    #expect(dump(SampleMarket.store(cache: folder.cache)) == dump(SampleMarket.store()))
    #expect(folder.bytes == whole)
  }

  @Test func aFolderThatCannotBeMadeIsNoMatter() {
    let folder = CachedFolder()
    folder.data.write("file", [])
    let store = SampleMarket.store(cache: CacheFolder(folder.data.path + "/file/below"))
    #expect(dump(store) == dump(SampleMarket.store()))
  }
}
