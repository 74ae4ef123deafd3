/// Data folders with something of every kind in them, small enough to be read.
enum HandMadeFolders {
  /// Vintages, withdrawals, revisions, release lags, curves with and without release times, flows, universes, a
  /// delisting, aliases, a decision time, a calendar, missing cells, and names that SQL might stumble over.
  static let mixed: KeyValuePairs<String, String> = [
    "prices/p.csv": """
    ticker,date,open,high,low,close,volume,adjusted_close
    AAA,2014-01-02,1,3,0.5,2,10,1
    AAA,2014-01-03,1.1,3.3,0.55,2.2,,1.1
    AAA,2014-01-06,-1,3,0.5,0.30000000000000004,0,
    AAA,2014-01-07,,,,5e-324,NA,2.5e-324
    AAA,2014-01-08,1,2,3,1.7976931348623157e308,7,
    AAA,2014-01-09,1,2,1,,7,
    BBB,2014-01-02,,,,5,,
    BBB,2014-01-04,,,,6,,
    BBB,2016-06-01,,,,7,,
    "O'Neil; drop table market_data; --",2014-01-02,,,,1,,
    "a ""quoted"" name, with a comma",2014-01-02,,,,1,,
    ÅÄÖ€,2014-01-02,,,,1,,
    %_$1\\,2014-01-02,,,,1,,

    """,
    "prices/wide.csv": "date,CCC,DDD\n2014-01-02,10,\n2014-01-03,11,20\n",
    "series/s.csv": """
    series,observation_date,release_time,value,revision
    CPI,2013-12-01,2014-01-15T13:30:00Z,1.5,0
    CPI,2013-12-01,2014-02-15T13:30:00Z,1.6,1
    CPI,2014-01-01,2014-02-15T13:30:00.5+05:30,,0
    CPI,2014-01-01,2014-02-15T13:30:00.000001Z,-1.25,3
    CPI,2014-02-01,2014-03-15,2,0
    LAGGED,2013-12-01,,100,0
    LAGGED,2014-01-01,,101,0
    LAGGED,2014-01-01,2014-04-01T00:00:00Z,102,0
    WEEKLY,2013-12-31,,7,0
    OLD,0001-01-01,0001-01-01T00:00:00Z,1,0
    NEW,9999-12-31,9999-12-31T23:59:59.999999Z,1,0

    """,
    "flows/f.csv": """
    series,observation_date,release_time,value
    COT,2014-01-07,2014-01-10T20:30:00Z,100
    COT,2014-01-14,,110
    COT,2014-01-21,,

    """,
    "curves/c.csv": """
    curve,date,tenor_days,rate,release_time
    UST,2014-01-02,365,0.1,
    UST,2014-01-02,3650,3,
    UST,2014-01-02,3650,3.5,2014-01-06T12:00:00Z
    UST,2014-01-03,0,0,2014-01-05T00:00:00Z
    UST,2014-01-03,365,,

    """,
    "universes/u.csv": """
    universe,ticker,start,end
    ALL,AAA,,
    ALL,ZZZ,2013-01-01,2014-01-01
    ALL,ZZZ,2014-06-01,
    it's,BBB,2014-01-02,2014-01-02

    """,
    "actions/a.csv": "ticker,ex_date,delisting_price\nBBB,2014-01-20,3.5\nCCC,2014-02-03,0\nNONE,2014-02-03,1\n",
    "dataset.yaml": """
    name: "mixed: a 'name'"
    decision_time: 16:00 America/New_York
    calendar: AAA
    aliases:
      A: AAA
      "b's": BBB
    release_lag:
      WEEKLY: 12bd
      "*": 45d

    """,
  ]

  /// Prices that are adjusted from splits and dividends.
  static let adjusted: KeyValuePairs<String, String> = [
    "prices/AAA.csv": "date,close,volume\n2020-01-02,100,5\n2020-01-03,51,10\n2020-01-06,50,11\n2020-01-07,49,9\n",
    "actions/a.csv": """
    ticker,ex_date,split_ratio,cash_dividend,delisting_price
    AAA,2020-01-03,2,,
    AAA,2020-01-06,,0.75,
    AAA,2020-01-07,0.125,0.1,
    AAA,2020-01-08,,,12

    """,
  ]

  /// Actions of which there are none: prices are adjusted from them all the same.
  static let headerAlone: KeyValuePairs<String, String> = [
    "prices/p.csv": "ticker,date,close,adjusted_close\nAAA,2020-01-02,100,50\nAAA,2020-01-03,51,51\n",
    "actions/a.csv": "ticker,ex_date,split_ratio\n",
  ]

  /// Macro series alone, in several listings of one name, with the settings all left out.
  static let plain: KeyValuePairs<String, String> = [
    "series/GDP.csv": "series,observation_date,release_time,value\nGDP,2020-01-01,2020-04-29T12:30:00Z,1\n"
  ]

  /// Monthly bars that are dated at the start of their month, and bars that are known on such dates.
  static let startDated: KeyValuePairs<String, String> = [
    "prices/p.csv": "ticker,date,close\nIDX,2020-01-01,1\nIDX,2020-02-01,2\nIDX,2020-03-01,3\nIDX,2020-03-16,4\n",
    "dataset.yaml": "bar_dates: start\n",
  ]
  static let knownAtTheStart: KeyValuePairs<String, String> = [
    "prices/p.csv": "ticker,date,close\nIDX,2020-01-01,1\nIDX,2020-02-01,2\nIDX,2020-03-01,3\nEND,2020-02-29,1\n"
      + "END,2020-03-31,2\nEND,2020-05-31,3\n",
    "dataset.yaml": "bar_dates: end\n",
  ]

  /// An adjusted close that no action explains, figures known beforehand, tenors in years.
  static let odd: KeyValuePairs<String, String> = [
    "prices/p.csv": "ticker,date,close,adjusted_close\nAAA,2020-01-02,100,50\nAAA,2020-01-03,50,50\n",
    "actions/a.csv": "ticker,ex_date,split_ratio,cash_dividend\nBBB,2020-01-03,0,1\n",
    "series/s.csv": "series,observation_date,release_time,value\nDOT,2021-01-01,2020-01-02,1\n",
    "curves/c.csv": "curve,date,tenor,rate\nUST,2020-01-02,10,1\n", "dataset.yaml": "tenor_unit: years\n",
  ]

  static let all: [(name: String, files: KeyValuePairs<String, String>)] = [
    ("mixed", mixed), ("adjusted", adjusted), ("headerAlone", headerAlone), ("plain", plain),
    ("startDated", startDated), ("knownAtTheStart", knownAtTheStart), ("odd", odd),
  ]
}
