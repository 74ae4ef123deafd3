/// One thing that came from the user.
public enum LineEvent: Equatable, Sendable {
  /// A line without its line end, or several lines that came at once, as from a paste.
  case text(String)
  /// The user threw away what was typed so far: Ctrl-C.
  case interrupted
  /// There is nothing more to read: Ctrl-D, or the end of the input.
  case end
}

/// Where the lines of a session come from: a terminal with an editor, a pipe, the script of a test.
///
/// A reader knows nothing of the language. Whoever calls it decides whether an entry is complete, and asks on with the
/// prompt of a continuation where it is not.
public protocol LineReader: AnyObject {
  /// Waits for the next line, after showing a prompt where there is somebody to see it.
  func read(prompt: String) -> LineEvent

  /// Waits for the next line of an entry whose lines so far are known, for completion and indentation.
  func read(prompt: String, after entry: String) -> LineEvent

  /// Whether a line, or the end, is there to be read without waiting for whoever writes.
  var isReady: Bool { get }

  /// Keeps a whole entry, possibly of several lines, for the history.
  func remember(_ entry: String)

  /// Gives the terminal back as it was found, and writes the history.
  func close()
}

extension LineReader {
  /// A reader whose lines are all there.
  public var isReady: Bool { true }

  /// A reader that needs not know the lines before.
  public func read(prompt: String, after entry: String) -> LineEvent { read(prompt: prompt) }
}
