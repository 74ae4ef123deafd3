import FileSystem

/// Gives a file that exists another text: the whole of it or nothing, with the permissions it has.
enum ReplacedFile {
  /// Replaces the text of the file at a path; a link keeps pointing to it.
  static func write(_ text: String, to path: String) throws(CommandFailure) {
    do throws(FileFailure) { try WholeFile.replace(path, Array(text.utf8)) } catch {
      throw .usage(.cannotWrite(path, reason: error.text))
    }
  }
}
