public import Diagnostics

/// What went wrong with a database, in cases that mean the same on both.
public struct DatabaseError: Error, Sendable {
  /// The cases.
  public enum Kind: CaseIterable, Sendable {
    /// The text names no database.
    case badLocation
    /// There is no such file or server, or it does not answer.
    case cannotOpen
    /// Another program holds it.
    case locked
    /// It may be read, not written.
    case readOnly
    /// No space is left, or a limit of the system is reached.
    case full
    /// The file is damaged, or is no database.
    case corrupt
    /// The server does not let this user in, or do this.
    case refused
    /// The server went away, or was restarted, in the middle.
    case connectionLost
    /// The server ended a statement that took longer than it allows.
    case timedOut
    /// The client library of PostgreSQL is not installed.
    case noLibrary
    /// The schema was made by a newer version of the program.
    case newerSchema
    /// The schema is not there, or lacks migrations.
    case notMigrated
    /// The schema is not what its migrations make.
    case halfApplied
    /// The way of keeping signals by year is not the one that was recorded.
    case mixedStorage
    /// A migration would delete what is kept.
    case wouldDelete
    /// A row contradicts one that is there, or the rules of its table.
    case constraint
    /// Anything else.
    case statement
  }

  /// Which case it is.
  public let kind: Kind
  /// What happened, in one sentence without a full stop; never holds a password.
  public let message: String
  /// The database, without a password.
  public let place: String

  /// An error of a database.
  public init(_ kind: Kind, _ message: String, at location: DatabaseLocation) {
    self.init(kind, location.withoutSecrets(message), place: location.description)
  }

  init(_ kind: Kind, _ message: String, place: String) {
    self.kind = kind
    // Servers put several lines into one message.
    self.message = message.split(separator: "\n").map { DatabaseError.trimmed($0) }.filter { !$0.isEmpty }
      .joined(separator: "; ")
    self.place = place
  }

  /// What is said to the user.
  public var diagnostic: Diagnostic {
    let subject = place.isEmpty ? "" : "the database `\(place)` "
    return Diagnostic(kind.record, subject + kind.verb + message, notes: [Note(kind.remedy)])
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last == " " || last == "\r" { text.removeLast() }
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    return String(text)
  }
}
