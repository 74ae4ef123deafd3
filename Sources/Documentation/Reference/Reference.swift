public import Interpreter

/// Everything that can be looked up, in one list that `strat doc`, the generated reference and completion share.
public struct Reference: Sendable {
  /// The entries, by kind and within a kind by group and name.
  public let entries: [ReferenceEntry]

  /// The entries of a library, of the standard modules, of the language's words, of the strategy block, of
  /// `dataset.yaml`, of limits and of metrics.
  public init(_ library: BuiltinLibrary) {
    var entries =
      Reference.builtins(library) + Reference.modules() + Reference.words() + Reference.keys() + Reference.settings()
      + Reference.limits()
      + Reference.metrics()
    Reference.relate(&entries)
    self.entries = entries
  }

  /// The entries of a name: `cap` finds `portfolio.cap`, `macro` the builtin and the module, `max-leverage` the key.
  public func entries(named name: String) -> [ReferenceEntry] {
    let exact = entries.filter { $0.name == name || $0.aliases.contains(name) }
    if !exact.isEmpty { return exact }
    let flag = String(name.drop { $0 == "-" }.map { $0 == "-" ? "_" : $0 })
    let keys = entries.filter { $0.kind == .key && ($0.name == flag || $0.aliases.contains(flag)) }
    if !keys.isEmpty { return keys }
    return entries.filter { $0.kind == .function && $0.name.hasSuffix("." + name) }
  }

  /// The entries of a kind or group: `metrics`, `keys`, `operators`, and the families of builtins; none for other names.
  public func entries(ofGroup name: String) -> [ReferenceEntry] {
    entries.filter { $0.group == name || $0.kind.rawValue + "s" == name }
  }

  /// The entries in which all words of a text occur: those with one in their name first.
  public func search(_ text: String) -> [ReferenceEntry] {
    let words = text.lowercased().split(separator: " ").map(String.init)
    guard !words.isEmpty else { return [] }
    let found = entries.filter { entry in
      let whole = ([entry.name, entry.group, entry.meaning] + entry.conventions).joined(separator: " ").lowercased()
      return words.allSatisfy { whole.contains($0) }
    }
    let inName = found.filter { entry in words.contains { entry.name.lowercased().contains($0) } }
    return inName + found.filter { entry in !words.contains { entry.name.lowercased().contains($0) } }
  }

  /// All names, for suggestions.
  public var names: [String] { entries.flatMap { [$0.name] + $0.aliases } }

  /// Relates entries that mention each other; what all of them mention, such as `na`, relates nothing.
  private static func relate(_ entries: inout [ReferenceEntry]) {
    let names = Set(entries.filter { !$0.kind.isOfLanguage }.map(\.name))
    var related: [String: [String]] = [:]
    for entry in entries where !entry.kind.isOfLanguage {
      for word in mentioned(in: entry) where word != entry.name && names.contains(word) {
        if related[entry.name]?.contains(word) != true { related[entry.name, default: []].append(word) }
        if related[word]?.contains(entry.name) != true { related[word, default: []].append(entry.name) }
      }
    }
    for place in entries.indices where !entries[place].kind.isOfLanguage {
      entries[place].related = Array((related[entries[place].name] ?? []).prefix(8))
    }
  }

  /// The names in backticks.
  private static func mentioned(in entry: ReferenceEntry) -> [String] {
    let text = ([entry.meaning] + entry.conventions).joined(separator: " ")
    return text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }
      .map { String($0.element.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }) }
  }
}
