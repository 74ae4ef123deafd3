import Foundation
import TestServers
import Testing

/// The code blocks of README.md's tour, line by line.
struct ReadmeTour {
  /// The lines of the tour's blocks of a language, in order.
  static func lines(_ language: String) throws -> [String] {
    let readme = try String(contentsOf: Program.root.appendingPathComponent("README.md"), encoding: .utf8)
    let tour = try #require(
      readme.components(separatedBy: "\n## A short tour\n").dropFirst().first?.components(separatedBy: "\n## ").first)
    return tour.components(separatedBy: "```\(language)\n").dropFirst().flatMap { part in
      (part.components(separatedBy: "\n```").first ?? "").components(separatedBy: "\n")
    }.filter { !$0.isEmpty }
  }

  /// What stands at the prompt in the transcript: the date, what is typed, and what is answered.
  static func transcript() throws -> [(date: String, input: String, answers: [String])] {
    var entries: [(date: String, input: String, answers: [String])] = []
    for line in try lines("text") {
      let parts = line.split(separator: "> ", maxSplits: 1).map(String.init)
      if parts.count == 2, parts[0].wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil {
        entries.append((parts[0], parts[1], []))
      } else if !entries.isEmpty {
        entries[entries.count - 1].answers.append(line)
      }
    }
    return entries
  }

  /// A folder in which the tour's commands find what they name.
  static func workspace() throws -> Workspace {
    let space = try Workspace()
    for folder in ["Scripts", "Stdlib"] {
      try FileManager.default.createSymbolicLink(
        atPath: space.path(folder), withDestinationPath: Program.root.appendingPathComponent(folder).path)
    }
    try space.write("idea.strat", "fn signals(as_of) = [\"SPY\": if as_of > 2010-01-01 { 1 / 0 } else { 1 }]\n")
    try space.write("session.strat", try transcript().map(\.input).joined(separator: "\n") + "\n")
    for (name, weight) in [("one", 0.5), ("two", 0.6)] {
      try space.write("ideas/\(name).strat", "fn signals(as_of) = [\"SPY\": \(weight)]\n")
    }
    let days = (1...28).map { String(format: "2015-01-%02d", $0) }
    try space.write(
      "DOWNLOADS/TSM.csv",
      "Date,Open,High,Low,Close,Adj Close,Volume\n" + days.map { "\($0),20,21,19,20.5,20.4,1000\n" }.joined())
    let sample = try Program.run(["data", "sample", space.path("FOLDER")])
    #expect(sample.status == 0, "\(sample.messages)")
    return space
  }

  /// Opens a prompt at a terminal, as a line says, and leaves it by Ctrl-D.
  static func prompt(_ line: String, _ space: Workspace) throws -> Int32 {
    let words = line.split(separator: " ").dropFirst().map(String.init)
    let terminal = try PseudoTerminal(
      Program.path, words, in: space.url, environment: PromptSession.environment(space), rows: 30, columns: 100)
    _ = try terminal.wait("the prompt") { screen in
      screen.lines.contains { $0.wholeMatch(of: /\d{4}-\d\d-\d\d> ?/) != nil }
    }
    terminal.type("\u{4}")
    return try terminal.end()
  }

  /// Runs a line as a shell does, with the program as `strat`.
  static func run(_ line: String, _ space: Workspace) throws -> Program.Outcome {
    let folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    return try Shell.run(
      "exec 2>\"$0.messages\" </dev/null; PATH='\(folder)':$PATH; HOME='\(space.url.path)'; export HOME; "
        + "unset STRAT_DB STRAT_CACHE; " + line, in: space)
  }
}

extension Shell {
  /// Runs a script of the shell; its messages go where it says.
  static func run(_ script: String, in space: Workspace) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, space.path("line")]
    process.currentDirectoryURL = space.url
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let messages = (try? String(contentsOfFile: space.path("line.messages"), encoding: .utf8)) ?? ""
    return Program.Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self), messages: messages)
  }
}

@Suite struct ReadmeTourTests {
  /// Each command of the tour, in one folder and one home, in the order of the page.
  @Test(.timeLimit(.minutes(15))) func everyCommandOfTheReadmeDoesWhatItSays() throws {
    let space = try ReadmeTour.workspace()
    let server = PostgresServer.shared
    let address = try? server.get().makeDatabase()
    var count = 0
    for line in try ReadmeTour.lines("sh") {
      var command = line.components(separatedBy: "  # ")[0].trimmingCharacters(in: .whitespaces)
      if command.contains("postgres://host/research") {
        guard let address else {
          if case .failure(let missing) = server { print("skipped on PostgreSQL: \(command): \(missing.reason)") }
          continue
        }
        command = command.replacing("postgres://host/research", with: address)
      }
      count += 1
      if command.hasPrefix("strat repl "), !command.contains("<") {
        #expect(try ReadmeTour.prompt(command, space) == 0, "\(command)")
        continue
      }
      let outcome = try ReadmeTour.run(command, space)
      #expect(outcome.status == 0, "\(command): \(outcome.status) \(outcome.messages)")
      #expect(!outcome.messages.contains("error["), "\(command): \(outcome.messages)")
    }
    #expect(count > 25)
  }

  /// The transcript: each prompt has the date that the session has then, and each answer is what is printed.
  @Test func theTranscriptOfTheReadmeIsWhatThePromptSays() throws {
    let entries = try ReadmeTour.transcript()
    #expect(entries.count > 2 && entries.contains { !$0.answers.isEmpty })
    let input = entries.flatMap { ["as_of", $0.input] }.joined(separator: "\n") + "\n"
    let first = try #require(entries.first)
    let outcome = try Program.run(
      ["repl", "Scripts/momentum_12_1.strat", "--as-of", first.date], environment: ["COLUMNS": "120"], input: input)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let lines = outcome.output.components(separatedBy: "\n")
    var place = 0
    for entry in entries {
      let date = lines[place...].firstIndex(of: entry.date)
      #expect(date != nil, "the prompt of `\(entry.input)` is as of \(entry.date): \(outcome.output)")
      place = (date ?? place) + 1
      for answer in entry.answers {
        // A pipe gets the answers without the names that the prompt gives them.
        let value = answer.replacing(#/^_\d+ = /#, with: "")
        #expect(place < lines.count && lines[place] == value, "`\(entry.input)` gives \(lines[place...].prefix(1))")
        place += 1
      }
    }
  }
}
