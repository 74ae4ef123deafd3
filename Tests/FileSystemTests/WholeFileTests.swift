import Foundation
import Testing

@testable import FileSystem

/// Files are written whole or not at all, and leave nothing beside them.
@Suite struct WholeFileTests {
  private let old = Array("old".utf8)
  private let new = Array("new".utf8)

  private func names(_ folder: Scratch) throws -> [String] { try FolderEntries(folder.path).names }

  @Test func aFileIsMadeOnce() throws {
    let folder = try Scratch()
    try WholeFile.create(folder.path + "/a", old)
    #expect(throws: FileFailure.self) { try WholeFile.create(folder.path + "/a", new) }
    #expect(folder.text("a") == "old")
    #expect(try names(folder) == ["a"])
  }

  @Test func aLinkKeepsPointingAndPermissionsStay() throws {
    let folder = try Scratch()
    folder.write("a", old)
    chmod(folder.path + "/a", 0o640)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/b", withDestinationPath: "a")
    try WholeFile.replace(folder.path + "/b", new)
    #expect(folder.text("a") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/b") == "a")
    #expect(FileStatus(folder.path + "/a")?.permissions == 0o640)
    #expect(try names(folder) == ["a", "b"])
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    let folder = try Scratch()
    #expect(mkfifo(folder.path + "/p", 0o600) == 0)
    #expect(throws: FileFailure.self) { try WholeFile.replace(folder.path + "/p", new) }
    #expect(FileStatus(folder.path + "/p")?.kind == .pipe)
    #expect(throws: FileFailure("it is a device, not a file")) { try WholeFile.replace("/dev/null", new) }
  }

  @Test func whatAKilledProcessLeftIsRemovedAndWhatIsBeingMadeStays() throws {
    let folder = try Scratch()
    folder.write(".strat-1-1.partial", old)
    folder.write(".strat-1-2.partial/prices/p.csv", old)
    folder.write(".strat-1-3.partial", old)
    folder.write("mine.partial", old)
    let held = open(folder.path + "/.strat-1-3.partial", O_RDONLY)
    defer { close(held) }
    try #require(flock(held, LOCK_EX | LOCK_NB) == 0)
    try WholeFile.replace(folder.path + "/a", new)
    #expect(try names(folder) == [".strat-1-3.partial", "a", "mine.partial"])
  }
}
