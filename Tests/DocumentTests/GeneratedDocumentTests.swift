import Commands
import Documentation
import Foundation
import Testing

/// The root of the repository, found from the place of this file.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

@Test(arguments: GeneratedDocuments.all.map(\.path)) func theCommittedDocumentIsTheGeneratedOne(_ path: String) throws {
  let document = try #require(GeneratedDocuments.all.first { $0.path == path })
  let committed = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  #expect(committed == document.text, "\(path) is not what the records say; run Scripts/generate.sh and commit it")
}

@Test func everyDocumentHasAPlaceOfItsOwn() {
  let paths = GeneratedDocuments.all.map(\.path)
  #expect(Set(paths).count == paths.count)
  #expect(!paths.isEmpty)
}
