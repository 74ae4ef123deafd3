import ArgumentParser
import Backtest
import Diagnostics
import Interpreter
import Testing

@testable import Commands

/// The long flags that the help of a command names.
private func flags(_ command: any ParsableCommand.Type) -> Set<String> {
  let words = Strat.helpMessage(for: command, columns: 1_000).split { " ,/|\n[]()".contains($0) }
  return Set(words.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) })
}

@Test func everyKeyOfTheConfigurationHasItsFlag() {
  for command in [RunCommand.self, SignalsCommand.self] as [any ParsableCommand.Type] {
    let known = flags(command)
    for key in ConfigKey.all { #expect(known.contains(key.flag), "the flag --\(key.flag)") }
  }
}

@Test func theFlagsReachTheirKeys() throws {
  // Every flag is given its own name as text; each must arrive under its key.
  for key in ConfigKey.all {
    let options = try ConfigOptions.parse(["--\(key.flag)", "text"])
    #expect(options.given.map(\.key) == [key.name])
    #expect(options.given.map(\.text) == ["text"])
  }
}

@Test func limitsAreReadWithTheirUnits() throws {
  let limits = try ScriptOptions.parse(["--limit", "steps=10M", "--limit", "memory=1M", "--limit", "depth=1_0"])
    .evaluationLimits()
  #expect(limits.steps == 10_000_000)
  #expect(limits.memory == 1 << 20)
  #expect(limits.depth == 10)
}

@Test(
  arguments: [
    ("steps", "E0908"), ("=5", "E0908"), ("time=5", "E0909"), ("steps=0", "E0910"), ("steps=x", "E0910"),
    ("steps=9999999999999G", "E0910"), ("steps=", "E0910"),
  ] as [(String, String)])
func badLimitsAreWrongUsage(text: String, code: String) throws {
  let options = try ScriptOptions.parse(["--limit", text])
  do {
    _ = try options.evaluationLimits()
    Issue.record("`\(text)` was accepted")
  } catch {
    #expect(error.status == .usage)
    #expect(error.diagnostics.map(\.code) == [code])
  }
}

@Test func everyCommandShowsAnExample() {
  func check(_ command: any ParsableCommand.Type) {
    let name = command.configuration.commandName ?? "\(command)"
    #expect(command.configuration.discussion.contains("EXAMPLE:"), "the help of \(name)")
    for child in command.configuration.subcommands { check(child) }
  }
  check(Strat.self)
}

@Test func whatAShellWouldReadOtherwiseIsQuoted() {
  #expect(Shell.quoted("a.strat") == "a.strat")
  #expect(Shell.quoted("my file") == "'my file'")
  #expect(Shell.quoted("it's") == "'it'\\''s'")
  #expect(Shell.quoted("") == "''")
}
