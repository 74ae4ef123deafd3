import Foundation
import Testing

/// The table of `Sources/README.md`: for each target what it may import.
private func documentedArrows() throws -> [String: Set<String>] {
  var arrows: [String: Set<String>] = [:]
  for line in try Repository.text("Sources/README.md").split(separator: "\n") where line.hasPrefix("| ") {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard cells.count > 4, Int(cells[1]) != nil else { continue }
    let imports = cells[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    for target in cells[2].split(separator: ",") {
      arrows[target.trimmingCharacters(in: CharacterSet(charactersIn: " `"))] = Set(imports.filter { !$0.isEmpty })
    }
  }
  return arrows
}

/// The arrows of `Package.swift`, those of tests only if asked for.
private func declaredArrows(alsoOfTests: Bool = false) throws -> [String: Set<String>] {
  let text = try Repository.text("Package.swift")
  var arrows: [String: Set<String>] = [:]
  let kinds = [".target(", ".executableTarget(", ".systemLibrary("] + (alsoOfTests ? [".testTarget("] : [])
  let starts = kinds.flatMap { kind in text.ranges(of: kind).map(\.lowerBound) }.sorted()
  for start in starts {
    let declaration = upToMatchingParenthesis(text[start...])
    let names = quoted(declaration)
    guard let name = names.first else { continue }
    guard let list = declaration.range(of: "dependencies: [") else {
      arrows[name] = []
      continue
    }
    var dependencies = declaration[list.upperBound...]
    if let end = matchingBracket(dependencies) { dependencies = dependencies[..<end] }
    let products = String(dependencies).replacingOccurrences(
      of: #", package: "[^"]*""#, with: "", options: .regularExpression)
    arrows[name] = Set(quoted(products[...]))
  }
  return arrows
}

private func upToMatchingParenthesis(_ text: Substring) -> Substring {
  var depth = 0
  for index in text.indices {
    if text[index] == "(" { depth += 1 }
    if text[index] == ")" {
      depth -= 1
      if depth == 0 { return text[...index] }
    }
  }
  return text
}

private func matchingBracket(_ text: Substring) -> String.Index? {
  var depth = 1
  for index in text.indices {
    if text[index] == "[" { depth += 1 }
    if text[index] == "]" {
      depth -= 1
      if depth == 0 { return index }
    }
  }
  return nil
}

private func quoted(_ text: Substring) -> [String] {
  let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
  return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
}

/// The modules that a file imports.
private func imports(_ path: String) throws -> Set<String> {
  var modules: Set<String> = []
  for line in try Repository.text(path).split(separator: "\n") {
    let words = line.split(separator: " ").map(String.init)
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count, place <= 1 else { continue }
    // `import enum Module.Name` names a declaration.
    let isDeclaration = ["class", "enum", "func", "protocol", "struct", "typealias"].contains(words[place + 1])
    let name = isDeclaration && place + 2 < words.count ? words[place + 2] : words[place + 1]
    modules.insert(String(name.split(separator: ".")[0]))
  }
  return modules
}

@Test func theTableOfTargetsIsThePackage() throws {
  let documented = try documentedArrows()
  let declared = try declaredArrows()
  #expect(Set(documented.keys) == Set(declared.keys))
  for (target, arrows) in declared { #expect(documented[target] == arrows, "the imports of \(target)") }
}

/// An arrow that nothing goes along promises a design that is not there, and makes builds wait.
@Test func everyArrowIsUsed() throws {
  // These programs are started by the tests; the one of the tests links what it tests as a library.
  let started: Set<String> = ["benchmarks", "strat"]
  let files = Dictionary(grouping: Repository.sources + Repository.tests) { $0.split(separator: "/")[1] }
  for (target, arrows) in try declaredArrows(alsoOfTests: true) {
    // Those in C include what they need.
    guard let own = files[target[...]] else { continue }
    let used = try own.reduce(into: Set<String>()) { $0.formUnion(try imports($1)) }
    let unused = arrows.subtracting(used).subtracting(started)
    #expect(unused.isEmpty, "\(target) declares \(unused.sorted()) and imports nothing of it")
  }
}

@Test func filesImportWhatTheirTargetDeclares() throws {
  let documented = try documentedArrows()
  let free: Set<String> = ["Glibc", "Darwin", "CryptoKit", "Synchronization", "Swift", "_Builtin_float"]
  for path in Repository.sources {
    let target = String(path.split(separator: "/")[1])
    let allowed = (documented[target] ?? []).union(free)
    let extra = try imports(path).subtracting(allowed)
    #expect(extra.isEmpty, "\(path) imports \(extra.sorted())")
  }
}

@Test func arrowsGoDown() throws {
  var tiers: [String: Int] = [:]
  for line in try Repository.text("Sources/README.md").split(separator: "\n") where line.hasPrefix("| ") {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard cells.count > 4, let tier = Int(cells[1]) else { continue }
    for target in cells[2].split(separator: ",") {
      tiers[target.trimmingCharacters(in: CharacterSet(charactersIn: " `"))] = tier
    }
  }
  for (target, arrows) in try documentedArrows() {
    for arrow in arrows {
      guard let from = tiers[target], let to = tiers[arrow] else { continue }
      // Within tier 0 the kernels know the model of a missing number.
      #expect(to < from || (from == 0 && to == 0), "\(target) imports \(arrow)")
    }
  }
}

@Test func theReadmeNamesTheCommandsThatExist() throws {
  let readme = try Repository.text("README.md")
  for script in ["Scripts/try.sh", "Scripts/check.sh", "Scripts/setup.sh", "Scripts/bench.sh"] {
    #expect(readme.contains(script))
    #expect(FileManager.default.isExecutableFile(atPath: Repository.root.appendingPathComponent(script).path))
  }
  #expect(try Repository.text(".ci/run").contains("exec Scripts/check.sh"))
}

@Test func scriptsThatHelpAndDocumentsNameAreThere() throws {
  let sources = Repository.files(below: ["Sources"], extensions: ["swift"])
  let texts = try (sources + ["README.md", "Grammar/TUTORIAL.md"]).map { try Repository.text($0) }
  let named = Set(texts.flatMap { $0.matches(of: #/Scripts/[a-z0-9_/]+\.(?:strat|sh|py)/#).map { String($0.output) } })
  #expect(named.count > 3)
  let missing = named.filter {
    !FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent($0).path)
  }
  #expect(missing.sorted() == [])
}
