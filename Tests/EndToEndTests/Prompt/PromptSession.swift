import Foundation
import Testing

/// `strat repl` at a terminal of its own, in a folder of its own.
final class PromptSession {
  let space: Workspace
  let terminal: PseudoTerminal

  /// The row of the prompt that was seen last, counted from the first line that ever was on the screen.
  private var promptRow = -1

  /// Starts a session on a small market, or other data, and waits for its prompt.
  init(
    _ arguments: [String] = [], in space: Workspace? = nil, environment: [String: String] = [:], rows: Int = 30,
    columns: Int = 100
  ) throws {
    let space = try space ?? Workspace()
    self.space = space
    try PromptSession.writeMarket(in: space)
    terminal = try PseudoTerminal(
      Program.path, ["repl", "--data", "market"] + arguments, in: space.url,
      environment: PromptSession.environment(space).merging(environment) { $1 }, rows: rows, columns: columns)
    try seePrompt()
  }

  /// What a session finds in its environment: nothing of the machine that the tests run on.
  static func environment(_ space: Workspace) -> [String: String] {
    [
      "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "HOME": space.url.path, "INPUTRC": "/dev/null",
      "STRAT_HISTORY": space.path("history"), "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
      // A program that fails is to end, not to be looked into.
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  /// A market that is read in no time, up to 2015-06-30: it has what the tests ask for, and LEH ends early.
  static func writeMarket(in space: Workspace) throws {
    guard !FileManager.default.fileExists(atPath: space.path("market")) else { return }
    var prices = "date,AAPL,AMD,QQQ,SPY\n"
    var early = "ticker,date,close\n"
    let calendar = Calendar(identifier: .gregorian)
    let form = DateFormatter()
    form.dateFormat = "yyyy-MM-dd"
    form.timeZone = TimeZone(identifier: "UTC")
    let first = try #require(form.date(from: "2013-01-01"))
    for number in 0...910 {
      let day = first.addingTimeInterval(Double(number) * 86_400)
      var here = calendar
      here.timeZone = try #require(TimeZone(identifier: "UTC"))
      if here.isDateInWeekend(day) { continue }
      let wave = Double((number * 37) % 100) / 10
      let row = [100, 20, 50, 150].map { String($0 + wave + Double(number) / 20) }
      prices += form.string(from: day) + "," + row.joined(separator: ",") + "\n"
      if number < 60 { early += "LEH,\(form.string(from: day)),\(row[0])\n" }
    }
    try space.write("market/prices/all.csv", prices)
    try space.write("market/prices/early.csv", early)
    try space.write(
      "market/series/series.csv",
      """
      series,observation_date,release_time,value
      US_RT_PAYROLLS,2015-03-01,2015-04-03T12:30:00Z,150617
      US_RT_PAYROLLS,2015-03-01,2015-05-01T12:30:00Z,150625
      US_RT_PAYROLLS,2015-03-01,2015-06-05T12:30:00Z,150630
      US_RT_UNEMPLOYMENT,2015-03-01,2015-04-03T12:30:00Z,5.5

      """)
    try space.write(
      "market/curves/curves.csv",
      "curve,date,tenor_days,rate\n"
        + [30, 365, 3650].map { "UST_PAR,2015-06-01,\($0),\(Double($0) / 1000)\n" }.joined())
    try space.write(
      "market/universes/universes.csv", "universe,ticker,start,end\nSP500,AAPL,2013-01-01,\nSP500,AMD,2013-01-01,\n")
  }

  /// Whether a text is nothing but a prompt.
  static func isPrompt(_ text: String) -> Bool { text.wholeMatch(of: /(\d{4}-\d\d-\d\d)?> ?/) != nil }
  /// Whether a text is nothing but the prompt of a continuation.
  static func isContinuation(_ text: String) -> Bool { text.wholeMatch(of: /[ ]*\.\.\. ?/) != nil }

  /// Waits for a prompt below the last one.
  @discardableResult func seePrompt() throws -> Screen {
    let last = promptRow
    let screen = try terminal.wait("a prompt") { screen in
      screen.cursorLine > last && PromptSession.isPrompt(screen.beforeCursor)
    }
    promptRow = screen.cursorLine
    return screen
  }

  /// Types an entry and Enter, waits for the next prompt, and gives the lines between.
  @discardableResult func enter(_ entry: String) throws -> [String] {
    let start = promptRow
    terminal.type(entry + "\r")
    let screen = try seePrompt()
    return Array(screen.lines[min(start + 1, screen.lines.count)..<min(promptRow, screen.lines.count)])
  }

  /// Types a line that leaves an entry incomplete.
  func begin(_ line: String) throws {
    let last = terminal.screen.cursorLine
    terminal.type(line + "\r")
    try terminal.wait("the prompt of a continuation") { screen in
      screen.cursorLine > last && PromptSession.isContinuation(screen.beforeCursor)
    }
  }

  /// Types keys and waits until what stands before the cursor ends with a text.
  @discardableResult func type(_ keys: String, until text: String) throws -> Screen {
    terminal.type(keys)
    return try terminal.seeAtCursor(text)
  }

  /// Throws away what is typed, and waits for the next prompt.
  func interrupt() throws {
    terminal.type(Key.interrupt)
    try seePrompt()
  }

  /// Leaves at an empty prompt.
  func leave() throws -> Int32 {
    terminal.type(Key.endOfInput)
    return try terminal.end()
  }
}

extension Screen {
  /// The row of the cursor, counted from the first line that ever was on the screen.
  var cursorLine: Int { scrolled.count + row }
}
