import Diagnostics
import Foundation
import Importers
import MarketData
import Testing

/// A folder of its own for one test: files to import, and a data folder to import them into.
final class ImportScratch {
  let url: URL
  var target: String { url.appendingPathComponent("target").path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("strat-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and gives its path.
  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Imports files, and gives how many rows were added.
  @discardableResult func take(
    _ paths: String..., format: String? = nil, lag: String? = nil, name: String? = nil
  ) throws -> Int {
    var session = ImportSession(
      format: try format.map { try Importer.find($0) },
      options: Importer.Options(releaseLag: lag.flatMap { ReleaseLag($0) }, name: name))
    try session.read(paths)
    let target = try FolderTarget(target)
    let plan = try ImportPlan(session.tables, into: try target.existing())
    try target.append(plan.additions.rows)
    return plan.additions.count
  }

  /// Imports one file of a name and a text.
  @discardableResult func add(
    _ name: String, _ text: String, format: String? = nil, lag: String? = nil, as given: String? = nil
  ) throws -> Int {
    try take(try write(name, text), format: format, lag: lag, name: given)
  }

  /// The rows of one kind in the target, without header, as they stand in its files.
  func rows(_ kind: String) throws -> [String] {
    let folder = target + "/" + kind
    var rows: [String] = []
    for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    where !name.hasPrefix(".") {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      rows += text.split(separator: "\n").dropFirst().map(String.init)
    }
    return rows
  }

  /// The data set as it loads.
  func load() throws -> MarketStore { try DataFolder(target).load().store }
}

/// The codes of what stops an import.
func problems(_ work: () throws -> Int) -> [String] {
  do {
    _ = try work()
    return []
  } catch let failure as DataLoadingFailure {
    return failure.diagnostics.map(\.code)
  } catch let problem as Diagnostic {
    return [problem.code]
  } catch { return ["\(error)"] }
}
