public import Databases
import Diagnostics
public import MarketData
import MarketModel

/// A data set in a database: read through the same checks as a data folder, so that the same rows give the same data
/// set, bit for bit.
public struct DatabaseMarket {
  private let database: any Database
  private let name: String?

  /// A data set of an open database: the one that the location names, else the first.
  public init(_ database: any Database) {
    self.database = database
    name = database.location.dataset
  }

  /// Opens a database and loads the data set that its location names, else the first.
  public static func load(
    _ location: DatabaseLocation, _ options: DataFolder.Options = DataFolder.Options()
  ) throws(DataLoadingFailure) -> LoadedData {
    let tables: MarketTables
    do throws(DatabaseError) {
      let database = try location.open(.read)
      try Migrator(database).requireCurrent()
      tables = try DatabaseMarket(database).tablesAtOnce()
    } catch { throw DataLoadingFailure(error.diagnostic) }
    guard tables.rowCount > 0 else {
      throw DataLoadingFailure(.emptyDataSet(location.description, location.dataset))
    }
    return try tables.withLag(options.releaseLag).makeStore(strict: options.strict)
  }

  /// All rows as they stood at one moment, whatever others write meanwhile.
  func tablesAtOnce() throws(DatabaseError) -> MarketTables {
    try database.run(
      script: database.dialect == .sqlite ? "begin" : "begin transaction isolation level repeatable read, read only")
    defer { database.rollback() }
    return try tables()
  }

  /// All rows. Needs an open transaction.
  func tables() throws(DatabaseError) -> MarketTables {
    var tables = MarketTables(settings: DataSettings(name: name ?? "data"))
    // Rows that were written by hand say 1 where they say nothing, whether or not anybody named that data set.
    guard let number = try number() ?? (name == nil ? 1 : nil) else { return tables }
    let reader = StoredRows(database: database, number: number)
    try reader.readSettings(&tables)
    try reader.readPrices(&tables)
    try reader.readSeries(.macro, &tables)
    try reader.readSeries(.flow, &tables)
    try reader.readCurves(&tables)
    try reader.readMembers(&tables)
    try reader.readActions(&tables)
    return tables
  }

  /// The number of the data set; `nil` if there is none of the name, or none at all.
  func number() throws(DatabaseError) -> Int? {
    if let name { return try database.integer("select id from data_sets where name = $1", [.text(name)]) }
    return try database.integer("select min(id) from data_sets")
  }

  /// A text that changes with every import into the data set; empty where there is none.
  func edition() throws(DatabaseError) -> String {
    guard let number = try number() else { return "" }
    let edition = try database.integer("select edition from data_sets where id = $1", [.integer(number)])
    return "\(number) \(edition ?? 0)"
  }
}
