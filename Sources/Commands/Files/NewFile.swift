import FileSystem

/// Writes a file that must not exist yet: whole or not at all, and never over another.
enum NewFile {
  /// Writes the text under the path.
  static func write(_ text: String, to path: String) throws(CommandFailure) {
    do throws(FileFailure) { try WholeFile.create(path, Array(text.utf8)) } catch {
      throw .usage(FileStatus(path) == nil ? .cannotWrite(path, reason: error.text) : .fileExists(path))
    }
  }
}
