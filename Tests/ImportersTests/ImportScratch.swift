import Diagnostics
import Foundation
import Importers
import MarketData
import Testing

/// A folder of its own for one test: files to import, and a data folder to import them into.
final class ImportScratch {
  let url: URL
  /// What was read last: file, format, rows.
  private(set) var sources: [String] = []
  /// What was said about it.
  private(set) var remarks: [String] = []
  var target: String { url.appendingPathComponent("target").path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("strat-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and gives its path.
  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// Writes a file of any bytes and gives its path.
  @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Imports files, and gives how many rows were added.
  @discardableResult func take(
    _ paths: String..., format: String? = nil, lag: String? = nil, name: String? = nil, dates: DateOrder? = nil
  ) throws -> Int {
    try apply(paths, format: format, lag: lag, name: name, dates: dates).count
  }

  /// Imports files, and gives what that did.
  @discardableResult func apply(_ paths: String..., replacing: Bool) throws -> TableAdditions {
    try apply(paths, replacing: replacing)
  }

  /// Imports one file, and gives what that did.
  @discardableResult func apply(_ path: String) throws -> TableAdditions { try apply([path]) }

  private func apply(
    _ paths: [String], format: String? = nil, lag: String? = nil, name: String? = nil, dates: DateOrder? = nil,
    replacing: Bool = false
  ) throws -> TableAdditions {
    var session = ImportSession(
      format: try format.map { try Importer.find($0) },
      options: Importer.Options(releaseLag: lag.flatMap { ReleaseLag($0) }, name: name, dateOrder: dates))
    try session.read(paths)
    (sources, remarks) = (
      session.sources.map { "\(shown($0.path)) \($0.format) \($0.rows)" },
      session.remarks.map {
        "\(shown($0.path)): \($0.text)"
      }
    )
    let target = try FolderTarget(target)
    let plan = try ImportPlan(session.tables, into: try target.existing(), replacing: replacing)
    try target.apply(plan.additions)
    return plan.additions
  }

  /// Imports one file of a name and a text.
  @discardableResult func add(
    _ name: String, _ text: String, format: String? = nil, lag: String? = nil, as given: String? = nil,
    dates: DateOrder? = nil
  ) throws -> Int {
    try take(try write(name, text), format: format, lag: lag, name: given, dates: dates)
  }

  /// A path from this folder on.
  private func shown(_ path: String) -> String { path.replacing(url.path + "/", with: "") }

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
func problems(_ work: () throws -> Int) -> [String] { said(work, \.code) }

/// The file and line of each problem.
func places(_ work: () throws -> Int) -> [String] {
  said(work) { problem in
    guard case .file(let path, let line, _)? = problem.location else { return "nowhere" }
    return "\(path.split(separator: "/").last ?? ""):\(line)"
  }
}

private func said(_ work: () throws -> Int, _ word: (Diagnostic) -> String) -> [String] {
  do {
    _ = try work()
    return []
  } catch let failure as DataLoadingFailure {
    return failure.diagnostics.map(word)
  } catch let problem as Diagnostic {
    return [word(problem)]
  } catch { return ["\(error)"] }
}
