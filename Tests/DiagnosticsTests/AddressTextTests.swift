import Diagnostics
import Testing

@Suite struct AddressTextTests {
  @Test(
    arguments: [
      ("postgres://analyst:sekret@server/research", "postgres://analyst:…@server/research"),
      (
        "postgresql://analyst:sekret@server:5432/research?sslmode=require",
        "postgresql://analyst:…@server:5432/research?sslmode=require"
      ),
      ("the database `postgres://a:sekret@h/db` refuses", "the database `postgres://a:…@h/db` refuses"),
      ("POSTGRES://a:sekret@h", "POSTGRES://a:…@h"), ("postgres://a:se:kret@h/db", "postgres://a:…@h/db"),
      ("postgres://a:sek@ret@h/db", "postgres://a:…@h/db"), ("postgres://a:sek/ret@h/db", "postgres://a:…@h/db"),
      ("postgres://a:sek?ret@h/db", "postgres://a:…@h/db"), ("postgres://a:sek ret@h/db", "postgres://a:…@h/db"),
      ("postgres://a:sek'r`e\"t@h/db", "postgres://a:…@h/db"), ("postgres://:sekret@h", "postgres://:…@h"),
      ("postgres:a:sekret@h/db", "postgres:a:…@h/db"), ("postgres:/a:sekret@h/db", "postgres:/a:…@h/db"),
      ("postgress://a:sekret@h/db", "postgress://a:…@h/db"), ("postgres://a:sekret", "postgres://a:…"),
      ("postgres://a:sekret… is cut", "postgres://a:… is cut"),
      ("postgres://a:%73ekret@h/db", "postgres://a:…@h/db"),
      ("postgres://h/db?password=sekret&sslmode=require", "postgres://h/db?password=…&sslmode=require"),
      ("postgres://h/db?p%61ssword=sekret", "postgres://h/db?p%61ssword=…"),
      ("postgres://h/db?sslpassword=sekret `", "postgres://h/db?sslpassword=… `"),
      ("from postgres://a:sekret@h/x to postgres://b:sekret@i/y", "from postgres://a:…@h/x to postgres://b:…@i/y"),
      ("host=h password=sekret user=a", "host=h password=… user=a"),
      ("host=h password='se kret' user=a", "host=h password='…' user=a"), ("PGPASSWORD=sekret", "PGPASSWORD=…"),
      ("https://a:sekret@host/file.csv", "https://a:…@host/file.csv"),
      ("added to postgres://postgres:sekret@h/db; 0", "added to postgres://postgres:…@h/db; 0"),
      ("postgres://a:postgres:sekret@h/db", "postgres://a:…@h/db"),
      ("postgres://a:postgres://sekret@h/db", "postgres://a:…@h/db"),
    ])
  func passwordsAreHiddenInMessages(_ text: String, _ expected: String) {
    #expect(AddressText.shown(text) == expected)
    #expect(Diagnostic(DiagnosticRecord("E0000", "x", explanation: ""), text).message == expected)
    #expect(Note(text).message == expected)
    // What was hidden once is hidden, and nothing more of it is.
    #expect(AddressText.shown(expected) == expected)
  }

  @Test(
    arguments: [
      "postgres://server/research", "postgres://analyst@server:5432/research", "postgres://server:5432", "sqlite:a.db",
      "expected `a: number`", "momentum.strat:12:5", "https://example.org:8080/x", "x = 1; y = 2", "a:b@c", "",
      "C://folder", "sslmode=require", "postgres: could not connect: a@b", "10:30@NYSE", "keys=3", "added=2",
    ])
  func whatHoldsNoPasswordStaysAsItIs(_ text: String) { #expect(AddressText.shown(text) == text) }

  @Test(
    arguments: [
      ("analyst:sekret@server/research", "analyst:…@server/research"),
      ("--db=analyst:sekret@server/research", "--db=analyst:…@server/research"),
      ("--data=postgres://a:se kret@h/db", "--data=postgres://a:…@h/db"), ("password=se kret", "password=…"),
      ("ES:XCME@1", "ES:XCME@1"), ("pair=A:B@C", "pair=A:B@C"), ("a.strat", "a.strat"),
    ])
  func wordsOfACommandLineEndWhereTheyEnd(_ word: String, _ expected: String) {
    #expect(AddressText.shown(word: word) == expected)
  }

  @Test func noTextIsTooOddToBeShown() {
    var seed: UInt64 = 7
    let parts = [
      "postgres", "postgresql", ":", "/", "//", "@", "=", "password", "'", "`", " ", "%", "%7", "?", "&", "…", "a",
      "\n",
    ]
    for _ in 0..<5_000 {
      var text = ""
      for _ in 0..<12 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += parts[Int(seed >> 33) % parts.count]
      }
      _ = AddressText.shown(text)
      _ = AddressText.shown(word: text)
      #expect(!AddressText.shown("postgres://u:sekret@h/" + text.filter { $0 != "\n" }).contains("sekret"))
    }
  }
}
