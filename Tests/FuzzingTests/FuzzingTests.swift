import Foundation
import Fuzzing
import Importers
import Testing

/// The inputs kept from fuzzing, and random ones, run without the fuzzer: what once was a finding stays fixed.
///
/// One after the other: a target has one folder for its files.
@Suite(.serialized) struct FuzzingTests {
  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  /// The corpus of limits is what `everyLimitHoldsAtItsEdge` runs.
  @Test(arguments: FuzzTarget.allCases.filter { $0 != .limits }) func theCorpusRuns(_ target: FuzzTarget) throws {
    let folder = Self.corpus.appendingPathComponent(target.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(!names.isEmpty)
    for name in names {
      _ = target.run(Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }
  }

  /// A file for each count of each family: the fuzzer runs what is kept before it looks for more, so that all of them run
  /// under the address sanitizer however short its time is.
  @Test func theCorpusOfLimitsHoldsEveryCount() throws {
    let folder = Self.corpus.appendingPathComponent(FuzzTarget.limits.rawValue)
    var wanted: [String: [UInt8]] = [:]
    for (family, program) in EdgeProgram.all.enumerated() {
      for (place, count) in program.counts.enumerated() {
        let name = program.name.replacingOccurrences(of: " ", with: "-") + "-\(count)"
        wanted[name] = [UInt8(family), UInt8(place)]
      }
    }
    if ProcessInfo.processInfo.environment["STRAT_UPDATE_GOLDEN"] != nil {
      try FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, bytes) in wanted { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
    }
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) == Set(wanted.keys))
    for (name, bytes) in wanted {
      #expect(try Array(Data(contentsOf: folder.appendingPathComponent(name))) == bytes, "\(name)")
    }
  }

  /// Each limit at its edge, one below and one past it.
  @Test(arguments: EdgeProgram.all.indices) func everyLimitHoldsAtItsEdge(_ place: Int) {
    let program = EdgeProgram.all[place]
    for count in program.counts {
      let expected = program.edge.flatMap { count > $0 ? program.code : nil }
      #expect(program.run(count) == expected, "\(program.name) of \(count)")
    }
  }

  @Test(arguments: FuzzTarget.allCases.filter { $0 != .limits }) func randomBytesRun(_ target: FuzzTarget) {
    var random: UInt64 = 99
    for _ in 0..<100 {
      var bytes: [UInt8] = []
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<Int(random >> 56) {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(truncatingIfNeeded: random >> 33))
      }
      _ = target.run(bytes)
    }
  }

  @Test(arguments: Importer.all.indices) func everyFormatReadsTheFilesOfAllOthers(_ format: Int) {
    for importer in Importer.all {
      // With no lag, and with a lag, a name and `--replace`.
      for choices in [0, 0b110100] as [UInt8] {
        _ = FuzzTarget.importers.run([UInt8(format + 1), choices] + Array(importer.example.utf8))
      }
    }
  }
}
