import MarketModel
import Testing

@testable import Databases

/// What the layer promises: the same text gives the same on both databases.
@Suite struct LayerTests {
  private static let table = SchemaWords(dialect: .sqlite, storage: .plain)

  private func words(_ database: any Database) -> SchemaWords {
    SchemaWords(dialect: database.dialect, storage: .plain)
  }

  /// A table with a column of every kind.
  private func made(_ scratch: Scratch) throws -> any Database {
    let database = try scratch.open()
    try database.run(
      script: words(database).fill(
        "create table things (k {integer} primary key, x {real}, t text, d {date}, i {instant}, j {json}){table}"))
    return database
  }

  private let columns: [BulkColumn] = [
    BulkColumn("k", .integer), BulkColumn("x", .real), BulkColumn("t", .text), BulkColumn("d", .day),
    BulkColumn("i", .instant), BulkColumn("j", .json),
  ]

  @Test(arguments: Backend.available) func placeholdersMayStandInAnyOrder(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    try database.execute("insert into things (t, k) values ($2, $1)", [.integer(1), .text("one")])
    #expect(try database.text("select t from things where k = $1", [.integer(1)]) == "one")
    #expect(try database.integer("select k from things where t = $2 and k < $1", [.integer(5), .text("one")]) == 1)
  }

  @Test(arguments: Backend.available) func everyNumberComesBackBitByBit(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    var random = SystemRandomNumberGenerator()
    var numbers = [
      0.1, 1 / 3, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -1e-300, 1e16,
      9_007_199_254_740_992, 0,
      123_456_789.123_456_78, .infinity,
    ]
    for _ in 0..<500 {
      let number = Double(bitPattern: random.next())
      if number.isFinite { numbers.append(number) }
    }
    for (place, number) in numbers.enumerated() {
      try database.execute("insert into things (k, x) values ($1, $2)", [.integer(place), .real(number)])
    }
    try database.transaction { () throws(DatabaseError) in
      let writer = try database.append(
        to: "things", [BulkColumn("k", .integer), BulkColumn("x", .real)], conflicts: .fail)
      for (place, number) in numbers.enumerated() {
        writer.integer(10_000 + place)
        writer.real(number)
        try writer.endRow()
      }
      try writer.finish()
    }
    let rows = try database.rows("select x from things order by k")
    for number in numbers + numbers {
      #expect(try rows.next())
      #expect(try rows.real(0)?.bitPattern == number.bitPattern)
    }
  }

  @Test(arguments: Backend.available) func daysInstantsAndTextsComeBack(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let days = ["0001-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "9999-12-31"].compactMap { Day(iso: $0) }
    let instants = [-62_135_596_800_000_000, -1, 0, 1, 1_000_000, 946_684_799_999_999, 1_700_000_000_500_000]
      .map { KnowledgeTime(microseconds: $0) }
    let texts = ["", "it's", "\"; drop table things; --", "naïve €", "a\tb\nc", "$1", "日本", "%_\\"]
    for (place, text) in texts.enumerated() {
      let values: [SQLValue] = [
        .integer(place), .text(text), .day(days[place % days.count]), .instant(instants[place % instants.count]),
        .json("{\"b\":1, \"a\":[1.50]}"), .null,
      ]
      try database.execute("insert into things (k, t, d, i, j, x) values ($1, $2, $3, $4, $5, $6)", values)
    }
    try database.transaction { () throws(DatabaseError) in
      let writer = try database.append(to: "things", columns, conflicts: .fail)
      for (place, text) in texts.enumerated() {
        writer.integer(100 + place)
        writer.real(.nan)
        writer.text(text)
        writer.day(days[place % days.count])
        writer.instant(instants[place % instants.count])
        writer.text("{\"b\":1, \"a\":[1.50]}")
        try writer.endRow()
      }
      #expect(try writer.finish() == texts.count)
    }
    let rows = try database.rows("select t, d, i, j, x from things order by k")
    for (place, text) in (texts + texts).enumerated() {
      let place = place % texts.count
      #expect(try rows.next())
      #expect(try rows.text(0) == text)
      #expect(try rows.day(1) == days[place % days.count])
      #expect(try rows.instant(2) == instants[place % instants.count])
      #expect(try rows.text(3) == "{\"b\":1, \"a\":[1.50]}")
      #expect(rows.isNull(4))
      #expect(try rows.real(4) == nil)
    }
    #expect(try !rows.next())
    #expect(try database.integer("select count(*) from things where x is null") == 2 * texts.count)
  }

  @Test(arguments: Backend.available) func daysAndInstantsSortAsTime(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let instants = [0, 1, 10, 500_000, 999_999, 1_000_000, 60_000_000].map { KnowledgeTime(microseconds: $0) }
    for (place, instant) in instants.enumerated().reversed() {
      try database.execute("insert into things (k, i) values ($1, $2)", [.integer(place), .instant(instant)])
    }
    let rows = try database.rows("select k from things order by i")
    for place in instants.indices {
      #expect(try rows.next())
      #expect(try rows.integer(0) == place)
    }
    #expect(
      try database.integer("select count(*) from things where i <= $1", [.instant(instants[3])]) == 4)
  }

