import Foundation
import Testing

/// `data sample` killed at random moments: the folder is there whole or not at all, and what is left of it is hidden and
/// goes with the next one.
@Suite struct KilledSampleTests {
  private let space: Workspace
  private static let program = URL(fileURLWithPath: Program.path)

  init() throws { space = try Workspace() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: space.path(""))
  }

  @Test func theFolderIsThereWholeOrNotAtAll() throws {
    let first = try Kills.time(Self.program, ["data", "sample", space.path("whole")])
    #expect(first.status == 0)
    let whole = try FileManager.default.subpathsOfDirectory(atPath: space.path("whole")).sorted()
    for round in 1...Kills.count {
      let moment = first.seconds * Double.random(in: 0...1)
      try Kills.kill(Self.program, ["data", "sample", space.path("s\(round)")], after: moment)
      if FileManager.default.fileExists(atPath: space.path("s\(round)")) {
        let found = try FileManager.default.subpathsOfDirectory(atPath: space.path("s\(round)"))
          .sorted()
        #expect(found == whole, "after \(moment) s")
      }
      let left = try names()
      #expect(left.allSatisfy { $0 == "whole" || $0.hasPrefix("s") || $0.hasPrefix(".strat-") }, "\(left)")
    }
    let last = try Program.run(["data", "sample", space.path("last")])
    #expect(last.status == 0, "\(last)")
    let left = try names()
    #expect(left.allSatisfy { !$0.hasPrefix(".") }, "\(left)")
  }
}
