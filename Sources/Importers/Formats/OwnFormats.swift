import MarketData

extension FileKind {
  /// Files in the form of data folders, one kind each.
  var importer: Importer {
    let kind = self
    return Importer(
      rawValue, title: "the program's own form, \(rawValue)", files: "Columns `\(columns)`; also from Parquet.",
      release: releaseRule, exampleName: "\(rawValue).csv", example: sample, needsLag: false,
      recognizes: { kind.fits($0.header) }, read: { $0.readOwn(kind) })
  }

  private var columns: String {
    switch self {
    case .prices: "ticker,date,open,high,low,close,volume,adjusted_close"
    case .series: "series,observation_date,release_time,value[,revision]"
    case .flows: "series,observation_date,release_time,value[,revision]"
    case .curves: "curve,date,tenor_days,rate[,release_time]"
    case .universes: "universe,ticker,start,end"
    case .actions: "ticker,ex_date,split_ratio,cash_dividend[,delisting_price]"
    }
  }

  private var releaseRule: String {
    switch self {
    case .prices, .actions, .universes: "Known at the cut of its date."
    case .series: "As `release_time` says; rows without one need `--release-lag`."
    case .flows:
      "As `release_time` says, else at the cut of the observation date. Only `--format flows` tells these from "
        + "macro series."
    case .curves: "As `release_time` says, else at the cut of the curve's date."
    }
  }

  private var sample: String {
    switch self {
    case .prices:
      "ticker,date,open,high,low,close,volume,adjusted_close\nQQQ,2020-01-02,214.4,216.16,213.98,216.16,30969400,"
    case .series: "series,observation_date,release_time,value\nCPIAUCSL,2020-01-01,2020-02-13T13:30:00Z,258.82"
    case .flows: "series,observation_date,release_time,value\nETF_FLOW,2020-01-03,,12.5"
    case .curves: "curve,date,tenor_days,rate\nUST_PAR,2020-01-02,3650,1.88"
    case .universes: "universe,ticker,start,end\nSP500,AAPL,1996-01-02,"
    case .actions: "ticker,ex_date,split_ratio,cash_dividend,delisting_price\nAAPL,2020-08-31,4,,"
    }
  }
}
