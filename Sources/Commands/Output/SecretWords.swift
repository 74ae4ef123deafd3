import Diagnostics
import Reporting

/// What the user gave the program that holds a password: never repeated by a message, wherever it was given.
enum SecretWords {
  /// The words and how they may be shown.
  private static let words: [(word: String, shown: String)] = {
    let given = CommandLine.arguments.dropFirst() + [Terminal.environment("STRAT_DB")].compactMap { $0 }
    return given.flatMap { word in
      // An option and its value may be one word, and a message repeats the value alone.
      [word] + (word.firstIndex(of: "=").map { [String(word[word.index(after: $0)...])] } ?? [])
    }
    .map { ($0, AddressText.shown(word: $0)) }.filter { $0.0 != $0.1 }
  }()

  /// The text without the passwords of what was given, and without those of other addresses.
  static func hidden(_ text: String) -> String {
    let text = words.reduce(text) { text, word in
      text.split(separator: word.word, omittingEmptySubsequences: false).joined(separator: word.shown)
    }
    return AddressText.shown(text)
  }
}
