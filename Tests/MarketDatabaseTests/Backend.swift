import Databases
import Diagnostics
import Foundation
import Importers
import MarketData
import MarketDatabase
import TestServers
import Testing

/// The two databases that every test of this target runs on.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, postgres

  var testDescription: String { rawValue }

  /// Those that there are here; what is missing is said once.
  static let available: [Backend] = allCases.filter { backend in
    guard backend == .postgres, case .failure(let missing) = PostgresServer.shared else { return true }
    print("skipped on PostgreSQL: \(missing.reason)")
    return false
  }
}

/// Files to import and a new, empty database to import them into; gone with this object.
final class Scratch {
  let folder: URL
  let address: String

  init(_ backend: Backend) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("strat-market-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    switch backend {
    case .sqlite: address = "sqlite:" + folder.appendingPathComponent("market.db").path
    case .postgres: address = try PostgresServer.shared.get().makeDatabase()
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A path below the folder.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file below the folder and gives its path.
  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Writes the files of a data folder and gives its path.
  func write(_ files: KeyValuePairs<String, String>, to name: String = "data") throws -> String {
    for (file, text) in files { try write(name + "/" + file, text) }
    return path(name)
  }

  /// The database, or one of its data sets.
  func location(_ dataset: String? = nil) throws -> DatabaseLocation {
    try DatabaseLocation(address + (dataset.map { "?dataset=\($0)" } ?? ""))
  }

  /// Imports files and folders; gives how many rows were added, and how many were there already.
  @discardableResult func take(_ paths: String..., dataset: String? = nil) throws -> [Int] {
    let additions = try apply(paths, dataset: dataset)
    return [additions.count, additions.repeated]
  }

  /// Imports a file or a folder, and gives what that did.
  @discardableResult func apply(_ path: String, replacing: Bool = false) throws -> TableAdditions {
    try apply([path], replacing: replacing)
  }

  private func apply(_ paths: [String], dataset: String? = nil, replacing: Bool = false) throws -> TableAdditions {
    var session = ImportSession()
    try session.read(paths)
    let target = try DatabaseTarget(try location(dataset), patience: 2_000)
    let plan = try ImportPlan(session.tables, into: try target.existing(), replacing: replacing)
    if !plan.additions.isEmpty { try target.apply(plan.additions) }
    return plan.additions
  }

  /// The data set as it is read from the database.
  func load(_ dataset: String? = nil, _ options: DataFolder.Options = .init()) throws -> LoadedData {
    try DatabaseMarket.load(try location(dataset), options)
  }

  /// Runs statements in the database, as somebody else would; its tables are made first.
  func run(_ statements: String...) throws {
    let database = try location().open(.create)
    try Migrator(database).migrate()
    for statement in statements { try database.execute(statement) }
  }
}

/// The codes of what a piece of work ends with; none if it ends well.
func codes(_ work: () throws -> Void) -> [String] {
  do {
    try work()
    return []
  } catch let failure as DataLoadingFailure {
    return failure.diagnostics.map(\.code)
  } catch let problem as Diagnostic {
    return [problem.code]
  } catch let error as DatabaseError {
    return [error.diagnostic.code]
  } catch { return ["\(error)"] }
}
