import Diagnostics
import Importers
import MarketData
import MarketModel
import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The first byte names the format, or none; the second what the user says beside it; the others are the file.
///
/// What is imported is written into a data folder that has rows of its own, and must load: an import never writes what
/// loading refuses.
enum ImporterFuzzing {
  /// Names of files: some formats tell what is in a file, or how it is packed, by its name.
  private static let names = ["SPY.csv", "2020-01.csv", "f.zip", "f.csv.gz"]
  private static let lags = ["45d", "12bd"]

  /// A folder to import from and one to import into.
  private static let folder: String = {
    guard let path = TemporaryFolder.makeFolder("strat-fuzz-import") else { preconditionFailure("no temporary folder") }
    mkdir(path + "/in", 0o700)
    mkdir(path + "/into", 0o700)
    return path
  }()

  static func run(_ bytes: [UInt8]) -> Int {
    guard bytes.count >= 2 else { return 0 }
    let format = Int(bytes[0]) % (Importer.all.count + 1)
    let choices = bytes[1]
    let path = folder + "/in/" + names[Int(choices & 3)]
    FuzzFile.write(path, Array(bytes.dropFirst(2)))
    defer { unlink(path) }
    var session = ImportSession(
      format: format == 0 ? nil : Importer.all[format - 1],
      options: Importer.Options(
        releaseLag: choices & 4 == 0 ? nil : ReleaseLag(lags[Int(choices >> 3 & 1)]),
        name: choices & 16 == 0 ? nil : "X"))
    do throws(Diagnostic) { try session.read([path]) } catch { return ParserFuzzing.shown([error]) }
    return add(session.tables, replacing: choices & 32 != 0)
  }

  private static func add(_ tables: MarketTables, replacing: Bool) -> Int {
    let into = folder + "/into"
    FuzzFile.removeContents(into)
    mkdir(into + "/prices", 0o700)
    FuzzFile.write(
      into + "/prices/p.csv",
      Array("ticker,date,close,adjusted_close\nSPY,2020-01-02,324.869995,302\nSPY,2020-01-03,322.41,300\n".utf8))
    do {
      let target = try FolderTarget(into)
      let existing = try target.existing()
      let additions = try ImportPlan(tables, into: existing, replacing: replacing).additions
      let checked = try additions.applied(to: existing).makeStore().store
      try target.apply(additions)
      let loaded = try? DataFolder(into).load().store
      precondition(loaded?.fingerprint == checked.fingerprint, "an import wrote other rows than it had checked")
      return additions.count &+ additions.changes.flatMap(\.lines).count
    } catch let failure as DataLoadingFailure {
      return ParserFuzzing.shown(failure.diagnostics)
    } catch let problem as Diagnostic { return ParserFuzzing.shown([problem]) } catch { return 0 }
  }
}
