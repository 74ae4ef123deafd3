import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a command prints arrives, or the command says that it does not.
@Suite struct LostOutput {
  /// A run of the program whose standard output is what a shell says.
  private func run(_ arguments: [String], _ redirection: String, in folder: URL) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec \"$0\" \"$@\" " + redirection, Program.path] + arguments
    process.currentDirectoryURL = folder
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
    let messages = Pipe()
    let output = Pipe()
    // Nobody reads what comes through the pipe.
    try output.fileHandleForReading.close()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = messages
    try process.run()
    let text = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Program.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: "", messages: String(decoding: text, as: UTF8.self))
  }

  @Test func everyCommandSaysThatItsOutputIsLost() throws {
    let every = try EveryCommand()
    for command in every.table.commands {
      let help = try run(
        command.name.split(separator: " ").map(String.init) + ["--help"], "> /dev/full", in: every.space.url)
      #expect(help.status == 3 && isSaid(help.messages), "\(command.name) --help: \(help)")
      for arguments in try #require(every.invocations[command.name], "no invocation of \(command.name)") {
        let whole = try every.run(arguments)
        let lost = try run(again(arguments), "> /dev/full", in: every.space.url)
        if whole.output.isEmpty {
          #expect(lost.status == whole.status && !isSaid(lost.messages), "\(arguments): \(lost)")
        } else {
          #expect(lost.status == (whole.status == 0 ? 3 : whole.status), "\(arguments): \(whole) \(lost)")
          #expect(isSaid(lost.messages), "\(arguments): \(lost)")
        }
        // Whoever closes a pipe has enough: nothing is said, and it is no success.
        let closed = try run(again(arguments), "", in: every.space.url)
        #expect(!isSaid(closed.messages), "\(arguments): \(closed)")
        #expect(
          closed.status == (whole.output.isEmpty || whole.status != 0 ? whole.status : 3), "\(arguments): \(closed)")
      }
    }
  }

  /// The arguments with other names for what must not exist yet.
  private func again(_ arguments: [String]) -> [String] {
    arguments.map { word in
      ["exported-", "sample-", "idea-"].first { word.hasPrefix($0) }.map { $0 + UUID().uuidString } ?? word
    }
  }

  private func isSaid(_ messages: String) -> Bool {
    messages.split(separator: "\n").count { $0.hasPrefix("error[E0954]") } == 1
  }

  @Test(arguments: [["--version"], ["--help"], ["help", "run"], ["doc", "sum"], ["data", "formats"]])
  func oneLineSaysIt(_ arguments: [String]) throws {
    let space = try Workspace()
    let full = try run(arguments, "> /dev/full", in: space.url)
    #expect(full.status == 3)
    #expect(
      full.messages
        == "error[E0954]: the output could not be written to standard output, and is not whole: No space left on device\n"
    )
    let closed = try run(arguments, ">&-", in: space.url)
    #expect(closed.status == 3)
    #expect(closed.messages.hasPrefix("error[E0954]") && closed.messages.contains("Bad file descriptor"))
  }

  @Test func aReaderThatHasEnoughHearsNothing() throws {
    let outcome = try Shell.run(
      "head -1 <<EOF >/dev/null\nEOF\nexec", ["--version"], in: FileManager.default.temporaryDirectory)
    #expect(outcome.status == 0)
    let space = try Workspace()
    let process = try run(["doc"], "", in: space.url)
    #expect(process.messages.isEmpty && process.status == 3)
  }

  @Test func closedMessagesEndNothing() throws {
    let space = try Workspace()
    for redirection in ["2>&-", "2>/dev/full", "<&- 2>&-"] {
      let outcome = try run(["run", "nothing.strat"], redirection, in: space.url)
      #expect(outcome.status == 3 || outcome.status == 2, "\(redirection): \(outcome)")
    }
  }

  @Test func aClosedOutputIsNotTheNextFileThatIsOpened() throws {
    let every = try EveryCommand()
    let before = try Data(contentsOf: URL(fileURLWithPath: every.space.path("r.db")))
    let outcome = try run(["results", "ls", "--db", "sqlite:r.db"], ">&-", in: every.space.url)
    #expect(outcome.status == 3)
    #expect(try Data(contentsOf: URL(fileURLWithPath: every.space.path("r.db"))) == before)
    let saved = try run(
      ["run", "scripts/s.strat", "--data", "market", "--save", "--db", "sqlite:new.db"], ">&-", in: every.space.url)
    #expect(saved.messages.contains("saved in"))
    #expect(try every.run(["db", "check", "--db", "sqlite:new.db"]).status == 0)
  }

  /// What a command does besides printing is done, whoever reads along.
  @Test func whatIsSavedIsSavedThoughNobodyReads() throws {
    let every = try EveryCommand()
    let outcome = try run(
      ["run", "scripts/s.strat", "--data", "market", "--save", "--db", "sqlite:new.db"], "", in: every.space.url)
    #expect(outcome.status == 3)
    #expect(try every.run(["results", "show", "1", "--db", "sqlite:new.db"]).status == 0)
  }

  @Test func aSessionWithoutReadersEnds() throws {
    let space = try Workspace()
    let endless = "yes '1 + 1' | "
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", endless + "\"$0\" repl | head -1", Program.path]
    process.currentDirectoryURL = space.url
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = messages
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "2\n" && !said.contains("E0954"))
  }
}