  @Test(arguments: Backend.available) func upsertsAndReturningAreTheSame(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let insert = """
      insert into things (k, t) values ($1, $2) on conflict (k) do update set t = excluded.t returning k
      """
    #expect(try database.integer(insert, [.integer(7), .text("a")]) == 7)
    #expect(try database.integer(insert, [.integer(7), .text("b")]) == 7)
    #expect(try database.text("select t from things") == "b")
    #expect(try database.execute("delete from things where k = $1", [.integer(7)]) == 1)
    #expect(try database.execute("delete from things where k = $1", [.integer(7)]) == 0)
  }

  @Test(arguments: Backend.available) func membersOfJSONAreReadAsWhatIsAskedFor(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    try database.execute(
      "insert into things (k, j) values (1, $1)", [.json("{\"n\":20,\"x\":0.5,\"s\":\"20\",\"z\":null}")])
    let rows = try database.rows("select j ->> 'n', j ->> 'x', j ->> 's', j ->> 'z' from things")
    #expect(try rows.next())
    #expect(try rows.integer(0) == 20)
    #expect(try rows.text(0) == "20")
    #expect(try rows.real(0) == 20)
    #expect(try rows.real(1) == 0.5)
    #expect(try rows.integer(2) == 20)
    #expect(try rows.text(3) == nil)
  }

  @Test(arguments: Backend.available) func aValueOfTheWrongKindIsRefused(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    try database.execute("insert into things (k, t) values (1, 'word')")
    let rows = try database.rows("select t from things")
    #expect(try rows.next())
    #expect(kind { _ = try rows.integer(0) } == .statement)
    #expect(kind { _ = try rows.real(0) } == .statement)
    #expect(kind { _ = try rows.day(0) } == .statement)
    #expect(kind { _ = try rows.instant(0) } == .statement)
  }

  @Test(arguments: Backend.available) func errorsMeanTheSame(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    try database.execute("insert into things (k) values (1)")
    #expect(kind { try database.execute("insert into things (k) values (1)") } == .constraint)
    #expect(kind { try database.execute("insert into nothing (k) values (1)") } == .statement)
    #expect(kind { try database.execute("selekt 1") } == .statement)
    #expect(try database.integer("select count(*) from things") == 1)
  }

  @Test(arguments: Backend.available) func aTransactionIsAllOrNothing(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let failed = kind {
      try database.transaction { () throws(DatabaseError) in
        try database.execute("insert into things (k) values (1)")
        try database.execute("insert into things (k) values (1)")
      }
    }
    #expect(failed == .constraint)
    #expect(!database.isInTransaction)
    #expect(try database.integer("select count(*) from things") == 0)
    let broken = kind {
      try database.transaction { () throws(DatabaseError) in
        let writer = try database.append(to: "things", [BulkColumn("k", .integer)], conflicts: .fail)
        for key in [1, 2, 2] {
          writer.integer(key)
          try writer.endRow()
        }
        try writer.finish()
      }
    }
    #expect(broken == .constraint)
    #expect(try database.integer("select count(*) from things") == 0)
  }

  @Test(arguments: Backend.available) func anAbandonedBulkWriteLeavesNothing(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let failed = kind {
      try database.transaction { () throws(DatabaseError) in
        let writer = try database.append(to: "things", [BulkColumn("k", .integer)], conflicts: .fail)
        writer.integer(1)
        try writer.endRow()
        throw database.error(.statement, "something else went wrong")
      }
    }
    #expect(failed == .statement)
    #expect(try database.integer("select count(*) from things") == 0)
  }

