import Foundation
import Testing

/// A kept copy that another program writes into while it is used: never an end by a signal, never a wrong number.
@Suite struct CacheChangeTests {
  private let space: Workspace

  init() throws {
    space = try Workspace()
    var text = "ticker,date,open,high,low,close,volume\n"
    for ticker in 1...60 {
      for day in 0..<700 {
        let date = Date(timeIntervalSince1970: Double(86_400 * (16_000 + day)))
        text += "T\(ticker),\(date.formatted(.iso8601.year().month().day())),"
        text +=
          "\(10 + day % 7),\(20 + day % 7),\(5 + day % 7),\(12 + (day * ticker) % 5),\(100 + day * ticker)\n"
      }
    }
    try space.write("data/prices/p.csv", text)
    // A file that was only just written is read again whatever the kept copy says.
    usleep(100_000)
    _ = try Program.run(["data", "ls", "--data", space.path("data")], environment: environment)
  }

  private var environment: [String: String] { ["STRAT_CACHE": space.path("cache")] }

  private func keptCopy() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: space.path("cache"))
    return space.path("cache/" + (try #require(names.first)))
  }

  /// What comes of a session whose kept copy is changed after its first answer.
  private func session(_ change: (String) throws -> Void) throws -> (
    status: Int32, messages: String
  ) {
    let messages = space.path("messages")
    let path = try keptCopy()
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    try #require(size.map { $0 > 1 << 20 } == true, "the copy is mapped")
    let session = try PipedSession(
      ["repl", "--data", space.path("data")], environment: environment, messages: messages)
    #expect(session.ask(":as_of 2013-12-01\nclose(\"T1\").len()\n") != nil)
    try change(path)
    _ = session.ask("volume(\"T60\").sum()\nclose(\"T60\").sum()\n")
    return (session.end(), try String(contentsOfFile: messages, encoding: .utf8))
  }

  @Test func oncePagesAreGoneTheProgramSaysSoAndEnds() throws {
    let path = try keptCopy()
    let outcome = try session {
      try FileHandle(forWritingTo: URL(fileURLWithPath: $0)).truncate(atOffset: 4096)
    }
    #expect(outcome.status == 3, "\(outcome)")
    #expect(
      outcome.messages.contains("[E0768]") && outcome.messages.contains("run the command again"),
      "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func bytesWrittenInPlaceAreNoticedAtTheEnd() throws {
    let outcome = try session { path in
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seek(toOffset: 200_000)
      try file.write(contentsOf: Data(repeating: 0x41, count: 1000))
      try file.close()
    }
    #expect(outcome.status == 3 && outcome.messages.contains("[E0768]"), "\(outcome)")
  }

  @Test func aCopyThatIsReplacedOrRemovedIsNoConcern() throws {
    let outcome = try session { path in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(outcome.status == 0 && !outcome.messages.contains("[E0768]"), "\(outcome)")
  }

  @Test(arguments: ["pipe", "folder", "link to a device", "empty"]) func whatIsNoFileIsNoKeptCopy(
    _ kind: String
  ) throws {
    let path = try keptCopy()
    let plain = try Program.run(["data", "ls", "--data", space.path("data"), "--no-cache"])
    try FileManager.default.removeItem(atPath: path)
    switch kind {
    case "pipe": #expect(mkfifo(path, 0o600) == 0)
    case "folder":
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    case "empty": try Data().write(to: URL(fileURLWithPath: path))
    default:
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
    }
    let outcome = try Program.run(
      ["data", "ls", "--data", space.path("data")], environment: environment)
    #expect(outcome.status == 0 && outcome.output == plain.output, "\(outcome)")
  }
}
