import MarketData
import MarketModel

extension Importer {
  /// The legacy report of the commitments of traders.
  static let cotLegacy = Importer(
    "cot-legacy", title: "CFTC, commitments of traders, legacy report (futures only or combined)",
    columns: COTReader.columns(
      ["Noncommercial Positions", "Commercial Positions", "Nonreportable Positions"].flatMap {
        ["\($0)-Long (All)", "\($0)-Short (All)"]
      }),
    files:
      "The yearly text files with their header, also within their archives. Series `COT_<market>_NONCOMM_LONG`, `_SHORT` and `_NET` (also COMM "
      + "and NONREPT) and `COT_<market>_OPEN_INTEREST`, the market by its name where it is well known, else by the CFTC's "
      + "code; shorts are negative. `--name` takes the place of COT.",
    release: COTCalendar.rule,
    exampleName: "annual.txt",
    example: """
      "Market and Exchange Names","As of Date in Form YYMMDD","As of Date in Form YYYY-MM-DD","CFTC Contract Market \
      Code","Open Interest (All)","Noncommercial Positions-Long (All)","Noncommercial Positions-Short (All)",\
      "Commercial Positions-Long (All)","Commercial Positions-Short (All)","Nonreportable Positions-Long (All)",\
      "Nonreportable Positions-Short (All)"
      "GOLD - COMMODITY EXCHANGE INC.",200107,2020-01-07,"088691 ",   797113,   385230,    62982,   123456,   488000,\
         52000,    20000
      """,
    dateOrder: .mdy,
    read: { reader in
      COTReader(&reader).read(
        &reader,
        groups: [
          ("NONCOMM", "noncommercialpositions"), ("COMM", "commercialpositions"), ("NONREPT", "nonreportablepositions"),
        ], openInterest: "OPEN_INTEREST")
    })

  /// The report on traders in financial futures.
  static let cotFinancial = Importer(
    "cot-tff", title: "CFTC, traders in financial futures (futures only or combined)",
    columns: COTReader.columns(
      ["Dealer", "Asset_Mgr", "Lev_Money", "Other_Rept", "NonRept"].flatMap {
        ["\($0)_Positions_Long_All", "\($0)_Positions_Short_All"]
      }),
    files:
      "The yearly text files with their header, also within their archives. Series `COT_<market>_TFF_DEALER_LONG`, `_SHORT` and `_NET` (also "
      + "ASSET_MGR, LEV_FUNDS, OTHER and NONREPT) and `COT_<market>_TFF_OPEN_INTEREST`; shorts are negative.",
    release: COTCalendar.rule + " The report was first published on 2010-07-22: earlier weeks are known from then on.",
    exampleName: "FinFutYY.txt",
    example: """
      "Market_and_Exchange_Names","As_of_Date_In_Form_YYMMDD","Report_Date_as_YYYY-MM-DD","CFTC_Contract_Market_Code",\
      "Open_Interest_All","Dealer_Positions_Long_All","Dealer_Positions_Short_All","Asset_Mgr_Positions_Long_All",\
      "Asset_Mgr_Positions_Short_All","Lev_Money_Positions_Long_All","Lev_Money_Positions_Short_All",\
      "Other_Rept_Positions_Long_All","Other_Rept_Positions_Short_All","NonRept_Positions_Long_All",\
      "NonRept_Positions_Short_All"
      "EURO FX - CHICAGO MERCANTILE EXCHANGE",200107,2020-01-07,099741,540000,60000,210000,260000,120000,80000,110000,\
      30000,10000,70000,60000
      """,
    dateOrder: .mdy,
    read: { reader in
      COTReader(&reader).read(
        &reader,
        groups: [
          ("TFF_DEALER", "dealerpositions"), ("TFF_ASSET_MGR", "assetmgrpositions"),
          ("TFF_LEV_FUNDS", "levmoneypositions"), ("TFF_OTHER", "otherreptpositions"),
          ("TFF_NONREPT", "nonreptpositions"),
        ], openInterest: "TFF_OPEN_INTEREST", notBefore: COTCalendar.financialReportsBegin)
    })
}

/// Reads the rows of either report.
private struct COTReader {
  private let market: Int?
  private let date: Int?
  private let interest: Int?

  /// The columns of a report with these positions.
  static func columns(_ positions: [String]) -> FormatColumns {
    FormatColumns(
      [
        .text("CFTC Contract Market Code"),
        .date("As of Date in Form YYYY-MM-DD", "Report Date as YYYY-MM-DD", need: .oneOf),
        .date("Report Date as MM/DD/YYYY", "As of Date Form MM/DD/YYYY", need: .oneOf),
        .number("Open Interest (All)", need: .optional),
      ] + positions.map { .number($0) }, isChoice: true)
  }

  init(_ reader: inout ImportReader) {
    market = reader.column("CFTC Contract Market Code")
    date = reader.column("As of Date in Form YYYY-MM-DD") ?? reader.column("Report Date as MM/DD/YYYY")
    interest = reader.column("Open Interest (All)")
  }

  func read(
    _ reader: inout ImportReader, groups: [(name: String, columns: String)], openInterest: String,
    notBefore: Day? = nil
  ) {
    guard let market, let date, let calendar = COTCalendar() else {
      reader.report(.noZone())
      return
    }
    let prefix = (reader.options.name ?? "COT") + "_"
    let columns = groups.map { group in
      (
        group.name, reader.column(group.columns + "longall"),
        reader.column(group.columns + "shortall")
      )
    }
    reader.forEachRow { row in
      guard let day = row.day(date) else { return }
      // The files fill up the code with blanks, within its quotes.
      let code = String(row.text(market).prefix { $0 != " " })
      let name = prefix + (COTReader.markets[code] ?? code)
      let release = calendar.release(ofReport: day, notBefore: notBefore)
      if let interest, let value = row.number(interest) {
        row.tables.addRelease(.flow, "\(name)_\(openInterest)", day, release: release, value: value)
      }
      for (group, longColumn, shortColumn) in columns {
        guard let long = row.number(longColumn), let short = row.number(shortColumn) else { continue }
        // Not −0, which would differ from 0 in nothing but its sign.
        for (side, value) in [("LONG", long), ("SHORT", short == 0 ? 0 : -short), ("NET", long - short)] {
          row.tables.addRelease(.flow, "\(name)_\(group)_\(side)", day, release: release, value: value)
        }
      }
    }
  }

  /// Markets by the CFTC's codes, in the words of traders.
  private static let markets = [
    "099741": "EURUSD", "096742": "GBPUSD", "232741": "AUDUSD", "088691": "GOLD", "084691": "SILVER", "067651": "WTI",
    "13874A": "SP500", "043602": "US10Y", "042601": "US2Y", "044601": "US5Y", "020601": "US30Y", "1170E1": "VIX",
  ]
}
