import Foundation
import Syntax
import Testing

/// The grammar of record, read from the file.
struct Grammar {
  var productions: [String: [String]] = [:]
  var accepted: [String] = []
  var rejected: [String] = []

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("Grammar/strat.ebnf"), encoding: .utf8)
    var rules = ""
    var rest = text[...]
    while let open = rest.range(of: "(*"), let close = rest.range(of: "*)", range: open.upperBound..<rest.endIndex) {
      rules += rest[..<open.lowerBound]
      let comment = rest[open.upperBound..<close.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
      if comment.hasPrefix("accepts: ") { accepted.append(String(comment.dropFirst(9))) }
      if comment.hasPrefix("rejects: ") { rejected.append(String(comment.dropFirst(9))) }
      rest = rest[close.upperBound...]
    }
    read(rules + rest)
  }

  private mutating func read(_ rules: String) {
    let words = rules.split(whereSeparator: \.isWhitespace).map(String.init)
    for rule in words.split(separator: ";") where rule.count > 2 {
      productions[rule[rule.startIndex]] = Array(rule.dropFirst(2))
    }
  }

  /// The terminals in quotes.
  var terminals: Set<String> {
    Set(productions.values.joined().filter { $0.hasPrefix("\"") }.map { String($0.dropFirst().dropLast()) })
  }
}

@Test func theGrammarIsClosed() throws {
  let grammar = try Grammar()
  let classes: Set = ["EOS", "NAME", "WORD", "STRING", "TEXT", "NUMBER", "DURATION", "DATE"]
  var reached: Set = ["file"]
  for word in grammar.productions.values.joined() where word.first?.isLetter == true {
    reached.insert(word)
    #expect(grammar.productions[word] != nil || classes.contains(word), "\(word) is used and not defined")
  }
  for name in grammar.productions.keys { #expect(reached.contains(name), "\(name) is defined and not used") }
}

@Test func theOperatorsOfTheGrammarAreThoseOfTheTable() throws {
  let grammar = try Grammar()
  for row in OperatorTable.rows {
    let production = try #require(grammar.productions["\(row.level)"], "no production is named \(row.level)")
    for word in row.operation.rawValue.split(separator: " ") {
      #expect(production.contains("\"\(word)\""), "\(row.level) has no \(word)")
    }
  }
  let operators = Set(BinaryOperator.allCases.flatMap { $0.rawValue.split(separator: " ").map(String.init) })
  let tableLevels = Set(OperatorTable.rows.map { "\($0.level)" })
  for name in tableLevels.subtracting(["range"]) {
    for word in grammar.productions[name] ?? [] where word.hasPrefix("\"") {
      #expect(operators.contains(String(word.dropFirst().dropLast())), "the table has no \(word)")
    }
  }
}

@Test func theParserAgreesWithTheExamplesOfTheGrammar() throws {
  let grammar = try Grammar()
  #expect(grammar.accepted.count >= 30)
  #expect(grammar.rejected.count >= 40)
  for text in grammar.accepted { #expect(codes(text).isEmpty, "\(text)") }
  for text in grammar.rejected { #expect(!codes(text).isEmpty, "\(text)") }
}

@Test func everyScriptOfTheProjectParses() throws {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  for folder in ["Stdlib", "Scripts"] {
    let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    for name in names.sorted() where name.hasSuffix(".strat") {
      let text = try String(contentsOf: root.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8)
      #expect(codes(text).isEmpty, "\(folder)/\(name)")
    }
  }
}
