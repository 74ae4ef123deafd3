import Foundation
import Testing

@testable import FileSystem

/// A folder is visited once, by whatever ways links lead to it.
@Suite struct FolderWalkTests {
  private func link(_ folder: Scratch, _ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
  }

  private func found(_ folder: Scratch) throws -> [String] {
    try FolderWalk.files(below: folder.path).map { file in
      file.path.replacing(folder.path + "/", with: "") + (file.problem.map { ": " + $0 } ?? "")
    }
  }

  @Test func linksInACircleEnd() throws {
    let folder = try Scratch()
    folder.write("x.strat", [])
    folder.write("sub/y.strat", [])
    try link(folder, "h1", to: ".")
    try link(folder, "h2", to: ".")
    try link(folder, "sub/up", to: "..")
    try link(folder, "sub/again", to: "../sub")
    #expect(try found(folder) == ["sub/y.strat", "x.strat"])
  }

  @Test func aLinkToAFolderElsewhereIsFollowedOnce() throws {
    let (folder, other) = (try Scratch(), try Scratch())
    other.write("z.strat", [])
    try link(folder, "a", to: other.path)
    try link(folder, "b", to: other.path)
    #expect(try found(folder) == ["a/z.strat"])
  }

  @Test func whatIsNoFileIsFoundWithItsReason() throws {
    let folder = try Scratch()
    #expect(mkfifo(folder.path + "/p.strat", 0o600) == 0)
    try link(folder, "gone.strat", to: "nowhere")
    try link(folder, "round", to: "round")
    let found = try found(folder)
    #expect(
      found == [
        "gone.strat: it is a link that leads to nothing",
        "p.strat: it is a pipe, which may never end; write what it gives to a file and name that",
        "round: it is a link that leads to nothing",
      ])
  }

  @Test func aNameThatIsNoTextIsSaid() throws {
    let folder = try Scratch()
    let name = Array((folder.path + "/a").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF)] + ".csv".utf8CString
    let file = try #require(fopen(name, "w"))
    fclose(file)
    #expect(try found(folder) == ["a\u{FFFD}.csv: its name is not UTF-8 text: rename it"])
  }

  @Test func foldersDeepInEachOtherEnd() throws {
    let folder = try Scratch()
    folder.write((0..<80).map { _ in "d" }.joined(separator: "/") + "/x.strat", [])
    #expect(try found(folder).map { $0.hasSuffix("folders lie more than 64 deep in each other") } == [true])
  }

  @Test func aFolderThatIsTakenWholeIsNotLookedInto() throws {
    let folder = try Scratch()
    folder.write("data/prices/p.csv", [])
    folder.write("other/p.csv", [])
    let found = try FolderWalk.files(below: folder.path) { $0.contains("prices") }
    #expect(found.map(\.isFolder) == [true, false])
  }
}
