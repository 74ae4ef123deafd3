import Foundation
import Testing

/// The tutorial, followed word for word in a new folder: every script is saved, every command typed, and what the
/// program prints is what the page shows. `STRAT_UPDATE_GOLDEN=1` writes what was printed into the page.
@Suite struct GoldenTutorial {
  private static let page = "Grammar/TUTORIAL.md"

  @Test func everyBlockRunsAndPrintsWhatIsShown() throws {
    let file = Program.root.appendingPathComponent(Self.page)
    var parts = Markdown(try String(contentsOf: file, encoding: .utf8)).parts
    let space = try Workspace()
    var printed: String?
    var scripts = 0
    var commands = 0
    for place in parts.indices {
      guard case .block(let kind, let text) = parts[place] else { continue }
      let words = kind.split(separator: " ").map(String.init)
      switch words.first {
      case "strat":
        try space.write(try #require(words.dropFirst().first, "a script without a name"), text)
        scripts += 1
      case "sh" where words.dropFirst().first == "once":
        #expect(text.contains("swift build -c release"))
      case "sh":
        let outcome = try typed(text, in: space)
        #expect((outcome.status != 0) == words.contains("fails"), "\(text)\(outcome.output)")
        printed = outcome.output
        commands += 1
      case "text":
        let found = try #require(printed, "an output without a command")
        if ProcessInfo.processInfo.environment["STRAT_UPDATE_GOLDEN"] != nil {
          parts[place] = .block(kind, shown(found, like: text))
        } else {
          #expect(matches(found, text), "the tutorial shows\n\(text)\nthe program printed\n\(found)")
        }
        printed = nil
      default: Issue.record("a block of an unknown kind: \(kind)")
      }
    }
    #expect(scripts >= 9 && commands >= 10)
    if ProcessInfo.processInfo.environment["STRAT_UPDATE_GOLDEN"] != nil {
      try Data(parts.map(\.text).joined().utf8).write(to: file)
    }
  }

  /// What a shell prints, output and messages in the order they come.
  private func typed(_ commands: String, in space: Workspace) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-ec", "exec 2>&1\n" + commands]
    process.currentDirectoryURL = space.url
    let folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["LC_ALL": "C.UTF-8", "COLUMNS": "100", "PATH": folder + ":" + path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Whether an output is what is shown, where a last line `…` stands for any further lines.
  private func matches(_ output: String, _ shown: String) -> Bool {
    shown.hasSuffix("…\n") ? output.hasPrefix(shown.dropLast(2)) : output == shown
  }

  /// An output in the form of what was shown: as many lines of it as there were before the `…`.
  private func shown(_ output: String, like old: String) -> String {
    guard old.hasSuffix("…\n") else { return output }
    let count = old.split(separator: "\n", omittingEmptySubsequences: false).count - 2
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).prefix(count)
    return lines.map { $0 + "\n" }.joined() + "…\n"
  }
}

/// A page taken apart into prose and fenced blocks; the parts joined are the page.
private struct Markdown {
  enum Part {
    case prose(String)
    case block(String, String)

    var text: String {
      switch self {
      case .prose(let text): text
      case .block(let kind, let text): "```\(kind)\n\(text)```\n"
      }
    }
  }

  private(set) var parts: [Part] = []

  init(_ page: String) {
    var prose = ""
    var block: (kind: String, text: String)?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let open = block {
        if line == "```" {
          parts.append(.block(open.kind, open.text))
          block = nil
        } else {
          block = (open.kind, open.text + line + "\n")
        }
      } else if line.hasPrefix("```") {
        parts.append(.prose(prose))
        prose = ""
        block = (String(line.dropFirst(3)), "")
      } else {
        prose += line + "\n"
      }
    }
    parts.append(.prose(prose))
  }
}
