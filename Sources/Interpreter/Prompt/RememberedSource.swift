import Diagnostics

/// Modules as they were when a session first imported them: what changes on disk does not change a session under way.
final class RememberedSource: ModuleSource {
  private let source: any ModuleSource
  private var found: [Key: ModuleText] = [:]

  private struct Key: Hashable {
    let reference: ModuleReference
    let importer: String
  }

  init(_ source: any ModuleSource) { self.source = source }

  func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
    let key = Key(reference: reference, importer: importer.name)
    if let text = found[key] { return .success(text) }
    let result = source.module(reference, importedBy: importer)
    if case .success(let text) = result { found[key] = text }
    return result
  }

  var library: [ModuleText] { source.library }

  /// Reads all modules again when they are next imported.
  func forget() { found = [:] }
}
