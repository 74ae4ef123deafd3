import Diagnostics
import Testing

@testable import Databases

private func read(_ text: String) -> DatabaseLocation? { try? DatabaseLocation(text) }

private func options(_ text: String) -> [String] {
  guard case .postgres(let options)? = read(text)?.target else { return [] }
  return options.map { "\($0.keyword)=\($0.value)" }
}

@Test(
  arguments: [
    ("postgres://ann@host/db", ["user=ann", "host=host", "dbname=db"]),
    ("postgresql://host", ["host=host"]),
    ("postgres:///db", ["dbname=db"]),
    (
      "postgres://a:b@host:5433/db?sslmode=require",
      [
        "user=a", "password=b", "host=host", "port=5433", "dbname=db", "sslmode=require",
      ]
    ),
    ("postgres://a:p%40ss@[::1]:5432/db", ["user=a", "password=p@ss", "host=::1", "port=5432", "dbname=db"]),
    ("postgres://a:p@s:s/x@%2Fsrv%2Fsock/d%20b", ["user=a", "password=p@s:s/x", "host=/srv/sock", "dbname=d b"]),
    ("postgres://h/db?dataset=us&connect_timeout=3", ["host=h", "dbname=db", "connect_timeout=3"]),
  ] as [(String, [String])])
func addressesAreRead(text: String, expected: [String]) { #expect(options(text) == expected) }

@Test func dataSetsAreNamedInAddresses() {
  #expect(read("postgres://h/db?dataset=us")?.dataset == "us")
  #expect(read("sqlite:a/b.db?dataset=crypto")?.dataset == "crypto")
  #expect(read("sqlite:a/b.db?dataset=crypto")?.description == "sqlite:a/b.db")
  #expect(read("sqlite:what?.db")?.description == "sqlite:what?.db")
  #expect(read("sqlite:a.db")?.dataset == nil)
}

@Test(
  arguments: [
    "results.db", "mysql://host/db", "", "sqlite:", "sqlite:?dataset=x", "sqlite:a.db?dataset=", "postgres:host",
    "postgres://h:port/db", "postgres://u:pa%zz@h/db", "postgres://h/db?sslmode", "postgres://u:hunter2@h:/db",
  ])
func whatIsNoLocationIsSaid(text: String) throws {
  do {
    _ = try DatabaseLocation(text)
    Issue.record("`\(text)` was read")
  } catch {
    #expect(error.kind == .badLocation)
    #expect(!"\(error.diagnostic)".contains("hunter2"))
  }
}

@Test(
  arguments: [
    "postgres://ann:hunter2@host/db", "postgres://ann:hunter2@host:5432/db?sslmode=require",
    "postgres://ann@host/db?password=hunter2", "postgres://host/db?sslpassword=hunter2&user=ann",
    "postgres://ann:hunt%65r2@host/db", "postgres://ann:hunter2@host@host/db", "--db=postgres://a:hunter2@h/db",
    "postgres://a:hunter2@h:port/db", "postgresql://a:hunter2%zz@h",
  ])
func passwordsAreNeverShown(text: String) {
  let shown = DatabaseLocation.shown(text)
  #expect(!shown.contains("hunter2") && !shown.contains("hunt%65r2"), "\(shown)")
  #expect(shown.contains("postgres"))
  guard let location = read(text) else { return }
  #expect(!location.description.contains("hunter2"))
  let secret = text.contains("hunter2@host@") ? "hunter2@host" : "hunter2"
  let error = DatabaseError(.refused, "password \"\(secret)\" is wrong", at: location)
  #expect(!error.message.contains("hunter2"))
  #expect(!error.diagnostic.message.contains("hunter2"))
}

@Test func wordsWithoutAddressesAreShownAsTheyAre() {
  for word in ["run", "a.strat", "--data=x", "sqlite:a.db", "http://a@c:80/x"] {
    #expect(DatabaseLocation.shown(word) == word)
  }
}

@Test func resultsAreKeptWhereTheEnvironmentSays() throws {
  func place(_ environment: [String: String]) throws -> String {
    try DatabaseLocation.standard { environment[$0] }.description
  }
  #expect(try place(["STRAT_DB": "postgres://u:p@h/d", "HOME": "/h"]) == "postgres://u@h/d")
  #expect(try place(["XDG_DATA_HOME": "/data", "HOME": "/h"]) == "sqlite:/data/strat/results.db")
  #expect(try place(["XDG_DATA_HOME": "relative", "HOME": "/h"]) == "sqlite:/h/.local/share/strat/results.db")
  #expect(kind { _ = try place([:]) } == .badLocation)
  #expect(kind { _ = try place(["STRAT_DB": "nonsense"]) } == .badLocation)
}

@Test func aMissingLibraryIsNamed() {
  // The library is loaded once a process; what is said about a missing one is the same for every address.
  let error = DatabaseError(.noLibrary, "libpq cannot be loaded: no such file", at: DatabaseLocation(file: "x"))
  #expect(error.diagnostic.code == "E1009")
  #expect(error.diagnostic.notes.first?.message.contains("libpq5") == true)
}
