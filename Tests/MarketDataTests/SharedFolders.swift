import MarketData
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real data folders beside the package, where they exist.
enum SharedFolders {
  /// The folder of data folders, from STRAT_SHARED or beside one of the package's parents.
  static let root: String? = {
    var candidates: [String] = []
    if let given = getenv("STRAT_SHARED") { candidates.append(String(cString: given)) }
    var parts = #filePath.split(separator: "/").dropLast()
    while !parts.isEmpty {
      parts = parts.dropLast()
      candidates.append("/" + (parts + ["shared"]).joined(separator: "/"))
    }
    return candidates.map { $0 + "/data" }.first { access($0 + "/us", R_OK) == 0 }
  }()

  /// Whether they exist; tests that need them are skipped if not.
  static var exist: Bool { root != nil }

  /// Loads one of them.
  static func load(_ name: String) throws -> LoadedData {
    try DataFolder((root ?? "") + "/" + name).load()
  }

  /// Loaded once for all tests that read it.
  static let us = Result { try load("us") }
  static let usRaw = Result { try load("us_raw") }
}
