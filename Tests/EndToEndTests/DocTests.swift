import Foundation
import Testing

/// Looking things up in the terminal.
@Suite struct DocTests {
  @Test func everythingIsListed() throws {
    let outcome = try Program.run(["doc", "--format", "json"])
    #expect(outcome.status == 0)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let entries = try #require(document["entries"] as? [[String: Any]])
    #expect(entries.count >= 350)
    for entry in entries {
      let name = entry["name"] as? String ?? ""
      #expect((entry["meaning"] as? String)?.hasSuffix(".") == true, "\(name) says no meaning")
      guard ["builtin", "function"].contains(entry["kind"] as? String) else { continue }
      #expect((entry["signatures"] as? [String])?.isEmpty == false, "\(name) has no signature")
      #expect((entry["examples"] as? [Any])?.isEmpty == false, "\(name) has no example")
    }
  }

  @Test func aMisspeltNameIsAnswered() throws {
    let outcome = try Program.run(["doc", "smaa"])
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("[E0921]") && outcome.messages.contains("did you mean `sma`?"))
  }

  @Test func wordsAreSearched() throws {
    let outcome = try Program.run(["doc", "--search", "Drawdown", "--format", "csv"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("stats.max_drawdown") && outcome.output.contains("drawdown(s: series)"))
    let nothing = try Program.run(["doc", "--search", "blockchain"])
    #expect(nothing.status == 2 && nothing.messages.contains("[E0921]"))
  }
}
