import Diagnostics
import Foundation
import Syntax
import Testing

/// The syntax files of editors colour what the lexer reads: every word of the scripts is looked at in Vim and in a
/// reader of TextMate grammars, where these are installed (`Scripts/setup.sh --tests`).
@Suite struct EditorSyntaxTests {
  static let root = LanguageReferenceTests.root

  /// A word of a script and where it begins.
  struct Word {
    let path: String
    let line: Int
    let text: String
    let kind: ColoredText.Kind
    /// The column in bytes, as Vim counts, and in characters, as TextMate does; from 1.
    let column: (bytes: Int, characters: Int)
  }

  /// The words of the scripts of some folders; scripts that are wrong on purpose are left out.
  static func words(of folders: [String]) throws -> [Word] {
    var result: [Word] = []
    for folder in folders {
      let base = root.appendingPathComponent(folder)
      let paths = FileManager.default.enumerator(atPath: base.path)?.allObjects.compactMap { $0 as? String } ?? []
      for path in paths.sorted() where path.hasSuffix(".strat") {
        let bytes = Array(try Data(contentsOf: base.appendingPathComponent(path)))
        let file = SourceFile(name: path, bytes: bytes)
        let isPlain = !bytes.starts(with: [0xEF, 0xBB, 0xBF]) && !bytes.contains(0x0D)
        guard isPlain, parse(file).diagnostics.isEmpty else { continue }
        result += words(of: file, at: base.appendingPathComponent(path).path)
      }
    }
    return result
  }

  private static func words(of file: SourceFile, at path: String) -> [Word] {
    ColoredText(file).words.map { word in
      var start = Int(word.span.lower)
      while start > 0, file.bytes[start - 1] != 0x0A { start -= 1 }
      let before = file.bytes[start..<Int(word.span.lower)]
      return Word(
        path: path, line: file.bytes[..<start].count { $0 == 0x0A } + 1, text: file.text(word.span), kind: word.kind,
        column: (before.count + 1, String(decoding: before, as: UTF8.self).unicodeScalars.count + 1))
    }
  }

  /// Runs a program; its output, or `nil` where it is not installed or fails.
  static func output(_ command: [String], _ environment: [String: String] = [:]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }

  static func temporary(_ name: String, _ lines: [String]) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("strat-\(UUID().uuidString)-\(name)")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
    return url
  }

  /// Words that an editor colours otherwise than the lexer reads them.
  static func check(_ words: [Word], _ found: [Substring], _ fits: (ColoredText.Kind, Substring) -> Bool) {
    #expect(found.count == words.count)
    var shown = 0
    for (word, name) in zip(words, found) where !fits(word.kind, name) && shown < 20 {
      shown += 1
      Issue.record("\(word.path):\(word.line):\(word.column.bytes) `\(word.text)` is \(word.kind), coloured as \(name)")
    }
  }

  static let hasVim = output(["vim", "--version"])?.contains("+syntax") ?? false

  @Test(.enabled(if: hasVim, "Vim is not installed")) func vimColoursWhatTheLexerReads() throws {
    let words = try Self.words(of: ["Stdlib", "Scripts", "Tests/Conformance"])
    #expect(words.count > 20_000)
    let positions = try Self.temporary("positions", words.map { "\($0.path)\t\($0.line)\t\($0.column.bytes)" })
    let groups = try Self.temporary("groups", [])
    defer { [positions, groups].forEach { try? FileManager.default.removeItem(at: $0) } }
    let here = Self.root.appendingPathComponent("Tests/DocumentTests/Editors/groups.vim").path
    let command = [
      "vim", "-es", "-u", "NONE", "-i", "NONE", "-N", "-n", "--cmd",
      "set encoding=utf-8 runtimepath^=\(Self.root.appendingPathComponent("Grammar/vim").path)", "-c",
      "filetype plugin on", "-c", "syntax on", "-c", "source \(here)",
    ]
    _ = Self.output(command, ["STRAT_POSITIONS": positions.path, "STRAT_GROUPS": groups.path])
    let found = try String(contentsOf: groups, encoding: .utf8).split(separator: "\n")
    Self.check(words, found) { kind, name in
      guard name.hasPrefix("strat ") else { return false }
      let group = name.dropFirst("strat ".count)
      let fitting: [String] =
        switch kind {
        case .comment: ["stratComment"]
        case .documentation: ["stratDocumentation"]
        case .keyword: ["stratDeclaration", "stratControl", "stratWordOperator"]
        case .constant: ["stratConstant"]
        case .name: ["", "stratValue", "stratInterpolation", "stratBlock"]
        case .function: ["stratFunction", "stratBuiltin"]
        case .member: ["stratMember", "stratMethod", "stratBuiltin"]
        case .number: ["stratNumber"]
        case .date: ["stratDate"]
        case .duration: ["stratDuration"]
        case .string, .interpolation: ["stratString", "stratEscape", "stratFormat", "stratBrace"]
        case .sign: ["", "stratDot", "stratInterpolation", "stratBlock", "stratFormat"]
        case .invalid: []
        }
      return fitting.contains(String(group))
    }
  }

  /// A Python that has the reader: that of `Scripts/setup.sh --tests`, or any on the path.
  static let python: String? = {
    let own = root.appendingPathComponent(".build/editors/bin/python3").path
    return [own, "python3"].first { output([$0, "-c", "import textmate_grammar"]) != nil }
  }()

  @Test(.enabled(if: python != nil, "textmate-grammar-python is not installed; see Scripts/setup.sh --tests"))
  func textMateColoursWhatTheLexerReads() throws {
    let words = try Self.words(of: ["Scripts", "Tests/Conformance/strings", "Tests/Conformance/lexical"])
    #expect(words.count > 2_000)
    let positions = try Self.temporary("positions", words.map { "\($0.path)\t\($0.line)\t\($0.column.characters)" })
    defer { try? FileManager.default.removeItem(at: positions) }
    let command = [
      try #require(Self.python), Self.root.appendingPathComponent("Tests/DocumentTests/Editors/scopes.py").path,
      Self.root.appendingPathComponent("Grammar/textmate/strat.tmLanguage.json").path, positions.path,
    ]
    let found = try #require(Self.output(command)).split(separator: "\n", omittingEmptySubsequences: false)
    Self.check(words, Array(found.dropLast())) { kind, scope in
      let fitting: [String] =
        switch kind {
        case .comment: ["comment.line.number-sign"]
        case .documentation: ["comment.line.documentation"]
        case .keyword: ["storage.type", "keyword.control", "keyword.operator.word"]
        case .constant: ["constant.language"]
        case .name: ["source", "variable.language", "meta.interpolation"]
        case .function: ["support.function.builtin", "entity.name.function"]
        case .member: ["entity.name.function.member", "variable.other.member"]
        case .number: ["constant.numeric"]
        case .date: ["constant.numeric.date"]
        case .duration: ["constant.numeric.duration"]
        case .string, .interpolation:
          [
            "string.quoted.double", "constant.character.escape", "constant.other.format",
            "punctuation.section.interpolation",
          ]
        case .sign:
          ["source", "keyword.operator", "punctuation.accessor", "meta.interpolation", "constant.other.format"]
        case .invalid: []
        }
      let name = scope.hasSuffix(".strat") ? scope.dropLast(".strat".count) : scope
      return fitting.contains { name == $0 || name.hasPrefix($0 + ".end") || name.hasPrefix($0 + ".begin") }
    }
  }
}
