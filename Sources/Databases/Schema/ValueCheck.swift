import Codecs
import MarketModel

/// Looks at every value of every table: days, instants and JSON that are none, numbers that are not finite.
///
/// What a value may be follows from the schema alone. A server refuses most of what is wrong; SQLite keeps days and JSON
/// as texts, and infinite numbers too.
struct ValueCheck {
  private let database: any Database

  init(_ database: any Database) { self.database = database }

  /// What is wrong, a line for each column.
  func problems() throws(DatabaseError) -> [String] {
    var problems: [String] = []
    for (table, columns) in Schema.migrations.tableColumns where try SchemaCatalog(database).hasTable(table) {
      problems += try self.problems(table, columns)
    }
    return problems
  }

  private func problems(_ table: String, _ columns: [SchemaColumn]) throws(DatabaseError) -> [String] {
    // A server has parsed what is in its JSON columns; they may be too long to be fetched by the thousand.
    let typed = columns.filter { $0.kind != .plain && ($0.kind != .json || database.dialect == .sqlite) }
    if typed.isEmpty { return [] }
    let keys = columns[0].kind == .identity ? [columns[0]] : Array(columns.prefix(ValueCheck.keyColumns))
    let wanted = keys + typed.filter { $0.kind != .identity }
    var found = Array(repeating: 0, count: wanted.count)
    var first = Array(repeating: "", count: wanted.count)
    try database.transaction { () throws(DatabaseError) in
      let rows = try database.stream("select \(wanted.map(\.name).joined(separator: ", ")) from \(table)", [])
      while try rows.next() {
        for place in keys.count..<wanted.count where try !holds(rows, place, wanted[place].kind) {
          found[place] += 1
          if found[place] == 1 { first[place] = ValueCheck.name(rows, keys) }
        }
      }
    }
    return (keys.count..<wanted.count).filter { found[$0] > 0 }.map { place in
      "\(table).\(wanted[place].name) holds \(wanted[place].kind.negation) in \(found[place]) "
        + "row\(found[place] == 1 ? "" : "s"); the first is that of \(first[place])"
    }
  }

  /// The leading columns that name a row of a table without a number.
  private static let keyColumns = 3

  private func holds(_ rows: any Rows, _ place: Int, _ kind: SchemaColumn.Kind) throws(DatabaseError) -> Bool {
    do throws(DatabaseError) {
      switch kind {
      case .date: _ = try rows.day(place)
      case .instant: _ = try rows.instant(place)
      case .real: return try rows.real(place)?.isFinite ?? true
      case .json: return try rows.text(place).map { JSONValue($0) != nil } ?? true
      case .identity, .plain: break
      }
      return true
    } catch {
      // What does not decode is wrong; anything else ends the check.
      guard error.kind == .statement else { throw error }
      return false
    }
  }

  private static func name(_ rows: any Rows, _ keys: [SchemaColumn]) -> String {
    keys.enumerated().map { place, key in "\(key.name) \(text(rows, place, key.kind))" }.joined(separator: ", ")
  }

  private static func text(_ rows: any Rows, _ place: Int, _ kind: SchemaColumn.Kind) -> String {
    do throws(DatabaseError) {
      switch kind {
      case .identity: return try rows.integer(place).map { "\($0)" } ?? "none"
      case .date: return try rows.day(place)?.description ?? "none"
      case .plain, .json, .instant, .real: return try rows.text(place) ?? "none"
      }
    } catch { return "unreadable" }
  }
}

/// A column as the migrations make it.
struct SchemaColumn: Equatable {
  /// What its values are, in the words of the migrations.
  enum Kind: String {
    case identity, date, instant, json, real
    /// A text or a whole number: the database keeps them as what they are.
    case plain

    /// What a value is that should be of the kind and is not.
    var negation: String {
      switch self {
      case .date: "no day"
      case .instant: "no instant"
      case .json: "no JSON"
      case .real: "no finite number"
      case .identity, .plain: "something else"
      }
    }
  }

  let name: String
  let kind: Kind
}

extension [Migration] {
  /// The tables that are there after all of them, with their columns in order.
  var tableColumns: [(table: String, columns: [SchemaColumn])] {
    var tables: [(table: String, columns: [SchemaColumn])] = []
    for line in flatMap(\.lines) {
      let words = line.split(separator: " ").map(String.init)
      if words.starts(with: ["create", "table"]) {
        tables.append((words[2], []))
      } else if words.starts(with: ["alter", "table"]), words.count > 6, words[3] == "add" {
        if let place = tables.firstIndex(where: { $0.table == words[2] }) {
          tables[place].columns.append(SchemaColumn(name: words[5], kind: .init(word: words[6])))
        }
      } else if line.hasPrefix("  "), words.count > 1, !["primary", "("].contains(words[0]), !tables.isEmpty,
        !words[0].hasPrefix("(")
      {
        tables[tables.count - 1].columns.append(SchemaColumn(name: words[0], kind: .init(word: words[1])))
      }
    }
    return tables
  }
}

extension SchemaColumn.Kind {
  fileprivate init(word: String) {
    let bare = word.filter { $0 >= "a" && $0 <= "z" }
    self = word.hasPrefix("{") ? SchemaColumn.Kind(rawValue: bare) ?? .plain : .plain
  }
}
