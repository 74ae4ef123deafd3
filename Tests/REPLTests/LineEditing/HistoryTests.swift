import Diagnostics
import Foundation
import Synchronization
import Testing

@testable import REPL

/// A folder of its own, removed at the end.
private final class Folder {
  let path = NSTemporaryDirectory() + "/strat-history-\(UUID().uuidString)"
  deinit {
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    try? FileManager.default.removeItem(atPath: path)
  }
}

private final class Warnings {
  var codes: [String] = []
}

struct HistoryTests {
  private let folder = Folder()
  private let warnings = Warnings()
  private var path: String { folder.path + "/state/history" }

  private func open(_ project: String = "/a") -> History {
    let warnings = warnings
    return History(path: path, folder: project) { warnings.codes.append($0.code) }
  }

  @Test func entriesComeBackWithAllTheirLines() throws {
    let first = open()
    first.add("let x = 1")
    first.add("fn f() {\n\treturn \"é\"\n\n}\n")
    #expect(open().entries == ["let x = 1", "fn f() {\n\treturn \"é\"\n\n}"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(warnings.codes.isEmpty)
  }

  @Test func equalEntriesAreOne() {
    let history = open()
    for text in ["a", "b", "a", "  ", "", "a  \n"] { history.add(text) }
    #expect(history.entries == ["b", "a"])
    #expect(open().entries == ["b", "a"])
  }

  @Test func theFolderComesFirstOnTheWayBack() {
    open("/a").add("in a")
    open("/b").add("in b")
    open("/b").add("both")
    open("/a").add("both")
    #expect(open("/a").entries == ["in b", "in a", "both"])
    #expect(open("/b").entries == ["in a", "in b", "both"])
    #expect(open("/c").entries == ["in a", "in b", "both"])
  }

  @Test func sessionsSideBySideLoseNothing() async {
    let path = path
    await withTaskGroup(of: Void.self) { group in
      for session in 0..<4 {
        group.addTask {
          let history = History(path: path, folder: "/\(session)") { _ in }
          for number in 0..<50 { history.add("entry \(session) \(number)\nmore") }
        }
      }
    }
    let entries = open().entries
    #expect(entries.count == 200 && Set(entries).count == 200)
    #expect(entries.allSatisfy { $0.hasSuffix("\nmore") })
    #expect(warnings.codes.isEmpty)
  }

  @Test func aDamagedFileIsAWarning() throws {
    open().add("good")
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0x00, 0xFF, 0xFE, 0x0A]) + Data("@/a\n torn".utf8))
    try file.close()
    let history = open()
    #expect(history.entries == ["good", "torn"])
    #expect(warnings.codes == ["W0931"])
    history.add("later")
    #expect(open().entries == ["good", "torn", "later"])
  }

  @Test func whatIsNoHistoryIsAWarning() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let history = open()
    history.add("kept for this session")
    history.add("and this")
    #expect(history.entries.count == 2)
    #expect(warnings.codes == ["W0932"])
  }

  @Test func whatCannotBeWrittenIsOneWarning() throws {
    // The folder's place is taken by a file.
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: folder.path + "/state"))
    let history = open()
    history.add("a")
    history.add("b")
    #expect(history.entries == ["a", "b"])
    #expect(warnings.codes == ["W0932"])
  }

  @Test func aLongFileIsShortened() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/state", withIntermediateDirectories: true)
    let count = 2 * HistoryFile.limit + 1
    let text = (0..<count).map { HistoryText.encoded(HistoryEntry(folder: "/a", text: "entry \($0)")) }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(open().entries.count == HistoryFile.limit)
    #expect(open().entries.last == "entry \(count - 1)")
    #expect(try HistoryFile(path).read().entries.count == HistoryFile.limit)
  }

  @Test func theEnvironmentSaysWhere() {
    func path(_ variables: [String: String]) -> String? { HistoryFile.path { variables[$0] } }
    #expect(path(["STRAT_HISTORY": "h", "HOME": "/x"]) == "h")
    #expect(path(["STRAT_HISTORY": "", "HOME": "/x"]) == nil)
    #expect(path(["STRAT_HISTORY": "/dev/null"]) == nil)
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/x"]) == "/s/strat/history")
    #expect(path(["XDG_STATE_HOME": "relative", "HOME": "/x"]) == "/x/.local/state/strat/history")
    #expect(path([:]) == nil)
  }
}
