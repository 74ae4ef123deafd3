public import Interpreter

/// `Stdlib/REFERENCE.md`: every builtin, primitive and module function with signature, meaning and examples.
public enum ReferenceDocument {
  /// The document of a library.
  public static func document(_ library: BuiltinLibrary) -> GeneratedDocument {
    var lines = [
      "# Reference", "", "Written by `Scripts/generate.sh` from the records in the sources; edit those.", "",
    ]
    for builtin in library.builtins {
      lines += ["## \(builtin.name)", ""]
      lines += builtin.overloads.map { "- `\($0.signature.text)`" }
      lines += ["", builtin.documentation, ""]
    }
    return GeneratedDocument(path: "Stdlib/REFERENCE.md", text: lines.joined(separator: "\n"))
  }
}
