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
