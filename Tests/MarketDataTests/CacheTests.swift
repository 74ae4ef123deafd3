import Codecs
import Diagnostics
import MarketModel
import Testing

@testable import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder with something of every kind, and a cache folder of its own.
final class CachedFolder {
  let data: ScratchFolder
  let cacheRoot = ScratchFolder([:])
  var cache: CacheFolder { CacheFolder(cacheRoot.path + "/kept") }

  init(rows: Int = 40) {
    var prices = "ticker,date,open,high,low,close,volume,adjusted_close\n"
    for row in 0..<rows {
      let day = Day(rawValue: 16_000 + Int32(row))
      prices += "AAA,\(day),\(row + 1),\(row + 3),\(row),\(row + 2),\(row * 10),\(Double(row + 2) / 2)\n"
      prices += "BBB,\(day),,,,\(row + 5),,\n"
    }
    data = ScratchFolder([
      "prices/p.csv": prices,
      "series/s.csv": "series,observation_date,release_time,value,revision\n"
        + "CPI,2013-12-01,2014-01-15T13:30:00Z,1.5,0\nCPI,2013-12-01,2014-02-15T13:30:00Z,1.6,1\n"
        + "CPI,2014-01-01,2014-02-15T13:30:00.5Z,,0\n",
      "flows/f.csv.gz": "series,observation_date,value\nCOT,2014-01-07,100\nCOT,2014-01-14,\n",
      "curves/c.csv":
        "curve,date,tenor_days,rate\nUST,2014-01-02,365,0.1\nUST,2014-01-02,3650,3\nUST,2014-01-03,365,\n",
      "universes/u.csv": "universe,ticker,start,end\nALL,AAA,,\nALL,ZZZ,2013-01-01,2014-01-01\n",
      "actions/a.csv": "ticker,ex_date,delisting_price\nAAA,2014-01-20,3.5\n",
      "dataset.yaml": "name: mixed\ndecision_time: 16:00 America/New_York\ncalendar: AAA\naliases:\n  A: AAA\n",
    ])
  }

  func load(_ options: DataFolder.Options = .init()) throws -> LoadedData {
    try DataFolder(data.path).load(options, cache: cache)
  }

  /// The paths of all files that the cache folder holds.
  var files: [String] {
    guard let stream = opendir(cache.path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(cache.path + "/" + name) }
    }
    return names.sorted()
  }

  var bytes: [UInt8] { (files.first.flatMap { try? FileBytes.read($0) }) ?? [] }

  func replace(_ bytes: [UInt8]) {
    guard let path = files.first, let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}

/// Everything that a script could see of a data set, as text that shows the bits.
func dump(_ store: MarketStore) -> [String] {
  func bits(_ column: Column<Double>) -> String {
    column.buffer.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
  }
  func whole<Number>(_ column: Column<Number>) -> String { column.buffer.map { "\($0)" }.joined(separator: " ") }
  var lines = ["\(store.settings)", "\(store.priceSpan as Any) \(store.hasOpens) \(store.hasWeekendRows)"]
  lines.append(whole(store.calendar.sessions))
  for instrument in store.instruments {
    let history = store.prices(instrument.id)
    lines.append("\(instrument) \(history.listings)")
    lines += [whole(history.days), whole(history.listingStart)]
    lines += [
      history.open, history.high, history.low, history.close, history.volume, history.adjustedClose, history.level,
      history.openLevel, history.highLevel, history.lowLevel, history.volumeLevel, history.splitFactor,
    ].map(bits)
  }
  for series in SeriesKind.allCases.flatMap({ store.series($0) }) {
    lines += [series.code, whole(series.observations), whole(series.releases), bits(series.values)]
    lines += [whole(series.revisionNumbers), whole(series.isGiven), whole(series.knownDays)]
  }
  for curve in store.curves {
    lines += [curve.name, whole(curve.dates), whole(curve.starts), whole(curve.tenors), bits(curve.rates)]
    lines += [whole(curve.releases), whole(curve.isGiven), whole(curve.firstReleases)]
  }
  return lines + store.universes.map { "\($0)" } + store.actions.map { "\($0)" }
}

/// A data set from the cache is the one from its files.
@Suite struct CacheTests {
  /// Checks that a load gives what the files give, by the cache or not, and says nothing unless expected.
  private func check(
    _ folder: CachedFolder, isKept: Bool, warns: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let fresh = try folder.data.load()
    let loaded = try folder.load()
    #expect(loaded.warnings.map(\.code) == warns, "\(loaded.warnings)", sourceLocation: sourceLocation)
    #expect(dump(loaded.store) == dump(fresh.store), sourceLocation: sourceLocation)
    #expect(loaded.store.takenFingerprint == fresh.store.fingerprint, sourceLocation: sourceLocation)
    #expect(loaded.store.fingerprint == fresh.store.fingerprint, sourceLocation: sourceLocation)
    #expect(loaded.report.summary == fresh.report.summary, sourceLocation: sourceLocation)
    // Only what came from the cache has counts without places.
    #expect((loaded.report.defects.isEmpty && loaded.report.total > 0) == isKept, sourceLocation: sourceLocation)
  }

