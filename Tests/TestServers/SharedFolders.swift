import Foundation

/// The real data folders beside the package, where they exist.
public enum SharedFolders {
  /// The folder of data folders, from STRAT_SHARED or beside one of the package's parents.
  public static let root: String? = {
    var candidates = ProcessInfo.processInfo.environment["STRAT_SHARED"].map { [$0 + "/data"] } ?? []
    var url = URL(fileURLWithPath: #filePath)
    while url.path != "/" {
      url.deleteLastPathComponent()
      candidates.append(url.appendingPathComponent("shared/data").path)
    }
    return candidates.first { FileManager.default.isReadableFile(atPath: $0 + "/us") }
  }()

  /// The scripts and results that other frameworks are compared by.
  public static let peers: String? = {
    guard let root else { return nil }
    let path = String(root.dropLast("data".count)) + "bench/peers"
    return FileManager.default.isReadableFile(atPath: path + "/gen_data.py") ? path : nil
  }()
}
