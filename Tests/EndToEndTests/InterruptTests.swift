import Foundation
import Testing

/// Ctrl-C ends a command whatever a script does: a single long call, a loop without end, work on texts.
@Suite(.timeLimit(.minutes(5))) struct InterruptTests {
  /// What a script is in the midst of, over and over again.
  static let works = [
    "let xs = [\"k{(i * 7919) % 100003}\" for i in 1..100000]\n  while true { let _x = xs.sort() }",
    "while true { let _x = 1 }",
    "var t = \"é\"\n  for i in 1..18 { t = t + t }\n  while true { let _x = t.upper() }",
  ]
  private static let limits = ["--limit", "steps=1000000000000", "--limit", "memory=17179869184"]

  private func script(_ space: Workspace, _ work: String) throws -> String {
    try space.write("a.strat", "fn signals(as_of) {\n  \(work)\n  hold\n}\ntest \"t\" {\n  \(work)\n}\n")
  }

  @Test(arguments: works) func runAndSignalsEndWithAMessage(_ work: String) throws {
    let space = try Workspace()
    let path = try script(space, work)
    for words in [["run", path], ["signals", path, "--as-of", "2015-06-30"]] {
      let outcome = try interrupted(words + Self.limits, in: space)
      #expect(outcome.status == 1, "\(words[0]): \(outcome.status) \(outcome.messages)")
      #expect(outcome.messages.contains("error[E0915]: the run was interrupted"), "\(outcome.messages)")
      #expect(outcome.output == "")
    }
  }

  @Test(arguments: works) func testEndsAsTheShellEndsIt(_ work: String) throws {
    let space = try Workspace()
    let outcome = try interrupted(["test", try script(space, work)] + Self.limits, in: space)
    #expect(outcome.status == -SIGINT && outcome.output == "")
  }

  /// The first lets what runs come to its end, as is documented; the second does not wait for it.
  @Test(arguments: [["batch"], ["sweep", "--param", "n=1..3"]]) func twiceEndsExperiments(_ words: [String]) throws {
    let space = try Workspace()
    let path = try script(space, "let _n = n\n  " + Self.works[0])
    try space.write("a.strat", "param n = 1 in 1..3\n" + String(contentsOfFile: path, encoding: .utf8))
    let outcome = try interrupted([words[0], path] + words.dropFirst() + Self.limits, in: space, times: 2)
    #expect(outcome.status == -SIGINT, "\(outcome.status) \(outcome.messages)")
  }

  @Test(arguments: works) func thePromptSurvivesWithItsBindings(_ work: String) throws {
    let session = try PromptSession(["--limit", "steps=1000000000000", "--limit", "memory=17179869184"])
    try session.enter("let kept = 12")
    let lines = work.split(separator: "\n").map(String.init)
    for line in lines.dropLast() { try session.enter(line.trimmingCharacters(in: .whitespaces)) }
    let line = session.terminal.screen.cursorLine
    session.terminal.type((lines.last ?? "").trimmingCharacters(in: .whitespaces) + "\r")
    try session.terminal.wait("the loop to begin") { $0.cursorLine > line && $0.column == 0 }
    Thread.sleep(forTimeInterval: 0.3)
    try session.interrupt()
    #expect(session.terminal.screen.text.contains("E0505"))
    #expect(try session.enter("kept + 1000").contains { $0.contains("1012") })
    #expect(try session.leave() == 0)
  }

  /// Starts the program, interrupts it in the midst of its work, and gives what it left.
  private func interrupted(_ words: [String], in space: Workspace, times: Int = 1) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = words
    process.currentDirectoryURL = space.url
    process.environment = ["LC_ALL": "C.UTF-8", "STRAT_CACHE": space.path("cache")]
    for name in ["output", "messages"] { try space.write(name, "") }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: space.path("output")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: space.path("messages")))
    // The threads that run tests keep signals off, which a program inherits.
    var interrupt = sigset_t()
    var before = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    // By then the script is at work, also where the machine is busy; nothing else takes so long.
    Thread.sleep(forTimeInterval: 2)
    for _ in 0..<times {
      try #require(process.isRunning)
      kill(process.processIdentifier, SIGINT)
      Thread.sleep(forTimeInterval: 0.3)
    }
    // It ends at once; that it does so within a minute is asked for, as others may be at work on the machine.
    let end = Date().addingTimeInterval(60)
    while process.isRunning, Date() < end { usleep(10_000) }
    let ended = !process.isRunning
    if !ended { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(ended, "\(words[0]) went on for a minute")
    return Program.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOfFile: space.path("output"), encoding: .utf8),
      messages: try String(contentsOfFile: space.path("messages"), encoding: .utf8))
  }
}
