import Testing

@testable import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ExampleTests {
  /// The example strategies beside this package's own scripts.
  static let folder = String(#filePath.dropLast("Tests/ScriptingTests/ExampleTests.swift".count)) + "Scripts/"
  static let names = files(in: folder)

  static func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".strat") { names.append(name) }
    }
    return names.sorted()
  }

  @Test func thereAreExamples() { #expect(Self.names.count >= 12) }

  @Test(arguments: names)
  func testsOfAnExamplePass(_ name: String) throws {
    let bytes = try ScriptText.read(Self.folder + name).get()
    #expect(ScriptRunning.failures(Self.folder + name, String(decoding: bytes, as: UTF8.self)) == [])
  }
}
