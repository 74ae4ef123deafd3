import Foundation

/// What some tests need and a machine may lack. They are skipped where it is not met, and say so:
/// `@Test(.enabled(if: Requirement.realData.isMet, "\(Requirement.realData.lack)"))`.
public struct Requirement: Sendable {
  /// Whether it is there.
  public let isMet: Bool
  /// What is said of a test that is skipped for the lack of it.
  public let lack: String

  /// Folders of real data beside the package.
  public static let realData = Requirement(
    isMet: SharedFolders.root != nil, lack: "there are no folders of real data beside the package")
  /// The `duckdb` program.
  public static let duckDB = Requirement(isMet: has(program: "duckdb"), lack: "there is no duckdb program")
  /// The reference that other frameworks are measured against, and Python with numpy for it.
  public static let peers = Requirement(
    isMet: SharedFolders.peers != nil && succeeds("python3 -c 'import numpy'"),
    lack: "there is no reference of other frameworks beside the package, or no Python with numpy for it")
  /// A PostgreSQL server of the tests' own.
  public static let postgres: Requirement = {
    switch PostgresServer.shared {
    case .success: Requirement(isMet: true, lack: "")
    case .failure(let missing): Requirement(isMet: false, lack: missing.reason)
    }
  }()

  private static func has(program: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: $0 + "/" + program) }
  }

  private static func succeeds(_ command: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command + " >/dev/null 2>&1"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