  @Test(arguments: Backend.available) func rowsThatAreThereStay(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    try database.execute("insert into things (k, t) values (2, 'first')")
    for expected in [2, 0] {
      let added = try database.transaction { () throws(DatabaseError) in
        let writer = try database.append(
          to: "things", [BulkColumn("k", .integer), BulkColumn("t", .text)], conflicts: .keepFirst)
        for key in 1...3 {
          writer.integer(key)
          writer.text("later")
          try writer.endRow()
        }
        return try writer.finish()
      }
      #expect(added == expected)
    }
    #expect(try database.text("select t from things where k = 2") == "first")
    #expect(try database.integer("select count(*) from things") == 3)
  }

  @Test(arguments: Backend.available, [1, 199, 200, 201, 400, 1_234]) func everyRowOfABulkWriteArrives(
    _ backend: Backend, _ count: Int
  ) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    // Long texts fill a batch before its rows do.
    let texts = ["", "short", String(repeating: "long ", count: 5_000)]
    let added = try database.transaction { () throws(DatabaseError) in
      let writer = try database.append(to: "things", columns, conflicts: .fail)
      for key in 0..<count {
        writer.integer(key)
        writer.real(key % 3 == 0 ? .nan : Double(key))
        writer.text(texts[key % 3])
        writer.day(Day(key / 7))
        writer.instant(KnowledgeTime(microseconds: Int64(key)))
        writer.text(orNull: key % 2 == 0 ? nil : "[]")
        try writer.endRow()
      }
      return try writer.finish()
    }
    #expect(added == count)
    let rows = try database.rows("select k, x, t, d, i, j from things order by k")
    for key in 0..<count {
      guard try rows.next() else { throw database.error(.statement, "a row is missing") }
      #expect(try rows.integer(0) == key)
      #expect(try rows.real(1) == (key % 3 == 0 ? nil : Double(key)))
      #expect(try rows.text(2) == texts[key % 3])
      #expect(try rows.day(3) == Day(key / 7))
      #expect(try rows.instant(4) == KnowledgeTime(microseconds: Int64(key)))
      #expect(try rows.text(5) == (key % 2 == 0 ? nil : "[]"))
    }
    #expect(try !rows.next())
  }

  @Test(arguments: Backend.available, [0, 5, 199, 200, 450]) func aKeyTwiceInABulkWriteFailsIt(
    _ backend: Backend, _ place: Int
  ) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let failed = kind {
      try database.transaction { () throws(DatabaseError) in
        let writer = try database.append(to: "things", [BulkColumn("k", .integer)], conflicts: .fail)
        for key in 0..<500 {
          writer.integer(key == place ? 499 : key)
          try writer.endRow()
        }
        try writer.finish()
      }
    }
    #expect(failed == .constraint)
    #expect(try database.integer("select count(*) from things") == 0)
  }

  @Test(arguments: Backend.available) func rowsThatAreAddedAreCountedInEveryBatch(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    try database.run(script: "insert into things (k, t) values (3, 'first'), (300, 'first')")
    let added = try database.transaction { () throws(DatabaseError) in
      let writer = try database.append(
        to: "things", [BulkColumn("k", .integer), BulkColumn("t", .text)], conflicts: .keepFirst)
      // Each key twice in a row, and all of them again later.
      for key in 0..<1_001 {
        writer.integer(key / 2 % 400)
        writer.text("later")
        try writer.endRow()
      }
      return try writer.finish()
    }
    #expect(added == 398)
    #expect(try database.integer("select count(*) from things where t = 'first'") == 2)
    #expect(try database.integer("select count(*) from things") == 400)
  }

  @Test(arguments: Backend.available) func longReadsGiveEveryRow(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try made(scratch)
    let count = 25_001
    let sum = try database.transaction { () throws(DatabaseError) in
      let writer = try database.append(to: "things", columns, conflicts: .fail)
      for key in 0..<count {
        writer.integer(key)
        writer.real(Double(key) / 8)
        writer.text("ticker")
        writer.day(Day(key))
        writer.null()
        writer.null()
        try writer.endRow()
      }
      try writer.finish()
      let rows = try database.stream("select k, x, d from things where k >= $1 order by k", [.integer(1)])
      var sum = 0
      while try rows.next() {
        guard let key = try rows.integer(0), try rows.real(1) == Double(key) / 8, try rows.day(2) == Day(key) else {
          throw database.error(.statement, "a row is not what was written")
        }
        sum += key
      }
      return sum
    }
    #expect(sum == count * (count - 1) / 2)
  }
}
