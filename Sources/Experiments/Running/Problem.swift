public import Diagnostics

/// Why a run gave no result, in a form that can be kept: a diagnostic without the texts it refers to.
public struct Problem: Equatable, Sendable {
  /// The diagnostic's code.
  public let code: String
  /// What was found and what was expected.
  public let message: String
  /// The file it is in, if it has a place.
  public let file: String?
  /// The 1-based line, if it is known.
  public let line: Int?
  /// The 1-based column, if it is known.
  public let column: Int?
  /// Further facts and the remedy.
  public let notes: [String]

  /// A diagnostic as it is kept.
  public init(_ diagnostic: Diagnostic) {
    let place = diagnostic.location?.start
    self.init(
      code: diagnostic.code, message: diagnostic.message, file: diagnostic.location?.name,
      line: place.flatMap { $0.line > 0 ? $0.line : nil }, column: place.flatMap { $0.column > 0 ? $0.column : nil },
      notes: diagnostic.notes.map(\.message))
  }

  init(code: String, message: String, file: String?, line: Int?, column: Int?, notes: [String]) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.notes = notes
  }

  /// The problem with another name for one file.
  func renaming(_ old: String, to new: String) -> Problem {
    guard file == old else { return self }
    return Problem(code: code, message: message, file: new, line: line, column: column, notes: notes)
  }

  /// `file:line:column`, as far as it is known.
  public var place: String? {
    file.map { file in ([file] + [line, column].compactMap { $0.map { String($0) } }).joined(separator: ":") }
  }
}
