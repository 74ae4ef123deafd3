public import Interpreter
import Syntax

/// `Grammar/textmate/strat.tmLanguage.json`: how editors that read TextMate grammars colour a script.
public enum TextMateGrammar {
  /// The file for a library of builtins.
  public static func document(_ library: BuiltinLibrary) -> GeneratedDocument {
    let words = EditorWords(library)
    let grammar = JSONText.object([
      ("information_for_contributors", "Written by Scripts/generate.sh from the records in the sources; edit those."),
      ("name", "Strat"), ("scopeName", "source.strat"), ("fileTypes", .list(["strat"])),
      ("firstLineMatch", "^#!.*\\bstrat\\b"), ("patterns", .list([include("comments"), include("expression")])),
      ("repository", .object(repository(words))),
    ])
    return GeneratedDocument(path: "Grammar/textmate/strat.tmLanguage.json", text: grammar.text + "\n")
  }

  private static func repository(_ words: EditorWords) -> [(String, JSONText)] {
    [
      (
        "comments",
        rules([
          rule("comment.line.documentation", "##.*$"), rule("comment.line.number-sign", "#.*$"),
        ])
      ),
      (
        "expression",
        rules(["strings", "numbers", "members", "words", "calls", "signs"].map(include))
      ),
      ("strings", rules([string])),
      ("interpolation", interpolation),
      ("block", block),
      ("numbers", rules(numbers)),
      ("members", rules(members)),
      ("words", rules(keywords(words))),
      (
        "calls",
        rules([
          rule("support.function.builtin", "\\b(?:\(EditorWords.alternatives(words.builtins)))\\b(?=\\s*\\()"),
          rule("entity.name.function", "\\b[A-Za-z_]\\w*\\b(?=\\s*\\()"),
        ])
      ),
      (
        "signs",
        rules([
          rule("keyword.operator", "\\?\\?|->|\\.\\.<?|\\*\\*|[-+*/]=|[=!<>]=|[-+*/%<>=]")
        ])
      ),
    ]
  }

  private static let numbers = [
    rule("constant.numeric.date", "\\b\\d{4}-\\d+-\\d+\\b"),
    rule(
      "constant.numeric.duration", "\\b\\d[0-9_]*(?:\(EditorWords.alternatives(ReservedWords.durationSuffixes)))\\b"),
    rule(
      "constant.numeric",
      "\\b\\d[0-9_]*(?:\\.\\d[0-9_]*)?(?:[eE][-+]?\\d[0-9_]*)?"
        + "(?:\(EditorWords.alternatives(ReservedWords.scaleSuffixes)))?\\b"),
  ]

  /// Behind a dot every word is a name; behind a second dot it is the end of a range.
  private static let members = [
    captured("(?<!\\.)(\\.)\\s*([A-Za-z_]\\w*)(?=\\s*\\()", ["punctuation.accessor", "entity.name.function.member"]),
    captured("(?<!\\.)(\\.)\\s*([A-Za-z_]\\w*)", ["punctuation.accessor", "variable.other.member"]),
  ]

  private static func keywords(_ words: EditorWords) -> [JSONText] {
    [
      ("storage.type", words.declarations), ("keyword.control", words.control),
      ("keyword.operator.word", words.operators), ("constant.language", words.constants),
      ("variable.language", words.values),
    ].map { scope, words in rule(scope, "\\b(?:\(EditorWords.alternatives(words)))\\b") }
  }

  private static let string = JSONText.object([
    ("name", "string.quoted.double.strat"), ("begin", "\""), ("end", "\"|$"),
    (
      "patterns",
      .list([rule("constant.character.escape", "\\\\(?:u\\{[0-9A-Fa-f]+\\}|.)"), include("interpolation")])
    ),
  ])

  private static let interpolation = JSONText.object([
    ("name", "meta.interpolation.strat"), ("begin", "\\{"), ("end", "\\}|$"),
    ("beginCaptures", .object([("0", scope("punctuation.section.interpolation.begin"))])),
    ("endCaptures", .object([("0", scope("punctuation.section.interpolation.end"))])),
    (
      "patterns",
      .list([
        rule("constant.other.format", ":[^{}\\[\\]()\"]*(?=\\})"), include("block"), include("expression"),
      ])
    ),
  ])

  private static let block = JSONText.object([
    ("begin", "\\{"), ("end", "\\}|$"), ("patterns", .list([include("block"), include("expression")])),
  ])

  private static func include(_ name: String) -> JSONText { .object([("include", .string("#" + name))]) }
  private static func scope(_ name: String) -> JSONText { .object([("name", .string(name + ".strat"))]) }
  private static func rules(_ rules: [JSONText]) -> JSONText { .object([("patterns", .list(rules))]) }
  private static func rule(_ scope: String, _ pattern: String) -> JSONText {
    .object([("name", .string(scope + ".strat")), ("match", .string(pattern))])
  }
  private static func captured(_ pattern: String, _ scopes: [String]) -> JSONText {
    let captures = scopes.enumerated().map { (String($0.offset + 1), scope($0.element)) }
    return .object([("match", .string(pattern)), ("captures", .object(captures))])
  }
}