  @Test func theSecondLoadIsTheFirst() throws {
    let folder = CachedFolder()
    try check(folder, isKept: false)
    try check(folder, isKept: true)
    #expect(folder.files.count == 1)
  }

  @Test(
    .enabled(if: SharedFolders.exist, "the shared data folders are not there"),
    arguments: [
      "us", "us_raw", "brazil", "fx", "euro_area",
    ])
  func realFoldersAreTheSame(_ name: String) throws {
    let root = ScratchFolder([:])
    let folder = DataFolder((SharedFolders.root ?? "") + "/" + name)
    let fresh = try folder.load(.init(), cache: CacheFolder(root.path))
    let kept = try folder.load(.init(), cache: CacheFolder(root.path))
    #expect(kept.report.defects.isEmpty && kept.report.summary == fresh.report.summary)
    #expect(kept.store.takenFingerprint == fresh.store.fingerprint && kept.store.fingerprint == fresh.store.fingerprint)
    #expect(dump(kept.store) == dump(fresh.store))
  }

  @Test func aLagHasACacheOfItsOwn() throws {
    let folder = CachedFolder()
    folder.data.write("series/l.csv", Array("series,observation_date,value\nLAG,2014-01-01,1\n".utf8))
    let short = try folder.load(.init(releaseLag: ReleaseLag("1d"))).store
    let long = try folder.load(.init(releaseLag: ReleaseLag("9d"))).store
    #expect(short.fingerprint != long.fingerprint && folder.files.count == 2)
    #expect(try folder.load(.init(releaseLag: ReleaseLag("1d"))).store.fingerprint == short.fingerprint)
    #expect(throws: DataLoadingFailure.self) { try folder.load() }
  }

  @Test func strictListsTheDefectsOfAKeptDataSet() throws {
    let folder = CachedFolder()
    _ = try folder.load()
    do {
      _ = try folder.load(.init(strict: true))
      Issue.record("a data set with defects was loaded under strict")
    } catch let failure as DataLoadingFailure {
      #expect(failure.diagnostics.allSatisfy { $0.code == "E0723" } && failure.count > 0)
    }
  }

  // MARK: - Changes

  @Test(arguments: [
    ("prices/p.csv", "ticker,date,close\nAAA,2014-01-02,7\nBBB,2014-01-04,8\n"),
    ("prices/new.csv", "ticker,date,close\nCCC,2014-01-02,7\n"),
    ("dataset.yaml", "name: other\ncalendar: BBB\n"),
    ("universes/u.csv", "universe,ticker,start,end\nALL,BBB,,\n"),
  ])
  func aChangedSourceIsReadAgain(_ file: String, _ text: String) throws {
    let folder = CachedFolder()
    try check(folder, isKept: false)
    folder.data.write(file, Array(text.utf8))
    try check(folder, isKept: false)
    try check(folder, isKept: true)
  }

  @Test func aRemovedSourceIsMissed() throws {
    let folder = CachedFolder()
    try check(folder, isKept: false)
    unlink(folder.data.path + "/series/s.csv")
    try check(folder, isKept: false)
  }

  @Test func contentsBehindTheOldTimeAndSizeAreSeen() throws {
    let folder = CachedFolder()
    let path = folder.data.path + "/universes/u.csv"
    try check(folder, isKept: false)
    usleep(50_000)
    try check(folder, isKept: true)
    var status = stat()
    #expect(stat(path, &status) == 0)
    folder.data.write(
      "universes/u.csv", Array("universe,ticker,start,end\nALL,BBB,,\nALL,ZZZ,2013-01-01,2014-01-01\n".utf8))
    #if canImport(Glibc)
      let times = [status.st_atim, status.st_mtim]
    #else
      let times = [status.st_atimespec, status.st_mtimespec]
    #endif
    #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
    try check(folder, isKept: false)
    try check(folder, isKept: true)
  }

  @Test func sameContentsUnderNewInodesAreKept() throws {
    let folder = CachedFolder()
    try check(folder, isKept: false)
    usleep(50_000)
    chmod(folder.data.path + "/prices/p.csv", 0o600)
    try check(folder, isKept: true)
    try check(folder, isKept: true)
  }
}

/// A cache file that is not what was written is never used.
@Suite struct DamagedCacheTests {
  private func check(_ damage: (inout [UInt8]) -> Void, warns: [String], _ what: String) throws {
    let folder = CachedFolder()
    let fresh = try folder.load()
    var bytes = folder.bytes
    damage(&bytes)
    folder.replace(bytes)
    let loaded = try folder.load()
    #expect(loaded.warnings.map(\.code) == warns, "\(what)")
    #expect(!loaded.report.defects.isEmpty, "\(what): it was not read from its files")
    #expect(dump(loaded.store) == dump(fresh.store), "\(what)")
    let again = try folder.load()
    #expect(again.warnings.isEmpty && again.report.defects.isEmpty, "\(what): it was not kept anew")
  }

