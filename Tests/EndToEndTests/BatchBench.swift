import Foundation
import Testing

/// A workspace with a small market, scripts that take a while, and one of each kind of failure.
struct Bench {
  let space: Workspace
  /// The scripts' names, ascending.
  private(set) var names: [String] = []
  /// The codes of those that fail.
  private(set) var codes: [String: String] = [:]

  /// `slow` scripts count to so much at each decision.
  init(slow count: Int, turns: Int = 2_000) throws {
    space = try Workspace()
    let days = (1...12).flatMap { month in (1...28).map { String(format: "2015-%02d-%02d", month, $0) } }
    let rows = days.enumerated().map { place, day in
      "SPY,\(day),\(100 + place % 7)\n" + (place < 84 ? "OLD,\(day),\(50 + place % 5)\n" : "")
    }
    try space.write("data/prices/p.csv", "ticker,date,close\n" + rows.joined())
    for number in 0..<count {
      let name = String(format: "slow_%02d.strat", number)
      try space.write(
        "ideas/" + name,
        """
        strategy "slow_\(number)" { rebalance: "daily" }
        fn signals(as_of) {
          var i = 0
          while i < \(turns) { i = i + 1 }
          return ["SPY": \(number + 1) / 100]
        }

        """)
      names.append(name)
    }
    for one in Bench.failing {
      try space.write("ideas/" + one.name, one.text)
      codes[one.name] = one.code
    }
    try addFiles()
    names = (names + codes.keys).sorted()
  }

  /// One script of each kind of failure, and the code it ends with; those that get as far as a run are marked.
  static let failing: [(name: String, text: String, code: String, hasRun: Bool)] = [
    ("bad_assert.strat", "fn signals(as_of) {\n  assert 1 > 2\n  return flat\n}\n", "E0408", true),
    ("bad_config.strat", "strategy \"c\" { benchmark: \"QQQ\" }\nfn signals(as_of) = [\"SPY\": 1]\n", "E0804", false),
    ("bad_depth.strat", "fn f(n) = f(n + 1) + 1\nfn signals(as_of) = [\"SPY\": f(0)]\n", "E0503", true),
    ("bad_empty.strat", "strategy \"e\" { }\n", "E0222", false),
    ("bad_error.strat", "fn signals(as_of) = error(\"not today\")\n", "E0409", true),
    (
      "bad_future.strat",
      "fn signals(as_of) = if close(\"SPY\", as_of: as_of + 5d) > 1 { [\"SPY\": 1] } else { flat }\n",
      "E0601", false
    ),
    ("bad_import.strat", "import nothing_of_the_kind\nfn signals(as_of) = [\"SPY\": 1]\n", "E0208", false),
    ("bad_index.strat", "fn signals(as_of) = [\"SPY\": [1][3]]\n", "E0404", true),
    ("bad_key.strat", "strategy \"c\" { rebalanec: \"daily\" }\nfn signals(as_of) = [\"SPY\": 1]\n", "E0215", false),
    ("bad_loop.strat", "fn signals(as_of) {\n  while true { }\n  return flat\n}\n", "E0501", true),
    (
      "bad_memory.strat", "fn signals(as_of) {\n  var s = \"a\"\n  while true { s = s + s }\n  return flat\n}\n",
      "E0502",
      true
    ),
    (
      "bad_missing.strat",
      "fn signals(as_of) = if as_of > 2015-02-02 and close(\"OLD\").on(2014-01-01) > 1 { [\"SPY\": 1] } else { flat }\n",
      "E0403", true
    ),
    ("bad_name.strat", "fn signals(as_of) = nothing\n", "E0201", false),
    ("bad_param.strat", "param n = 9 in 1..5\nfn signals(as_of) = [\"SPY\": 1]\n", "E0412", false),
    (
      "bad_price.strat", "fn signals(as_of) = if close(\"QQQ\") > 1 { [\"SPY\": 1] } else { flat }\n", "E0413", true
    ),
    (
      "bad_series.strat", "fn signals(as_of) = [\"SPY\": if macro(\"NONE\") > 1 { 1 } else { 0 }]\n", "E0414", true
    ),
    ("bad_shape.strat", "fn signals(as_of) = [1]\n", "E0301", false),
    ("bad_syntax.strat", "fn signals(as_of) = [\"SPY\": 1\n", "E0106", false),
    ("bad_ticker.strat", "fn signals(as_of) = [\"QQQ\": 1]\n", "E0807", true),
    ("bad_type.strat", "fn signals(as_of) = [\"SPY\": sma(1)]\n", "E0301", false),
    (
      "bad_type_at_run.strat", "fn pick(x) = [1, \"a\"][x]\nfn signals(as_of) = [\"SPY\": pick(1) * 2]\n", "E0302", true
    ),
    (
      "bad_weight.strat",
      "fn signals(as_of) = if as_of < 2015-06-01 { [\"SPY\": 1] } else { [\"SPY\": close(\"OLD\")] }\n", "E0806", true
    ),
    ("bad_weight_kind.strat", "fn signals(as_of) = [\"SPY\": \"much\"]\n", "E0418", true),
  ]

  /// Failures that no text is: bytes that are no text, and a link to nowhere.
  private mutating func addFiles() throws {
    try Data([0x66, 0x6E, 0xFF, 0xFE, 0x0A]).write(to: URL(fileURLWithPath: space.path("ideas/bad_bytes.strat")))
    codes["bad_bytes.strat"] = "E0904"
    try FileManager.default.createSymbolicLink(
      atPath: space.path("ideas/bad_link.strat"), withDestinationPath: "nowhere")
    codes["bad_link.strat"] = "E0918"
  }

  /// How many scripts get as far as a run.
  var runs: Int { names.count - codes.count + Bench.failing.count { $0.hasRun } }

  var arguments: [String] { ["batch", "ideas", "--data", "data", "--limit", "steps=200k", "--limit", "memory=128k"] }
  var environment: [String: String] { ["STRAT_CACHE": space.path("cache"), "COLUMNS": "100"] }

  func run(_ more: [String]) throws -> Program.Outcome {
    try Program.run(arguments + more, in: space.url, environment: environment)
  }

  /// How many outcomes are kept by now.
  var kept: Int {
    let found = FileManager.default.enumerator(atPath: space.path("cache"))?.allObjects as? [String] ?? []
    return found.count { $0.hasSuffix(".outcome") }
  }

  /// Starts the batch, and stops it with a signal once some outcomes are kept.
  func stopped(by signal: Int32, after count: Int, _ more: [String]) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments + more
    process.currentDirectoryURL = space.url
    process.environment = environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
    let output = space.url.appendingPathComponent("output")
    let messages = space.url.appendingPathComponent("messages")
    for file in [output, messages] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    let end = Date().addingTimeInterval(120)
    while kept < count, process.isRunning, Date() < end { usleep(1_000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return Program.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
  }
}

/// The rows of a batch's document.
func rows(_ outcome: Program.Outcome) throws -> [[String: Any]] {
  let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
  #expect(document?["schema"] as? Int == 1)
  return try #require(document?["scripts"] as? [[String: Any]])
}

/// The rows without what differs between runs by nature.
func withoutSeconds(_ text: String) -> String {
  text.replacing(/"seconds":[^}]*/, with: "")
}
