import Foundation

/// The program with a pipe on either side, whose answers are waited for one by one.
final class PipedSession {
  private let process = Process()
  private let feed = Pipe()
  private let answers = Pipe()

  /// - Parameter messages: a file that standard error goes to.
  init(_ arguments: [String], environment: [String: String] = [:], messages: String? = nil) throws {
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
      .merging(environment) { $1 }
    process.standardInput = feed
    process.standardOutput = answers
    if let messages {
      _ = FileManager.default.createFile(atPath: messages, contents: nil)
      process.standardError = FileHandle(forWritingAtPath: messages)
    }
    try process.run()
  }

  /// Writes a text and waits for what is answered, as long as it takes, within reason; `nil` if nothing is.
  func ask(_ text: String, atMost seconds: Double = 20) -> String? {
    feed.fileHandleForWriting.write(Data(text.utf8))
    var source = pollfd(fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&source, 1, Int32(seconds * 1000)) > 0 else { return nil }
    return String(decoding: answers.fileHandleForReading.availableData, as: UTF8.self)
  }

  /// Ends the input; gives the exit status.
  func end() -> Int32 {
    try? feed.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
