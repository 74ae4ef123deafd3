import Foundation

/// The program behind a shell that limits it or runs it as another user.
enum Shell {
  /// Runs it with arguments in a folder.
  static func run(_ prefix: String, _ arguments: [String], in folder: URL) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", prefix + " \"$0\" \"$@\"", Program.path] + arguments
    process.currentDirectoryURL = folder
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = messages
    try process.run()
    let errors = messages.fileHandleForReading.readDataToEndOfFile()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Program.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: text, as: UTF8.self), messages: String(decoding: errors, as: UTF8.self))
  }
}
