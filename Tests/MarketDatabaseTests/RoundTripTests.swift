import Diagnostics
import Foundation
import Importers
import MarketDatabase
import TestServers
import Testing

@testable import MarketData

/// A data set that was imported into a database is the one that it was imported from.
@Suite struct RoundTripTests {
  /// Imports a folder, and compares what comes back with what the folder gives, bit for bit.
  private func check(
    _ folder: String, _ backend: Backend, _ options: DataFolder.Options = .init(), isThorough: Bool = true
  ) throws {
    let scratch = try Scratch(backend)
    let tables = try DataFolder(folder).tables(options)
    let rows = tables.rowCount
    let source = try tables.makeStore()
    let first = try scratch.take(folder)
    #expect(first[0] + first[1] == rows)
    let loaded = try scratch.load(nil, options)
    #expect(loaded.store.fingerprint == source.store.fingerprint)
    #expect(try image(loaded.store) == image(source.store))
    #expect(loaded.store.settings.name == source.store.settings.name)
    #expect(loaded.store.unexplainedAdjustments == source.store.unexplainedAdjustments)
    // A database has no order of rows and none twice; everything else that is odd is found there, too.
    for (kind, count) in source.report.counts where kind != .duplicateRow && kind != .unordered {
      #expect(loaded.report.count(of: kind) == count, "\(kind)")
    }
    if !isThorough { return }
    let second = try scratch.take(folder)
    #expect(second == [0, rows])
    // Back in a folder it still is the same; a cell that was no price is empty there.
    try loaded.store.write(to: scratch.path("back"))
    #expect(try DataFolder(scratch.path("back")).load(options).store.fingerprint == source.store.fingerprint)
  }

  @Test(arguments: Backend.available) func theSampleMarket(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try SampleMarket.store().write(to: scratch.path("sample"))
    try check(scratch.path("sample"), backend)
  }

  @Test(arguments: Backend.available, HandMadeFolders.all.map(\.name))
  func handMadeFolders(_ backend: Backend, _ name: String) throws {
    let scratch = try Scratch(backend)
    let files = try #require(HandMadeFolders.all.first { $0.name == name }).files
    try check(try scratch.write(files), backend)
  }

  @Test(arguments: Backend.available) func aLagThatIsGivenForTheRun(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let folder = try scratch.write(HandMadeFolders.mixed)
    try check(folder, backend, DataFolder.Options(releaseLag: ReleaseLag("3d")))
  }

  @Test(
    .enabled(if: SharedFolders.root != nil, "the shared data folders are not there"), arguments: Backend.available,
    // The largest takes the released program a moment: see `SourcesTests`.
    ["us_raw", "brazil", "fx", "euro_area"])
  func realFolders(_ backend: Backend, _ name: String) throws {
    let folder = try #require(SharedFolders.root) + "/" + name
    try check(folder, backend, isThorough: false)
  }

  @Test(arguments: Backend.available) func aStrictLoadRefusesDefects(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.take(try scratch.write(HandMadeFolders.mixed))
    let found = codes { _ = try scratch.load(nil, DataFolder.Options(strict: true)) }
    #expect(!found.isEmpty && found.allSatisfy { $0 == "E0723" }, "\(found)")
  }
}
