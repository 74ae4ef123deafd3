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

  @Test(arguments: FuzzTarget.allCases) func theCorpusRuns(_ target: FuzzTarget) throws {
    let folder = Self.corpus.appendingPathComponent(target.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(!names.isEmpty)
    for name in names {
      _ = target.run(Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }
  }

  @Test(arguments: FuzzTarget.allCases) func randomBytesRun(_ target: FuzzTarget) {
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
