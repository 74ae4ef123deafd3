public import Databases

/// Tells whether a data set in a database still is what it was when it was loaded.
///
/// A server is asked over one connection, which stays open; a file is opened each time, for another may have taken its
/// place.
public final class DatabaseWatch {
  private let location: DatabaseLocation
  private var connection: (any Database)?
  private var last: String?

  /// Milliseconds to wait for another program.
  private static let patience = 200

  /// A watch on the data set that a location names, else on the first of the database.
  public init(_ location: DatabaseLocation) { self.location = location }

  /// A text that changes when the data set does; `nil` where the database cannot be read.
  public var stamp: String? {
    do throws(DatabaseError) {
      last = try edition()
    } catch {
      // Whoever holds the database has not changed it yet.
      if error.kind != .locked { last = nil }
    }
    return last
  }

  private func edition() throws(DatabaseError) -> String {
    if let connection {
      // The server may have ended an idle connection; a new one then tells.
      do throws(DatabaseError) { return try DatabaseMarket(connection).edition() } catch { self.connection = nil }
    }
    let database = try location.open(.read, patience: DatabaseWatch.patience)
    let edition = try DatabaseMarket(database).edition()
    if database.dialect == .postgres { connection = database }
    return edition
  }
}
