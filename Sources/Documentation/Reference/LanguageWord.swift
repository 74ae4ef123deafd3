/// A word, an operator, a unit or a type of the language: what it does, how it is written, an example.
///
/// The lexer says which there are; a test compares its lists with these rows.
struct LanguageWord: Sendable {
  /// What is written.
  let name: String
  /// What it is.
  let kind: ReferenceEntry.Kind
  /// How it is used.
  let usage: [String]
  /// What it means, in a sentence.
  let meaning: String
  /// Further facts, each a paragraph.
  let conventions: [String]
  /// Lines of a script.
  let example: String

  /// An operator, a unit or a type.
  init(
    _ name: String, _ kind: ReferenceEntry.Kind, _ usage: String..., means meaning: String,
    also conventions: [String] = [], example: String
  ) {
    self.init(name, kind, usage, meaning, conventions, example)
  }

  /// A word.
  init(
    _ name: String, _ usage: String..., means meaning: String, also conventions: [String] = [], example: String
  ) {
    self.init(name, .word, usage, meaning, conventions, example)
  }

  private init(
    _ name: String, _ kind: ReferenceEntry.Kind, _ usage: [String], _ meaning: String, _ conventions: [String],
    _ example: String
  ) {
    self.name = name
    self.kind = kind
    self.usage = usage
    self.meaning = meaning
    self.conventions = conventions
    self.example = example
  }

  /// All of them.
  static let all = declarations + control + values + operators + signs + units + types
}

extension Reference {
  /// The words, operators, units and types of the language.
  static func words() -> [ReferenceEntry] {
    LanguageWord.all.map { word in
      ReferenceEntry(
        kind: word.kind, name: word.name, group: word.kind.plural.lowercased(), signatures: word.usage,
        meaning: word.meaning, conventions: word.conventions,
        examples: [ReferenceEntry.Example(expression: word.example, result: nil)], dependence: "")
    }
  }
}
