import Diagnostics
import Foundation
import Importers
import MarketData
import MarketModel
import Testing

/// Files that no format fits, read as the user says.
@Suite struct MappingTests {
  private func mapping(_ columns: String, _ kind: FileKind = .prices, skip: Int = 0) throws -> ColumnMapping {
    try ColumnMapping(kind: kind, columns: ColumnMapping.columns(columns), skip: skip)
  }

  /// The rows of a file as a mapping reads it, in the order of the program's own form.
  private func rows(_ text: String, _ mapping: ColumnMapping, name: String = "X.csv") throws -> [String] {
    let scratch = try ImportScratch()
    var session = ImportSession(mapping: mapping)
    try session.read([try scratch.write(name, text)])
    let target = try FolderTarget(scratch.target)
    try target.apply(ImportPlan(session.tables, into: try target.existing()).additions)
    return try scratch.rows(mapping.kind.rawValue)
  }

  private func code(_ work: () throws -> Void) -> String {
    do {
      try work()
      return ""
    } catch let problem as Diagnostic { return problem.code } catch { return "\(error)" }
  }

  @Test func columnsAreReadAsTheyAreNamed() throws {
    let text =
      "Downloaded 2024, by hand\n\nDay;Name;Last;closeadj;Close\n05.01.2024;A;1.234,5;1200,25;9\n"
      + "31.01.2024;A;1.300,5;1250,5;9\n"
    let named = try mapping("date=Day, ticker=Name, close=Last, adjusted_close=closeadj", skip: 1)
    #expect(try rows(text, named) == ["A,2024-01-05,,,,1234.5,,1200.25", "A,2024-01-31,,,,1300.5,,1250.5"])
  }

  @Test func theFilesNameIsTheTickerWhereNoColumnIs() throws {
    #expect(
      try rows("Day,Last\n2024-01-05,1\n", mapping("date=day,close=LAST"), name: "SPY.csv") == ["SPY,2024-01-05,,,,1,"])
  }

  @Test func aColumnWithACommaStandsInQuotes() throws {
    let named = try mapping("date=D,close=\"Close, adjusted\"")
    #expect(try rows("D,\"Close, adjusted\"\n2024-01-05,1\n", named) == ["X,2024-01-05,,,,1,"])
  }

  @Test func otherKindsAndSynonymsOfFields() throws {
    let series = try mapping("series=Id,date=For,release=Out,value=Figure", .series)
    #expect(
      try rows("Id,For,Out,Figure\nCPI,2024-01-01,2024-02-13T13:30:00Z,1.5\n", series) == [
        "CPI,2024-01-01,2024-02-13T13:30:00Z,1.5"
      ])
    let actions = try mapping("ticker=T,ex_date=D,dividend=Cash", .actions)
    #expect(try rows("T,D,Cash\nA,2024-01-05,0.5\n", actions) == ["A,2024-01-05,1,0.5,"])
  }

  @Test func whatIsWrongWithAMappingIsSaid() {
    #expect(code { _ = try mapping("date") } == "E0754")
    #expect(code { _ = try mapping("date=D,price=C") } == "E0755")
    #expect(code { _ = try mapping("date=D,close=C,close=L") } == "E0756")
    #expect(code { _ = try mapping("date=D,close=C,open=C") } == "E0756")
    #expect(code { _ = try mapping("date=D,volume=V") } == "E0757")
    #expect(code { _ = try mapping("ticker=T,ex_date=D", .actions) } == "E0757")
    #expect(code { _ = try mapping("date=D,close=C", skip: -1) } == "E0759")
  }

  @Test func aColumnThatIsNotThereOrIsThereTwiceIsSaid() throws {
    let named = try mapping("date=D,close=C")
    #expect(code { _ = try rows("D,Close\n2024-01-05,1\n", named) } == "E0758")
    #expect(code { _ = try rows("D,C,C\n2024-01-05,1,2\n", named) } == "E0758")
    #expect(code { _ = try rows("", named) } == "E0758")
    #expect(code { _ = try rows("D,C\n2024-01-05,1\n", mapping("date=D,close=C", skip: 9)) } == "E0758")
  }

  @Test func aMappingIsKeptInAFileAndReadFromIt() throws {
    let scratch = try ImportScratch()
    let named = try ColumnMapping(
      kind: .prices, columns: [("date", "My \\\"day\""), ("close", "C: 1")], skip: 3, dates: .dmy)
    let path = try scratch.write("m.yaml", String(decoding: named.file, as: UTF8.self))
    #expect(try ColumnMapping(file: path) == named)
    for (text, code) in [
      ("columns: [a]", "E0759"), ("columns: {date: D}\n", "E0757"), ("skip: x", "E0759"), ("{", "E0759"), ("", "E0759"),
      ("columns: {date: D, close: C}\ncolour: red", "E0759"), ("kind: bonds", "E0759"),
    ] {
      let other = try scratch.write("o.yaml", text)
      #expect(self.code { _ = try ColumnMapping(file: other) } == code, "\(text)")
    }
  }

  @Test func aFolderIsReadByOneMapping() throws {
    let scratch = try ImportScratch()
    try scratch.write("in/A.csv", "Day,Last\n2024-01-05,1\n")
    try scratch.write("in/B.csv", "Day,Last,Note\n2024-01-05,2,x\n")
    try scratch.write("in/notes.csv", "a,b\n1,2\n")
    var session = ImportSession(mapping: try mapping("date=Day,close=Last"))
    try session.read([scratch.url.path + "/in"])
    #expect(session.sources.map(\.rows) == [1, 1])
    #expect(session.remarkLines.contains { $0.contains("notes.csv") && $0.contains("passed over") })
    #expect(session.remarkLines.contains { $0.contains("B.csv: left aside: the column Note") })
  }

  @Test func optionsThatDoNotGoTogetherAreSaid() {
    func asked(_ columns: String?, _ skip: Int?, _ kind: String?, _ file: String?, _ format: String?) -> String {
      code {
        _ = try ColumnMapping.Asked(
          columns: columns, skip: skip, kind: kind, file: file, isKept: false, format: format
        ).mapping(dates: nil)
      }
    }
    #expect(asked(nil, nil, nil, nil, nil) == "" && asked("date=D,close=C", 1, "prices", nil, nil) == "")
    #expect(asked(nil, 1, nil, nil, nil) == "E0759" && asked("date=D,close=C", nil, nil, "m.yaml", nil) == "E0759")
    #expect(asked("date=D,close=C", nil, nil, nil, "yahoo") == "E0759")
    #expect(asked("date=D,close=C", nil, "price", nil, nil) == "E0755")
  }
}

