/// A file of the repository that is made from the records of the program, and never written by hand.
///
/// `Scripts/generate.sh` writes all of them; a test compares what is committed with what would be written.
public struct GeneratedDocument: Sendable {
  /// Where it lies, from the root of the repository.
  public let path: String
  /// Its whole text, with a newline at its end.
  public let text: String

  /// A document.
  ///
  /// - Precondition: the text ends with a newline.
  public init(path: String, text: String) {
    precondition(text.hasSuffix("\n"), "\(path) lacks the newline at its end")
    self.path = path
    self.text = text
  }
}
