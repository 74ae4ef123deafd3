/// `Stdlib/REFERENCE.md`: everything that can be looked up, as `strat doc` shows it.
public enum ReferenceDocument {
  /// The document of a reference.
  public static func document(_ reference: Reference) -> GeneratedDocument {
    var lines = [
      "# Reference", "",
      "Written by `Scripts/generate.sh` from the records in the sources; edit those. `strat doc NAME`",
      "shows an entry in the terminal.", "",
    ]
    for kind in ReferenceEntry.Kind.allCases where kind != .function {
      lines += ["## \(kind.plural)", ""]
      var group = ""
      for entry in reference.entries where entry.kind == kind || (kind == .module && entry.kind == .function) {
        if kind == .builtin, entry.group != group {
          group = entry.group
          lines += ["### \(group.prefix(1).uppercased() + group.dropFirst())", ""]
        }
        lines += self.lines(entry)
      }
    }
    while lines.last == "" { lines.removeLast() }
    return GeneratedDocument(path: "Stdlib/REFERENCE.md", text: lines.joined(separator: "\n") + "\n")
  }

  private static func lines(_ entry: ReferenceEntry) -> [String] {
    var lines = [(entry.kind == .module ? "### " : "#### ") + entry.name, ""]
    lines += entry.signatures.map { "- `\($0)`" }
    if !entry.signatures.isEmpty { lines.append("") }
    for paragraph in [entry.meaning] + entry.conventions where !paragraph.isEmpty { lines += [paragraph, ""] }
    if !entry.dependence.isEmpty { lines += ["Depends on: \(entry.dependence).", ""] }
    if !entry.examples.isEmpty {
      lines += ["```strat"]
      lines += entry.examples.map { $0.expression + ($0.result.map { "  # \($0)" } ?? "") }
      lines += ["```", ""]
    }
    if !entry.related.isEmpty { lines += ["See also: " + entry.related.map { "`\($0)`" }.joined(separator: ", "), ""] }
    return lines
  }
}
