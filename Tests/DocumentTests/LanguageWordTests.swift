import Backtest
import Diagnostics
import Interpreter
import MarketData
import Scripting
import Syntax
import Testing

@testable import Documentation

private let reference = Reference(ScriptLibrary.builtins)

/// Every word that the lexer reserves, every operator, unit and key has an entry: the lists are the records' own.
@Test func everyWordOfTheLanguageHasAnEntry() {
  let words = ReservedWords.Role.allCases.flatMap { ReservedWords.words($0) } + ["where", "with"]
  let values = EditorWords(ScriptLibrary.builtins).values
  let operators =
    BinaryOperator.allCases.map(\.rawValue) + UnaryOperator.allCases.map(\.rawValue) + ["..", "..<", "->"]
  let units = ReservedWords.scaleSuffixes + ReservedWords.durationSuffixes
  let types = ["number", "bool", "string", "date", "duration", "series", "function", "any", "list", "map"]
  for name in words + values + operators + units + types {
    #expect(!reference.entries(named: name).isEmpty, "`\(name)` has no entry")
  }
  let keys = ConfigKey.all.flatMap { [$0.name, $0.flag, "--" + $0.flag] + [$0.alias].compactMap(\.self) }
  for name in keys + StrategyBlock.ownKeys.map(\.name) {
    #expect(reference.entries(named: name).contains { $0.kind == .key }, "the key `\(name)` has no entry")
  }
  for key in DataSettings.Key.allCases {
    #expect(reference.entries(named: key.rawValue).contains { $0.kind == .setting }, "`\(key.rawValue)` has no entry")
  }
}

/// No entry of a word is of something that the language does not have.
@Test func everyEntryOfAWordIsOfTheLanguage() {
  let names = LanguageWord.all.map(\.name)
  #expect(Set(names.map { "\($0)" }).count == names.count, "a word has one entry")
  let words =
    ReservedWords.Role.allCases.flatMap { ReservedWords.words($0) } + ["where", "with"]
    + EditorWords(ScriptLibrary.builtins).values
  for word in LanguageWord.all where word.kind == .word { #expect(words.contains(word.name), "\(word.name)") }
}

/// The examples of words are scripts, or parts of one, that can be read and checked.
@Test(arguments: LanguageWord.all.map(\.name)) func theExampleOfAWordCanBeRead(name: String) throws {
  let word = try #require(LanguageWord.all.first { $0.name == name })
  let (_, problems) = parse(SourceFile(name: "example.strat", text: word.example + "\n"))
  #expect(problems.filter { $0.severity == .error }.map(\.message) == [], "\(word.example)")
  #expect(word.example.contains(name), "the example of `\(name)` shows it")
  #expect(word.meaning.hasSuffix("."))
}

@Test func groupsCanBeListed() {
  #expect(reference.entries(ofGroup: "keys").count == ConfigKey.all.count + StrategyBlock.ownKeys.count)
  for group in ["keys", "words", "operators", "units", "types", "metrics", "limits", "modules", "portfolio"] {
    #expect(!reference.entries(ofGroup: group).isEmpty, "\(group)")
  }
}
