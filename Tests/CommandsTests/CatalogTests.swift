import Diagnostics
import Foundation
import MarketData
import Testing

@testable import Commands

/// The codes of all records that the sources make.
private func codesInSources() throws -> [String] {
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  let sources = root.appendingPathComponent("Sources")
  var codes: [String] = []
  let walker = FileManager.default.enumerator(atPath: sources.path)
  while let path = walker?.nextObject() as? String {
    guard path.hasSuffix(".swift") else { continue }
    let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
    for match in text.matches(of: /DiagnosticRecord\(\s*"([EW][0-9]{4})"/) { codes.append(String(match.1)) }
  }
  return codes.sorted()
}

@Test func everyDiagnosticCanBeExplained() throws {
  let known = Catalog.all.records.map(\.code)
  let missing = try Set(codesInSources()).subtracting(known)
  #expect(missing.isEmpty, "strat explain does not know \(missing.sorted())")
}

@Test func everyCodeMeansOneThing() throws {
  var seen: Set<String> = []
  for code in try codesInSources() {
    #expect(seen.insert(code).inserted, "two records have the code \(code)")
  }
}

@Test func everyRecordSaysWhatItIs() {
  for record in Catalog.all.records {
    #expect(!record.title.isEmpty && !record.explanation.isEmpty, "\(record.code)")
    #expect(record.explanation.hasSuffix(".") || record.explanation.hasSuffix("`"), "\(record.code)")
  }
}

@Test(arguments: DefectKind.allCases) func everyKindOfDefectIsExplainedByItsName(_ kind: DefectKind) {
  #expect(Catalog.all.record(kind.rawValue)?.code == kind.record.code)
  #expect(kind.record.code.hasPrefix("W07"))
}
