import Foundation
import Testing

/// The cache as a user meets it: other processes at work on it, killed ones, full and read-only disks.
@Suite struct CacheProgramTests {
  private let space: Workspace
  private let script: String

  init() throws {
    space = try Workspace()
    script = try space.write(
      "a.strat", "strategy \"t\" { rebalance: \"monthly\" }\nfn signals(as_of) {\n    [\"T1\": 1]\n}\n")
    var text = "ticker,date,open,high,low,close,volume\n"
    for ticker in 1...40 {
      for day in 0..<700 {
        let date = Date(timeIntervalSince1970: Double(86_400 * (16_000 + day)))
        text += "T\(ticker),\(date.formatted(.iso8601.year().month().day())),"
        text += "\(10 + day % 7),\(20 + day % 7),\(5 + day % 7),\(12 + (day * ticker) % 5),100\n"
      }
    }
    try space.write("data/prices/p.csv", text)
  }

  private func run(_ more: String..., environment: [String: String]? = nil) throws -> Program.Outcome {
    try Program.run(
      ["run", script, "--data", space.path("data"), "--format", "json"] + more,
      environment: environment ?? ["STRAT_CACHE": space.path("cache")])
  }

  private var kept: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: space.path("cache"))) ?? []).sorted()
  }

  @Test func theSameResultAndTheSameMessagesWithAndWithout() throws {
    let plain = try run("--no-cache")
    #expect(plain.status == 0 && kept.isEmpty, "\(plain.messages)")
    let first = try run()
    let second = try run()
    for outcome in [first, second] {
      #expect(outcome.output == plain.output && outcome.messages == plain.messages)
    }
    #expect(plain.messages.contains("data defects:"))
    #expect(kept.count == 1)
  }

  @Test func theFolderIsTheUsers() throws {
    _ = try run(environment: ["XDG_CACHE_HOME": space.path("xdg"), "HOME": space.path("home")])
    _ = try run(environment: ["HOME": space.path("home")])
    for path in ["xdg/strat", "home/.cache/strat"] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: space.path(path)).count == 1)
    }
  }

  @Test func aDamagedCacheIsSaidOnceAndBuiltAnew() throws {
    let plain = try run("--no-cache")
    _ = try run()
    let path = space.path("cache/" + (try #require(kept.first)))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: URL(fileURLWithPath: path))
    let damaged = try run()
    #expect(damaged.status == 0 && damaged.output == plain.output)
    #expect(damaged.messages.contains("[W0751]") && damaged.messages.contains("checksum"), "\(damaged.messages)")
    #expect(try run().messages == plain.messages)
  }

  @Test func killedBuildersLeaveNothingThatIsUsed() throws {
    let plain = try run("--no-cache")
    for round in 0..<20 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = ["run", script, "--data", space.path("data"), "--format", "json"]
      process.environment = ["STRAT_CACHE": space.path("cache"), "LC_ALL": "C.UTF-8"]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(2_000 + round * 15_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if round % 5 == 4 {
        let outcome = try run()
        #expect(outcome.status == 0 && outcome.output == plain.output && outcome.messages == plain.messages)
        kept.forEach { try? FileManager.default.removeItem(atPath: space.path("cache/" + $0)) }
      }
    }
  }

  @Test func buildersAtOnceAllGetTheSame() async throws {
    let plain = try run("--no-cache")
    let (script, data, cache) = (script, space.path("data"), space.path("cache"))
    try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try Program.run(
            ["run", script, "--data", data, "--format", "json"], environment: ["STRAT_CACHE": cache])
        }
      }
      for try await outcome in group {
        #expect(outcome.status == 0 && outcome.output == plain.output && outcome.messages == plain.messages)
      }
    }
    #expect(kept.count == 1)
  }

  @Test func aFullDiskIsNoHindrance() throws {
    let plain = try run("--no-cache")
    let limited = Process()
    limited.executableURL = URL(fileURLWithPath: "/bin/sh")
    limited.arguments = [
      "-c", "ulimit -f 8; exec \"$0\" run \"$1\" --data \"$2\" --format json", Program.path, script, space.path("data"),
    ]
    limited.environment = ["STRAT_CACHE": space.path("cache"), "LC_ALL": "C.UTF-8"]
    let (output, messages) = (Pipe(), Pipe())
    limited.standardOutput = output
    limited.standardError = messages
    try limited.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    limited.waitUntilExit()
    #expect(limited.terminationReason == .exit && limited.terminationStatus == 0, "\(words)")
    #expect(String(decoding: text, as: UTF8.self) == plain.output)
    #expect(words.contains("[W0752]"), "\(words)")
    #expect(kept.isEmpty)
  }

  @Test func aFolderThatMayOnlyBeReadIsReadOrSaid() throws {
    let plain = try run("--no-cache")
    _ = try run()
    let full = kept
    try FileManager.default.createDirectory(atPath: space.path("empty"), withIntermediateDirectories: true)
    // The cache is its owner's; here another user reads it.
    for file in full { chmod(space.path("cache/" + file), 0o444) }
    for folder in ["cache", "empty"] { chmod(space.path(folder), 0o555) }
    defer { for folder in ["cache", "empty"] { chmod(space.path(folder), 0o755) } }
    // Nothing is read-only to root.
    let user = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    let command = ["run", script, "--data", space.path("data"), "--format", "json"]
    func outcome(_ folder: String) throws -> Program.Outcome {
      try Shell.run("STRAT_CACHE='\(space.path(folder))' exec \(user)", command, in: space.url)
    }
    let read = try outcome("cache")
    #expect(read.status == 0 && read.output == plain.output && read.messages == plain.messages, "\(read.messages)")
    let unkept = try outcome("empty")
    #expect(unkept.status == 0 && unkept.output == plain.output)
    #expect(unkept.messages.contains("[W0752]"), "\(unkept.messages)")
    #expect(kept == full)
  }

  @Test func aFolderThatCannotBeMadeIsSaid() throws {
    try space.write("file", "")
    let outcome = try run(environment: ["STRAT_CACHE": space.path("file/below")])
    #expect(outcome.status == 0 && outcome.messages.contains("[W0752]"))
    #expect(
      try run("--no-cache", environment: ["STRAT_CACHE": space.path("file/below")]).messages
        == run("--no-cache").messages)
  }
}
