import Foundation
import TestServers
import Testing

@testable import Databases

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

  /// A new, empty database.
  func make() throws -> Scratch {
    switch self {
    case .sqlite: return try Scratch(file: "test.db")
    case .postgres: return try Scratch(address: PostgresServer.shared.get().makeDatabase())
    }
  }
}

/// A database that is gone with this object.
final class Scratch {
  let location: DatabaseLocation
  private var folder: URL?

  init(file: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("strat-db-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.folder = folder
    location = DatabaseLocation(file: folder.appendingPathComponent(file).path)
  }

  init(address: String) throws { location = try DatabaseLocation(address) }

  deinit { if let folder { try? FileManager.default.removeItem(at: folder) } }

  /// The path of the file.
  var path: String { String(location.description.dropFirst(7)) }

  func open(_ access: DatabaseAccess = .create, patience: Int = 300) throws -> any Database {
    try location.open(access, patience: patience)
  }
}

/// The kind of the error that a piece of work ends with; `nil` if it ends well.
func kind(_ work: () throws -> Void) -> DatabaseError.Kind? {
  do {
    try work()
    return nil
  } catch { return (error as? DatabaseError)?.kind }
}