  @Test func everyFlippedBitIsFound() throws {
    let length = try {
      let folder = CachedFolder(); _ = try folder.load(); return folder.bytes.count
    }()
    var state: UInt64 = 7
    // The header's numbers, and places all over the rest; the zeros between header and payload hold nothing.
    for round in 0..<120 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let inHeader = round < 40
      let offset =
        Int(state >> 33) % (inHeader ? 48 : length - CacheFormat.payload) + (inHeader ? 0 : CacheFormat.payload)
      // The version stands in the second word: another one is not damage.
      let isVersion = (8..<16).contains(offset)
      try check({ $0[offset] ^= 1 << UInt8(state >> 29 & 7) }, warns: isVersion ? [] : ["W0751"], "byte \(offset)")
    }
  }

  @Test(arguments: [0, 1, 47, 4095, 4096, 5000, -1, -8, -100])
  func aShortFileIsFound(_ length: Int) throws {
    try check(
      { $0 = Array($0.prefix(length < 0 ? $0.count + length : length)) }, warns: length == 0 ? [] : ["W0751"],
      "\(length) bytes")
  }

  @Test func aLongFileIsFound() throws { try check({ $0 += [0, 0, 0] }, warns: ["W0751"], "longer") }

  @Test func zerosAreFound() throws {
    try check({ $0 = Array(repeating: 0, count: $0.count) }, warns: ["W0751"], "zeros")
  }

  @Test func anotherVersionIsReplacedWithoutAWord() throws {
    try check({ $0[8] = 99 }, warns: [], "version 99")
  }

  @Test func aDirectoryThatMakesNoSenseIsFound() throws {
    // Its checksums are right: only its numbers are wrong.
    var state: UInt64 = 3
    for _ in 0..<200 {
      let folder = CachedFolder(rows: 3)
      _ = try folder.load()
      var bytes = folder.bytes
      bytes.withUnsafeMutableBytes { memory in
        let directory = Int(memory.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
        let end = Int(memory.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = directory + Int(state >> 33) % ((end - directory) / 8) * 8
        memory.storeBytes(of: state, toByteOffset: place, as: UInt64.self)
        seal(memory, end)
      }
      folder.replace(bytes)
      _ = try folder.load()
    }
  }

  /// Makes all checksums right again.
  private func seal(_ memory: UnsafeMutableRawBufferPointer, _ end: Int) {
    let table = CacheFormat.payload..<end
    let sum = BlockChecksum.of(UnsafeRawBufferPointer(rebasing: memory[table]))
    memory.storeBytes(of: sum, toByteOffset: end, as: UInt64.self)
    let header = CacheFormat.Header(
      payloadEnd: UInt64(end), directory: memory.loadUnaligned(fromByteOffset: 24, as: UInt64.self),
      tableChecksum: BlockChecksum.of(UnsafeRawBufferPointer(rebasing: memory[end...])))
    for (place, word) in header.words.enumerated() {
      memory.storeBytes(of: word, toByteOffset: 8 * place, as: UInt64.self)
    }
  }

  @Test func aFolderThatCannotBeWrittenIsNoHindrance() throws {
    let folder = CachedFolder()
    folder.cacheRoot.write("file", [])
    for path in [folder.cacheRoot.path + "/file", folder.cacheRoot.path + "/file/below"] {
      let loaded = try DataFolder(folder.data.path).load(.init(), cache: CacheFolder(path))
      #expect(loaded.warnings.map(\.code) == ["W0752"])
      #expect(dump(loaded.store) == dump(try folder.data.load().store))
    }
  }

  @Test func whatAKilledBuilderLeftIsSweptAndOneInTheMakingIsNot() throws {
    let folder = CachedFolder()
    _ = try folder.load()
    let path = try #require(folder.files.first)
    for ending in [".aaaaaa", ".bbbbbb"] {
      let file = open(path + ending, O_CREAT | O_RDWR, 0o600)
      #expect(file >= 0)
      if ending == ".aaaaaa" { close(file) } else { #expect(flock(file, LOCK_EX) == 0) }
    }
    folder.data.write("prices/new.csv", Array("ticker,date,close\nCCC,2014-01-02,7\n".utf8))
    _ = try folder.load()
    #expect(folder.files == [path, path + ".bbbbbb"])
  }

  @Test func manyBuildersAtOnceDoNotDisturbEachOther() async throws {
    let folder = CachedFolder(rows: 300)
    let expected = try folder.data.load().store.fingerprint
    let (path, cache) = (folder.data.path, folder.cache)
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<6).map { round in
            if round % 3 == 2 { unlink(cache.path + "/none") }
            guard let loaded = try? DataFolder(path).load(.init(), cache: cache), loaded.warnings.isEmpty else {
              return "failed"
            }
            return loaded.store.takenFingerprint
          }
        }
      }
      for await results in group { #expect(results.allSatisfy { $0 == expected }) }
    }
    #expect(folder.files.count == 1)
  }
}
