#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file or a folder cannot be used, in words that follow "cannot be read:".
package struct FileFailure: Error, Equatable {
  /// In words: the system's, or ours where it has none that help.
  package let text: String
  /// Whether there is nothing of the name.
  package let isMissing: Bool
  /// Whether the words are the system's, which does not say what to do.
  package let isOfSystem: Bool

  package init(_ text: String, isMissing: Bool = false, isOfSystem: Bool = false) {
    self.text = text
    self.isMissing = isMissing
    self.isOfSystem = isOfSystem
  }

  /// What the system said.
  package static func system(_ number: Int32) -> FileFailure {
    FileFailure(String(cString: strerror(number)), isMissing: number == ENOENT || number == ENOTDIR, isOfSystem: true)
  }
}
