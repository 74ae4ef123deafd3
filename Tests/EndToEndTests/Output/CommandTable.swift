import Foundation
import Testing

/// The commands of the program, as it lists them itself, so that a new one is in every test that goes over all.
struct CommandTable {
  /// A command that does something itself.
  struct Command {
    /// Its words, as in `data ls`.
    var name: String
    /// How many words it takes besides options.
    var words: Int
    /// The options that take a value.
    var options: [String]
  }

  let commands: [Command]

  /// Asks the program.
  init() throws {
    let outcome = try Program.run(["--experimental-dump-help"])
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let root = try #require(whole["command"] as? [String: Any])
    commands = CommandTable.leaves(of: root, path: [])
    #expect(commands.count > 20)
  }

  private static func leaves(of command: [String: Any], path: [String]) -> [Command] {
    let parts = (command["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
    if !parts.isEmpty {
      return parts.flatMap { leaves(of: $0, path: path + [$0["commandName"] as? String ?? ""]) }
    }
    let arguments = command["arguments"] as? [[String: Any]] ?? []
    let options = arguments.filter { $0["kind"] as? String == "option" }.compactMap { argument in
      (argument["names"] as? [[String: Any]])?.first { $0["kind"] as? String == "long" }?["name"] as? String
    }
    return [
      Command(
        name: path.joined(separator: " "), words: arguments.count { $0["kind"] as? String == "positional" },
        options: options)
    ]
  }
}

/// A folder in which every command has something to do, and arguments with which it does it.
struct EveryCommand {
  let space: Workspace
  let table: CommandTable

  /// The names in the folder are those that a test gives.
  ///
  /// - Parameters:
  ///   - ticker: a ticker of the market.
  ///   - script: the name of the script's file.
  ///   - title: what the script is called, says, plots and tests.
  init(ticker: String = "SPY", script: String = "s.strat", title: String = "steady") throws {
    space = try Workspace()
    table = try CommandTable()
    var rows = "ticker,date,close\n"
    for month in 1...12 {
      // A gap is something odd to be found.
      for day in 1...28 where month != 6 || day < 10 {
        rows += "\(ticker),2014-\(two(month))-\(two(day)),\(100 + month + day % 7)\n"
      }
    }
    try space.write("market/prices/prices.csv", rows)
    try space.write("more.csv", "Date,Close\n2014-12-29,101\n2014-12-30,102\n")
    let name = EveryCommand.literal(title)
    try space.write(
      "scripts/" + script,
      """
      strategy "steady" { rebalance: "monthly" }
      param label = \(name)
      param size = 1 in [1, 2]
      fn signals(as_of) {
        print(label)
        note(label)
        plot(label, size)
        let unused = 1
        return [\(EveryCommand.literal(ticker)): 0.5 * size]
      }
      test \(name) { assert 1 == 2, label }

      """)
    self.script = "scripts/" + script
    for size in ["size=1", "size=2"] {
      let saved = try run([
        "run", self.script, "--data", "market", "--save", "--db", "sqlite:r.db", "--param", size,
      ])
      #expect(saved.status == 0, "\(saved.messages)")
    }
  }

  private let script: String

  /// A text as the language writes it, with everything that is no letter escaped.
  private static func literal(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { scalar in
        scalar.properties.isAlphabetic ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
      }.joined() + "\""
  }

  /// Runs the program in the folder.
  func run(_ arguments: [String]) throws -> Program.Outcome { try Program.run(arguments, in: space.url) }

  /// For each command arguments with which it does its work; those of a new command are to be added here.
  var invocations: [String: [[String]]] {
    let data = ["--data", "market"]
    let database = ["--db", "sqlite:r.db"]
    return [
      "run": [
        ["run", script] + data, ["run", script, "--format", "json"] + data, ["run", script, "--brief"] + data,
      ],
      "batch": [["batch", "scripts", "--jobs", "1"] + data, ["batch", "scripts", "--format", "csv"] + data],
      "sweep": [["sweep", script, "--jobs", "1"] + data],
      "check": [["check", script], ["check", script, "--format", "json"]],
      "test": [["test", script] + data, ["test", script, "--format", "csv"] + data],
      "fmt": [["fmt", "--check", script], ["fmt", "--diff", script]],
      "signals": [["signals", script] + data, ["signals", script, "--format", "csv"] + data],
      "data ls": [["data", "ls"] + data, ["data", "ls", "--format", "csv"] + data],
      "data describe": [["data", "describe"] + data], "data check": [["data", "check"] + data],
      "data import": [
        [
          "data", "import", "more.csv", "--into", "out", "--columns", "date=Date,close=Close", "--name", "MORE",
          "--dry-run",
        ]
      ],
      "data formats": [["data", "formats"], ["data", "formats", "alfred"]],
      "data export": [["data", "export", "exported-\(UUID().uuidString)"] + data],
      "data sample": [["data", "sample", "sample-\(UUID().uuidString)"]],
      "repl": [["repl", script] + data], "results ls": [["results", "ls"] + database],
      "results show": [["results", "show", "1"] + database],
      "results compare": [["results", "compare", "1", "2"] + database],
      "results export": [["results", "export", "1"] + database, ["results", "export", "1", "--weights"] + database],
      "results rm": [["results", "rm", "1", "--db", "sqlite:none.db"]], "db migrate": [["db", "migrate"] + database],
      "db status": [["db", "status"] + database],
      "db rollback": [["db", "rollback", "--db", "sqlite:none.db"]], "db check": [["db", "check"] + database],
      "new": [["new", "idea-\(UUID().uuidString)"]], "explain": [["explain"], ["explain", "E0201"]],
      "doc": [["doc", "sum"], ["doc"], ["doc", "--search", "mean"]],
    ]
  }
}

private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
