import Interpreter

extension Reference {
  /// The builtins, by family and name.
  static func builtins(_ library: BuiltinLibrary) -> [ReferenceEntry] {
    let families = library.builtins.map(\.family).reduce(into: [String]()) { list, family in
      if !list.contains(family) { list.append(family) }
    }.sorted()
    return families.flatMap { family in
      library.builtins.filter { $0.family == family }.map(entry)
    }
  }

  private static func entry(_ builtin: Builtin) -> ReferenceEntry {
    let (meaning, rest) = firstSentence(builtin.documentation)
    return ReferenceEntry(
      kind: .builtin, name: builtin.name, group: builtin.family, signatures: builtin.overloads.map(\.signature.text),
      meaning: meaning,
      conventions: (rest.isEmpty ? [] : [rest]) + ParameterConventions.of(builtin)
        + [builtin.gaps?.text].compactMap(\.self),
      examples: builtin.examples.map { ReferenceEntry.Example(expression: $0.expression, result: $0.result) },
      dependence: dependence(builtin.effect))
  }

  private static func dependence(_ effect: Builtin.Effect) -> String {
    switch effect {
    case .pure: ""
    case .readsData: "what was known at `as_of`"
    case .readsPortfolio: "the portfolio, which makes the script path-dependent"
    case .random: "the run's seed, the date and the place of the call"
    case .output: "nothing; it says something"
    case .testing: "nothing; for tests"
    }
  }

  /// A text up to the end of its first sentence, and what follows.
  static func firstSentence(_ text: String) -> (first: String, rest: String) {
    let characters = Array(text)
    var isCode = false
    for place in characters.indices.dropLast(2) {
      if characters[place] == "`" { isCode.toggle() }
      let ends = characters[place] == "." && characters[place + 1] == " "
      if ends, !isCode, characters[place + 2].isUppercase || characters[place + 2] == "`" {
        return (String(characters[...place]), String(characters[(place + 2)...]))
      }
    }
    return (text, "")
  }
}
