import Foundation
import Testing

/// What comes from scripts, data and the system does not steer a terminal, and is not changed on its way to a file.
@Suite struct HostileTerminal {
  /// A colour, a title, the beginning of a control sequence as one character, an order of reading, a return, a bell.
  private static let hostile = "x\u{1B}[31m\u{1B}]0;t\u{7}\u{9B}32m\u{202E}\u{2066}\u{7F}y"

  /// What is wrong with bytes that a terminal was sent: control characters that are not our own.
  static func intruders(_ bytes: [UInt8]) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["bytes that are no text"] }
    let bare = text.replacing(/\u{1B}\[(0|1|2|31|32|33|36)m|\r\u{1B}\[K|\r\n/) { _ in "" }
    return bare.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x09, 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }.map { "U+\(String($0.value, radix: 16))" }
  }

  private func bytes(_ arguments: [String], in space: Workspace, environment: [String: String] = [:]) throws -> [UInt8]
  {
    let terminal = try PseudoTerminal(
      Program.path, arguments, in: space.url,
      environment: PromptSession.environment(space).merging(environment) { $1 }, rows: 50, columns: 100)
    if arguments.first == "repl" { terminal.type("label\r1 + 1\r:params\r:quit\r") }
    _ = try terminal.end()
    try terminal.drain()
    return terminal.captured
  }

  @Test func noCommandSendsATerminalWhatItWasGiven() throws {
    let every = try EveryCommand(
      ticker: HostileTerminal.hostile, script: "\(HostileTerminal.hostile).strat", title: HostileTerminal.hostile)
    var shown = 0
    for command in every.table.commands where command.name != "repl" {
      for arguments in try #require(every.invocations[command.name], "no invocation of \(command.name)") {
        let sent = try bytes(arguments, in: every.space)
        #expect(HostileTerminal.intruders(sent) == [], "\(arguments): \(String(decoding: sent, as: UTF8.self))")
        if String(decoding: sent, as: UTF8.self).contains("x␛[31m␛]0;t␇\\u{9B}32m\\u{202E}\\u{2066}␡y") { shown += 1 }
      }
    }
    // What was hidden from the terminal is to be read.
    #expect(shown > 8, "shown by \(shown)")
  }

  @Test func wordsOfACommandLineDoNotSteerItEither() throws {
    let every = try EveryCommand()
    for command in every.table.commands {
      let words = command.name.split(separator: " ").map(String.init)
      for arguments in [
        words + [HostileTerminal.hostile], words + ["--" + HostileTerminal.hostile], [HostileTerminal.hostile],
        words + command.options.prefix(3).flatMap { ["--" + $0, HostileTerminal.hostile] },
      ] where command.name != "repl" && command.name != "new" && command.name != "data sample" {
        let sent = try bytes(arguments, in: every.space)
        #expect(HostileTerminal.intruders(sent) == [], "\(arguments): \(String(decoding: sent, as: UTF8.self))")
      }
    }
  }

  /// At the prompt the editor moves the cursor, too; what is said there is as clean as elsewhere.
  @Test func thePromptSendsATerminalNothingThatItWasGiven() throws {
    let every = try EveryCommand(ticker: HostileTerminal.hostile, title: HostileTerminal.hostile)
    let terminal = try PseudoTerminal(
      Program.path, ["repl", "scripts/s.strat", "--data", "market"], in: every.space.url,
      environment: PromptSession.environment(every.space), rows: 40, columns: 100)
    for line in [
      "label", "[label, 2]", "[label: 2]", "print(label)", "note(label)", "plot(label, 1)", "close(label)",
      "signals(as_of)", ":params", ":data", ":why signals(as_of)", ":trace label", ":run", ":table close(label)",
      ":plot close(label)", "label.nothing", "close(\"x\t\t\u{3}", ":load scripts/\t\t\u{3}",
    ] {
      try terminal.wait("a prompt") { PromptSession.isPrompt($0.beforeCursor) }
      terminal.type(line + "\r")
      usleep(100_000)
    }
    try terminal.wait("a prompt") { PromptSession.isPrompt($0.beforeCursor) }
    terminal.type(":quit\r")
    #expect(try terminal.end() == 0)
    try terminal.drain()
    let sent = String(decoding: terminal.captured, as: UTF8.self)
    let own = sent.replacing(/\u{1B}\[\?2004[hl]|\u{1B}\[\d*[ABCDGHJKPX@]|[\r\u{7}\u{8}]/) { _ in "" }
    #expect(HostileTerminal.intruders(Array(own.utf8)) == [], "\(own)")
    #expect(own.contains("x␛[31m␛]0;t␇"))
  }

  @Test func aPipeGetsTheBytesAsTheyAre() throws {
    let space = try Workspace()
    let script = try space.write(
      "s.strat",
      "strategy \"s\" {}\nfn signals(as_of) {\n  print(\"\\u{1b}[31mred\\u{9b}\\u{202e}\")\n  return flat\n}\n")
    let run = try Program.run(["run", script, "--start", "2010-01-01", "--end", "2010-03-01"])
    #expect(run.messages.contains("\u{1B}[31mred\u{9B}\u{202E}\n"))
    try space.write("data/prices/p.csv", "ticker,date,close\nA\u{1B}[31mB,2024-01-02,1\nA\u{1B}[31mB,2024-01-03,1\n")
    #expect(try Program.run(["data", "ls", "--data", space.path("data")]).output.contains("A\u{1B}[31mB"))
    let json = try Program.run(["data", "ls", "--data", space.path("data"), "--format", "json"]).output
    #expect(json.contains("A\\u001b[31mB"))
  }

  /// The two outputs are a terminal or not each for itself.
  @Test func messagesToATerminalAreCleanWhereResultsGoToAFile() throws {
    let space = try Workspace()
    try space.write("data/prices/p.csv", "ticker,date,close\nA\u{1B}[31mB,2024-01-02,1\nA\u{1B}[31mB,2024-01-03,1\n")
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "\"$0\" data ls --data data > out.txt; \"$0\" run 'a\u{1B}[31mb.strat'", Program.path],
      in: space.url, environment: PromptSession.environment(space))
    #expect(try terminal.end() != 0)
    try terminal.drain()
    #expect(try String(contentsOfFile: space.path("out.txt"), encoding: .utf8).contains("A\u{1B}[31mB"))
    #expect(HostileTerminal.intruders(terminal.captured) == [])
    #expect(String(decoding: terminal.captured, as: UTF8.self).contains("a␛[31mb.strat"))
  }
}

