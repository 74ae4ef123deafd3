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
      // The scheme was forgotten, or is half there.
      ("nothing is known of `analyst:sekret@host/db`", "nothing is known of `analyst:…@host/db`"),
      ("analyst:sekret@host/db: No such file", "analyst:…@host/db: No such file"),
      (":data analyst:sekret@host:5432/db", ":data analyst:…@host:5432/db"),
      (":data=analyst:sekret@h/db", ":data=analyst:…@h/db"), ("`//analyst:sekret@h/db`", "`//analyst:…@h/db`"),
      ("added to analyst:sekret@host; 0", "added to analyst:…@host; 0"),
      ("import \"analyst:sek@ret@db.example.org\"", "import \"analyst:…@db.example.org\""),
      ("`analyst:se kret@host/db` is none", "`analyst:…@host/db` is none"),
      ("a_user:sek/r:et@10.0.0.1 is", "a_user:…@10.0.0.1 is"), ("`a:s@[::1]/db`", "`a:…@[::1]/db`"),
      ("jürgen:sekret@host/db", "jürgen:…@host/db"),
      // libpq's own form, and others'.
      ("host=h password = sekret user=a", "host=h password = … user=a"),
      ("host=h password='se\\'kret' user=a", "host=h password='…' user=a"),
      ("PGPASSWORD=\"se kret\" strat", "PGPASSWORD=\"…\" strat"), ("Server=h;Pwd=sekret", "Server=h;Pwd=…"),
      ("host=h PASSWORD=sekret", "host=h PASSWORD=…"),
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
      "ES:XCME@1", "pair=A:B@C", "at 16:00@America/New_York", "x[1:n] @ y", "`a: b@c`", "mail to someone@example.org",
      "password", "password = ", "the password: unknown",
    ])
  func whatHoldsNoPasswordStaysAsItIs(_ text: String) { #expect(AddressText.shown(text) == text) }

  @Test(
    arguments: [
      ("analyst:sekret@server/research", "analyst:…@server/research"),
      ("--db=analyst:sekret@server/research", "--db=analyst:…@server/research"),
      ("--data=postgres://a:se kret@h/db", "--data=postgres://a:…@h/db"), ("password=se kret", "password=…"),
      ("analyst:se kret@host/db", "analyst:…@host/db"), ("analyst:sekret@host", "analyst:…@host"),
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
