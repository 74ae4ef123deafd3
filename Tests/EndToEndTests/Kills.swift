import Foundation

/// Programs that are killed at random moments.
///
/// `STRAT_KILLS=50` kills fifty times on each target; a few are enough to notice that something broke.
enum Kills {
  /// How often.
  static let count = ProcessInfo.processInfo.environment["STRAT_KILLS"].flatMap { Int($0) } ?? 4

  /// Starts a program whose output nobody reads.
  static func start(
    _ program: URL, _ arguments: [String], environment: [String: String]? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let environment { process.environment = environment }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs a program to its end and gives its status and how many seconds it took.
  static func time(_ program: URL, _ arguments: [String]) throws -> (status: Int32, seconds: Double) {
    let begin = Date()
    let process = try start(program, arguments)
    process.waitUntilExit()
    return (process.terminationStatus, Date().timeIntervalSince(begin))
  }

  /// Starts a program and kills it after some seconds; gives whether it was still running.
  @discardableResult static func kill(
    _ program: URL, _ arguments: [String], after seconds: Double, environment: [String: String]? = nil
  ) throws -> Bool {
    let victim = try start(program, arguments, environment: environment)
    Thread.sleep(forTimeInterval: seconds)
    Foundation.kill(victim.processIdentifier, SIGKILL)
    victim.waitUntilExit()
    return victim.terminationReason == .uncaughtSignal
  }
}
