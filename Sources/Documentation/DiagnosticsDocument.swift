public import Diagnostics

/// `Grammar/DIAGNOSTICS.md`: every code with its meaning and its two examples.
public enum DiagnosticsDocument {
  /// The document of a catalogue.
  public static func document(_ catalog: DiagnosticCatalog) -> GeneratedDocument {
    var lines = [
      "# Diagnostics", "", "Written by `Scripts/generate.sh` from the records in the sources; edit those.", "",
    ]
    for record in catalog.records {
      lines += ["## \(record.code): \(record.title)", "", record.explanation, ""]
      for (title, example) in [("Wrong:", record.bad), ("Right:", record.good)] where !example.isEmpty {
        lines += [title, "", "```", example, "```", ""]
      }
    }
    return GeneratedDocument(path: "Grammar/DIAGNOSTICS.md", text: lines.joined(separator: "\n"))
  }
}