/// Texts that a spreadsheet would run are none in CSV for people, and are as they are for programs.
@Suite struct SpreadsheetCells {
  @Test(arguments: ["=1+1", "+cmd", "-2+3", "@SUM(A1)"])
  func aFormulaIsMadeAText(_ ticker: String) throws {
    let space = try Workspace()
    try space.write("data/prices/p.csv", "ticker,date,close\n\(ticker),2024-01-02,1\n\(ticker),2024-01-03,1\n")
    let guarded = try Program.run(["data", "ls", "--data", space.path("data"), "--format", "csv"]).output
    #expect(guarded == "kind,name,rows,first,last\nticker,\"'\(ticker)\",2,2024-01-02,2024-01-03\n")
    let raw = try Program.run(["data", "ls", "--data", space.path("data"), "--format", "csv-raw"]).output
    #expect(raw == "kind,name,rows,first,last\nticker,\(ticker),2,2024-01-02,2024-01-03\n")
    // A data folder that is written again is data, and its names are what they were.
    #expect(try Program.run(["data", "export", "copy", "--data", space.path("data")], in: space.url).status == 0)
    let copy = try Program.run(["data", "ls", "--data", space.path("copy"), "--format", "csv-raw"]).output
    #expect(copy == raw)
  }

  @Test func numbersStayNumbers() throws {
    let space = try Workspace()
    let script = try space.write(
      "short.strat", "strategy \"short\" {}\nfn signals(as_of) { return [\"SPY\": -0.5] }\n")
    let signals = try Program.run(["signals", script, "--as-of", "2015-06-30", "--format", "csv"])
    #expect(signals.output == "as_of,ticker,weight\n2015-06-30,SPY,-0.5\n")
  }
}
