import Foundation
import Testing

private func offenders(_ paths: [String], _ isOffence: (String) -> Bool) throws -> [String] {
  var found: [String] = []
  for path in paths {
    for (index, line) in try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where isOffence(String(line)) { found.append("\(path):\(index + 1): \(line)") }
  }
  return found
}

@Test func noFileIsLongerThanFourHundredLines() throws {
  for path in Repository.sources + Repository.tests {
    let count = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(count <= 400, "\(path) has \(count) lines; look for the second concept inside")
  }
}

@Test func nothingIsLeftToBeDone() throws {
  let words = ["TO" + "DO", "FIX" + "ME"]
  let found = try offenders(Repository.sources + Repository.tests) { line in words.contains { line.contains($0) } }
  #expect(found.isEmpty, "\(found)")
}

@Test func noPathOfAMachineIsWritten() throws {
  let paths = ["/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/", "/ro" + "ot/", "\"/tm" + "p/"]
  let texts = Repository.files(
    below: ["Sources", "Stdlib", "Tests", "Scripts", "Grammar", ".ci"],
    extensions: ["swift", "strat", "sh", "md", "ebnf"])
  let found = try offenders(texts + ["Package.swift", "README.md"]) { line in paths.contains { line.contains($0) } }
  #expect(found.isEmpty, "\(found)")
}

@Test func sourcesDoNotImportFoundation() throws {
  let found = try offenders(Repository.sources) { line in
    let words = line.split(separator: " ")
    return words.contains("import") && words.last == "Foundation"
  }
  #expect(found.isEmpty, "full Foundation costs start-up time and size: \(found)")
}

@Test func nothingIsForced() throws {
  let found = try offenders(Repository.sources) { line in
    let code = line.components(separatedBy: "//")[0]
    return ["try" + "!", " as" + "! ", "fatal" + "Error("].contains { code.contains($0) }
  }
  #expect(found.isEmpty, "\(found)")
}

@Test func moduleFileNamesAreUnique() {
  var seen: [String: String] = [:]
  for path in Repository.sources where !path.hasSuffix("main.swift") {
    let parts = path.split(separator: "/")
    let key = "\(parts[1])/\(parts[parts.count - 1])"
    #expect(seen[key] == nil, "\(path) and \(seen[key] ?? "") have one name")
    seen[key] = path
  }
}
