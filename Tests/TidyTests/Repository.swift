import Foundation

/// The files of the package, found from the place of this file.
enum Repository {
  static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  /// The text of a file by its path from the root.
  static func text(_ path: String) throws -> String {
    // A hostile script may be no UTF-8.
    String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
  }

  /// Paths from the root of all files below the folders with one of the extensions, sorted.
  static func files(below folders: [String], extensions: Set<String>) -> [String] {
    var paths: [String] = []
    for folder in folders {
      guard let walker = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else {
        continue
      }
      for case let path as String in walker where extensions.contains((path as NSString).pathExtension) {
        paths.append(folder + "/" + path)
      }
    }
    return paths.sorted()
  }

  /// The Swift files of the product.
  static var sources: [String] { files(below: ["Sources"], extensions: ["swift"]) }
  /// The Swift files of the tests.
  static var tests: [String] { files(below: ["Tests"], extensions: ["swift"]) }
}
