import Foundation

@testable import MarketData

/// Every bit of a data set: the file that the cache would keep of it, which holds all that a script can see.
func image(_ store: MarketStore) throws -> Data {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("strat-image-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: path) }
  guard let sources = SourceFiles([]) else { return Data() }
  // What was found odd is no part of the data: a repeated row, for one, is not kept in a database.
  var compiler = CacheCompiler(store, LoadingReport(), sources)
  try compiler.write(to: path.path)
  return try Data(contentsOf: path)
}

/// The real data folders beside the package, where they exist.
enum SharedFolders {
  /// The folder of data folders, from STRAT_SHARED or beside one of the package's parents.
  static let root: String? = {
    var candidates = ProcessInfo.processInfo.environment["STRAT_SHARED"].map { [$0 + "/data"] } ?? []
    var url = URL(fileURLWithPath: #filePath)
    while url.path != "/" {
      url.deleteLastPathComponent()
      candidates.append(url.appendingPathComponent("shared/data").path)
    }
    return candidates.first { FileManager.default.isReadableFile(atPath: $0 + "/us") }
  }()
}
