import FileSystem

/// Reads the text of scripts: the one way in which it gets from a file to the lexer.
public enum ScriptText {
  /// Why a file cannot be read.
  public struct Problem: Error {
    /// In words.
    public let reason: String
    /// Whether the words are the system's, which does not say what to do.
    public let isOfSystem: Bool
  }

  /// Scripts are written by people; what is larger is something else, or has no end.
  static let largest = 16 << 20

  /// The bytes of a file, with line feeds at the ends of lines.
  public static func read(_ path: String) -> Result<[UInt8], Problem> {
    text { () throws(FileFailure) in try OpenFile.contents(path, upTo: largest) }
  }

  /// As `read`, of what a user names: a pipe that the shell has opened is read, too.
  public static func readNamed(_ path: String) -> Result<[UInt8], Problem> {
    text { () throws(FileFailure) in try OpenFile.contents(path, upTo: largest, .fileOrGivenPipe) }
  }

  /// As `read`, of standard input.
  public static func readInput() -> Result<[UInt8], Problem> {
    text { () throws(FileFailure) in try OpenFile.standardInput().contents(upTo: largest) }
  }

  private static func text(_ bytes: () throws(FileFailure) -> [UInt8]) -> Result<[UInt8], Problem> {
    do throws(FileFailure) { return .success(LineEnds.unified(try bytes())) } catch {
      return .failure(Problem(reason: error.text, isOfSystem: error.isOfSystem))
    }
  }
}
