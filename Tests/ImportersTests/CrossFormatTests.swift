import Diagnostics
import Importers
import MarketData
import Testing

/// Every format is asked to read the files of all others, and files without rows.
@Suite struct CrossFormatTests {
  /// Files beside the records' examples.
  private static let others: [(name: String, text: String)] = [
    ("EURX.csv", "Price,Close,High\nTicker,EURX,EURX\nDate,,\n2024-07-08,1.0826,1.0847\n"),
    ("two_rates.csv", "observation_date,RATEA,RATEB\n1999-12-01,5.30,7.91\n"),
    ("wide.csv", "Date,AAA,BBB\n2024-01-02,1.0,2.0\n"),
    ("SHARADAR_SEP.csv", "ticker,date,open,high,low,close,volume,closeadj\nA,2020-02-06,1,2,1,2,5,1.9\n"),
    ("VIX_History.csv", "DATE,OPEN,HIGH,LOW,CLOSE\n1/31/1990,25.36,25.36,25.36,25.36\n"),
    ("holdings.csv", "date,ticker,weight,sector\n2024-01-02,AAPL,0.07,IT\n"), ("short.csv", "Date,Open\n2024-01-02\n"),
    ("one.csv", "a\n1\n"), ("empty.csv", ""), ("blank.csv", "\n\n\n"), ("quote.csv", "\"Date,Open\n\"x\n"),
  ]

  @Test(arguments: Importer.all.map(\.name))
  func aNamedFormatReadsByColumnsOrSaysWhatIsMissing(_ format: String) throws {
    for (name, text) in Importer.all.map({ ($0.exampleName, $0.example + "\n") }) + CrossFormatTests.others {
      let scratch = try ImportScratch()
      do {
        let added = try scratch.add(name, text, format: format, lag: "45d")
        #expect(added > 0, "\(name) as \(format) added nothing")
      } catch let problem as Diagnostic {
        #expect(["E0760", "E0761"].contains(problem.code), "\(name) as \(format): \(problem.message)")
        #expect(problem.location?.name.hasSuffix(name) == true)
      } catch let failure as DataLoadingFailure {
        // The columns are there; a cell or a rule of the format stops it, at its place.
        #expect(!failure.diagnostics.isEmpty, "\(name) as \(format)")
      }
    }
  }

  @Test func closesAreNeverOtherColumns() throws {
    // Every format that takes prices gives the same close for the same file.
    for importer in Importer.all {
      let scratch = try ImportScratch()
      let text = "Volume,Adj Close,Close,Low,High,Open,Date\n7000,16.2,51.875,51.125,52.5,52.5,1997-01-02\n"
      guard (try? scratch.add("KOX.csv", text, format: importer.name)) != nil else { continue }
      #expect(try scratch.rows("prices") == ["KOX,1997-01-02,52.5,52.5,51.125,51.875,7000,16.2"], "\(importer.name)")
    }
  }

  @Test func namedFormatsThatDoNotFitNameTheirColumns() throws {
    let scratch = try ImportScratch()
    do {
      try scratch.add("two_rates.csv", CrossFormatTests.others[1].text, format: "stooq")
      Issue.record("rates were read as prices")
    } catch let problem as Diagnostic {
      #expect(problem.code == "E0760")
      for word in ["`stooq`", "`Open`", "`Close`", "`RATEA`"] { #expect(problem.message.contains(word)) }
    }
    do {
      try scratch.add(
        "KOX.csv", "Date,Open,High,Low,Close,Volume,Adj Close\n1997-01-02,1,1,1,1,1,1\n", format: "treasury")
      Issue.record("prices were read as rates")
    } catch let problem as Diagnostic {
      #expect(problem.message.contains("tenor") && problem.notes[0].message.contains("`yahoo`"))
    }
  }

  @Test func aHeaderAloneIsAnError() throws {
    let scratch = try ImportScratch()
    for text in [
      "Date,Open,High,Low,Close,Volume\n", "Date,Open,High,Low,Close,Adj Close,Volume", "ticker,date,close\n",
    ] {
      #expect(problems { try scratch.add("only_header.csv", text) } == ["E0761"])
      #expect(places { try scratch.add("only_header.csv", text) } == ["only_header.csv:1"])
    }
    #expect(try scratch.rows("prices").isEmpty)
  }
}
