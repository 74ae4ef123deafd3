import Foundation
import Testing

/// A password in the address of a database is never printed and never kept, wherever the address is given.
@Suite struct Secrets {
  private static let addresses = [
    "postgres://analyst:sekret@127.0.0.1:1/research",
    "postgresql://analyst:sek%72et@127.0.0.1:1/research?sslmode=disable",
    "postgres://analyst@127.0.0.1:1/research?password=sekret", "postgres://analyst:se kret@127.0.0.1:1/research",
    "postgres://analyst:sekret@127.0.0.1:port/research", "postgres:/analyst:sekret@127.0.0.1/research",
    "postgress://analyst:sekret@127.0.0.1/research", "analyst:sekret@127.0.0.1/research",
    "host=127.0.0.1 port=1 user=analyst password=sekret",
  ]

  private func isSecret(_ text: String) -> Bool {
    ["sekret", "sek%72et", "se kret", "kret@"].contains { text.contains($0) }
  }

  @Test func anAddressInThePlaceOfAScriptIsShownWithoutItsPassword() throws {
    let outcome = try Program.run(["run", "postgres://analyst:sekret@server/research"])
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("`postgres://analyst:…@server/research`"))
    #expect(!isSecret(outcome.messages))
  }

  @Test func noArgumentAndNoOptionTellsAPassword() throws {
    let space = try Workspace()
    let script = try space.write("s.strat", "strategy \"s\" {}\nfn signals(as_of) { return flat }\n")
    let table = try CommandTable()
    for (number, command) in table.commands.enumerated() {
      let words = command.name.split(separator: " ").map(String.init)
      let own = command.words > 0 && command.name != "new" ? [script] : []
      var tries = [words + [Secrets.addresses[0]], words + ["--" + Secrets.addresses[0]]]
      for (place, option) in command.options.enumerated() {
        let address = Secrets.addresses[(number + place) % Secrets.addresses.count]
        let isJoined = (number + place).isMultiple(of: 2)
        tries.append(words + own + (isJoined ? ["--\(option)=\(address)"] : ["--\(option)", address]))
      }
      for arguments in tries {
        let outcome = try Program.run(arguments, in: space.url)
        #expect(!isSecret(outcome.output + outcome.messages), "\(arguments): \(outcome)")
      }
    }
  }

  @Test(arguments: Secrets.addresses)
  func everyFormOfAnAddressIsHidden(_ address: String) throws {
    let space = try Workspace()
    for arguments in [
      ["run", address], ["check", address, "--format", "json"], ["batch", address, "--format", "json"], [address],
      ["test", address], ["fmt", address], ["results", "ls", "--db", address], ["data", "ls", "--data", address],
      ["data", "ls", address], ["data", "import", address, "--into", address], ["data", "export", address],
      ["explain", address], ["doc", address], ["repl", address], ["repl", "--data", address],
      ["db", "status", "--db", address],
    ] {
      let outcome = try Program.run(arguments, in: space.url, input: "")
      #expect(!isSecret(outcome.output + outcome.messages), "\(arguments): \(outcome)")
    }
    let environment = try Program.run(["results", "ls"], in: space.url, environment: ["STRAT_DB": address])
    #expect(!isSecret(environment.output + environment.messages))
    let password = try Program.run(
      ["results", "ls", "--db", "postgres://analyst@127.0.0.1:1/x"], in: space.url,
      environment: ["PGPASSWORD": "sekret"])
    #expect(!isSecret(password.output + password.messages))
  }

  @Test func thePromptsHistoryKeepsNoPassword() throws {
    let session = try PromptSession()
    try session.enter(":data postgres://analyst:sekret@127.0.0.1:1/research")
    try session.enter("1 + 1")
    session.terminal.type(Key.up + Key.up)
    try session.terminal.seeAtCursor("postgres://analyst:…@127.0.0.1:1/research")
    try session.interrupt()
    #expect(try session.leave() == 0)
    let kept = try String(contentsOfFile: session.space.path("history"), encoding: .utf8)
    #expect(kept.contains("analyst:…@127.0.0.1") && !isSecret(kept))
  }
}
