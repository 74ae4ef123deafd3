public import Documentation
import Scripting

/// The documents that are made from records: the one list that `generate` writes and the tests compare.
public enum GeneratedDocuments {
  /// All of them.
  public static var all: [GeneratedDocument] {
    [
      DiagnosticsDocument.document(Catalog.all), ReferenceDocument.document(Reference(ScriptLibrary.builtins)),
      VimSyntax.document(ScriptLibrary.builtins), TextMateGrammar.document(ScriptLibrary.builtins),
    ]
  }
}