/// A single file as a data set.
@Suite struct DataFileTests {
  @Test func aFileIsTheDataSetThatItsImportMakes() throws {
    let scratch = try ImportScratch()
    let path = try scratch.write(
      "SPY.csv",
      "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,1,2,0.5,1.5,1.4,10\n2020-01-03,1,2,0.5,1.6,1.5,10\n")
    #expect(DataFile.isMeant(by: path) && !DataFile.isMeant(by: scratch.url.path) && !DataFile.isMeant(by: "/none"))
    let loaded = try DataFile(path).load().data
    try scratch.take(path)
    #expect(try loaded.store.fingerprint == scratch.load().fingerprint)
    #expect(loaded.store.settings.name == "SPY")
    let vintages = try scratch.write("GDP.csv", "observation_date,GDP_20200130,GDP_20200227\n2019-10-01,1,2\n")
    #expect(try DataFile(vintages).load().data.store.series(.macro).count == 1)
  }

  @Test func whatIsWrongWithItIsSaid() throws {
    let scratch = try ImportScratch()
    let lagless = try scratch.write("UNRATE.csv", "DATE,UNRATE\n2020-01-01,3.6\n")
    do {
      _ = try DataFile(lagless).load()
      Issue.record("figures without a release time were taken")
    } catch { #expect(error.diagnostics.map(\.code) == ["E0714"]) }
    var options = DataFolder.Options()
    options.releaseLag = ReleaseLag("45d")
    #expect(try DataFile(lagless).load(options).data.store.series(.macro).count == 1)
    let foreign = try scratch.write("a.csv", "a,b\n1,2\n")
    do {
      _ = try DataFile(foreign).load()
      Issue.record("an unknown file was taken")
    } catch { #expect(error.diagnostics.map(\.code) == ["E0740"]) }
  }
}
