import Diagnostics
import MarketData
import MarketModel
import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The first byte names the file that the others are; beside it lies a small folder that loads.
enum DataFuzzing {
  private static let files =
    FileKind.allCases.map { "\($0.rawValue)/f.csv" } + ["dataset.yaml", "prices/f.csv.gz"]

  private static let folder: String = {
    guard let path = TemporaryFolder.makeFolder("strat-fuzz") else { preconditionFailure("no temporary folder") }
    for file in files {
      guard let slash = file.firstIndex(of: "/") else { continue }
      mkdir(path + "/" + file[..<slash], 0o700)
    }
    return path
  }()

  static func run(_ bytes: [UInt8]) -> Int {
    guard let first = bytes.first else { return 0 }
    let file = files[Int(first) % files.count]
    var written = [file]
    write(file, Array(bytes.dropFirst()))
    if !file.hasPrefix("prices") {
      written.append("prices/p.csv")
      write("prices/p.csv", Array("ticker,date,close\nSPY,2015-01-02,100\nSPY,2015-01-05,101\n".utf8))
    }
    defer { for file in written { unlink(folder + "/" + file) } }
    do throws(DataLoadingFailure) {
      let loaded = try DataFolder(folder).load()
      return loaded.store.fingerprint.utf8.count &+ ParserFuzzing.shown([]) &+ loaded.report.defects.count
    } catch { return ParserFuzzing.shown(error.diagnostics) }
  }

  private static func write(_ file: String, _ bytes: [UInt8]) { FuzzFile.write(folder + "/" + file, bytes) }
}
