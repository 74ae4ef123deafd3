/// A part of a production: what may stand there.
indirect enum Form {
  case terminal(String)
  case name(String)
  case sequence([Form])
  case choice([Form])
  case optional(Form)
  case repeated(Form)

  /// Reads the words of a production.
  init(_ words: [String]) {
    var place = 0
    self = Form.choice(&place, words)
    precondition(place == words.count, "a bracket of the grammar is open")
  }

  private static func choice(_ place: inout Int, _ words: [String]) -> Form {
    var forms = [sequence(&place, words)]
    while place < words.count, words[place] == "|" {
      place += 1
      forms.append(sequence(&place, words))
    }
    return forms.count == 1 ? forms[0] : .choice(forms)
  }

  private static func sequence(_ place: inout Int, _ words: [String]) -> Form {
    var forms: [Form] = []
    while place < words.count, !["|", ")", "]", "}"].contains(words[place]) {
      let word = words[place]
      place += 1
      switch word {
      case "(", "[", "{":
        let inner = choice(&place, words)
        place += 1
        forms.append(word == "(" ? inner : word == "[" ? .optional(inner) : .repeated(inner))
      default: forms.append(word.hasPrefix("\"") ? .terminal(String(word.dropFirst().dropLast())) : .name(word))
      }
    }
    return .sequence(forms)
  }
}
