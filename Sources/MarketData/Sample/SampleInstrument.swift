import MarketModel

/// What one ticker of the sample is like.
struct SampleInstrument {
  /// A split on the first session of a month's second week.
  struct Split {
    var day: Day
    var ratio: Double
  }

  var ticker: String
  var price: Double
  /// Exposure to the market.
  var beta: Double
  /// The theme it belongs to, and how much.
  var theme: Int
  var themeWeight: Double
  /// Own volatility a year.
  var noise: Double
  /// Own drift a year.
  var drift: Double
  /// Dividends a year as a fraction of the price, and how many of them there are.
  var dividendYield = 0.0
  var dividendsPerYear = 0
  /// Sensitivity to a change of the yield of a tenor in days, in years; 0 for none.
  var duration = 0.0
  var tenor = 0
  var volume: Double
  var first = SampleCalendar.first
  var last = SampleCalendar.last
  var splits: [Split] = []
  /// What holders got in the end, on the session after the last.
  var delistingPrice: Double?
  /// An extra return of each session in the last months of a failing company.
  var collapse = 0.0
  /// Whether it is a company's share.
  var isEquity = true

  /// All tickers with prices, in ascending order.
  static let all: [SampleInstrument] = (equities + funds).sorted { $0.ticker.precedesInBytes($1.ticker) }

  // Ticker, start price, beta, theme, own volatility, own drift, dividend yield, million shares a day.
  private static let equityRows: [(String, Double, Double, Int, Double, Double, Double, Double)] = [
    ("AAPL", 64.4, 1.2, 0, 0.26, 0.13, 0.012, 120), ("MSFT", 26.7, 1.0, 0, 0.18, 0.06, 0.022, 60),
    ("GOOG", 197.4, 1.05, 0, 0.22, 0.03, 0, 8), ("INTC", 23.1, 1.05, 0, 0.22, 0.0, 0.026, 50),
    ("CSCO", 19.3, 1.1, 0, 0.22, 0.0, 0.02, 45), ("IBM", 98.2, 0.85, 0, 0.16, -0.02, 0.028, 6),
    ("ORCL", 13.7, 1.05, 0, 0.21, 0.03, 0.01, 30), ("QCOM", 42.1, 1.1, 0, 0.26, 0.0, 0.022, 15),
    ("NVDA", 23.6, 1.45, 0, 0.38, 0.11, 0.004, 16), ("AMD", 21.8, 1.5, 0, 0.42, 0.08, 0, 28),
    ("FB", 38.2, 1.15, 0, 0.30, 0.14, 0, 30), ("NFLX", 11.9, 1.1, 5, 0.45, 0.20, 0, 12),
    ("AMZN", 44.5, 1.2, 5, 0.32, 0.16, 0, 7), ("JPM", 38.8, 1.25, 1, 0.20, 0.03, 0.025, 22),
    ("BAC", 46.3, 1.4, 1, 0.28, -0.06, 0.022, 70), ("WFC", 31.1, 1.15, 1, 0.20, 0.01, 0.028, 25),
    ("C", 47.9, 1.5, 1, 0.28, -0.11, 0.015, 40), ("GS", 104.9, 1.35, 1, 0.24, 0.0, 0.015, 5),
    ("BSC", 102.2, 1.4, 1, 0.25, 0.02, 0.01, 4), ("LEH", 87.2, 1.5, 1, 0.28, 0.02, 0.01, 9),
    ("WB", 52.6, 1.3, 1, 0.24, -0.03, 0.035, 15), ("XOM", 50.1, 0.85, 2, 0.15, 0.0, 0.028, 18),
    ("CVX", 51.6, 0.95, 2, 0.17, 0.02, 0.033, 9), ("JNJ", 62.8, 0.6, 3, 0.12, 0.02, 0.027, 9),
    ("PFE", 26.6, 0.75, 3, 0.17, 0.01, 0.036, 35), ("MRK", 31.5, 0.7, 3, 0.19, 0.03, 0.034, 14),
    ("AET", 31.1, 0.9, 3, 0.26, 0.06, 0.009, 4), ("PG", 55.1, 0.55, 4, 0.12, 0.02, 0.028, 10),
    ("KO", 20.8, 0.55, 4, 0.12, 0.03, 0.028, 14), ("PEP", 52.0, 0.55, 4, 0.12, 0.03, 0.026, 6),
    ("WMT", 53.3, 0.55, 4, 0.15, 0.02, 0.022, 12), ("MCD", 32.0, 0.6, 5, 0.14, 0.08, 0.028, 7),
    ("HD", 42.3, 0.95, 5, 0.19, 0.06, 0.021, 10), ("DIS", 27.8, 1.0, 5, 0.17, 0.06, 0.013, 11),
    ("F", 14.7, 1.3, 5, 0.32, -0.01, 0.03, 45), ("EK", 32.1, 1.2, 5, 0.34, -0.10, 0.015, 5),
    ("BA", 51.0, 1.05, 6, 0.21, 0.06, 0.021, 5), ("CAT", 48.0, 1.2, 6, 0.20, 0.03, 0.024, 8),
    ("GE", 36.6, 1.15, 6, 0.20, -0.09, 0.031, 55), ("MMM", 82.2, 0.85, 6, 0.13, 0.01, 0.025, 4),
    ("UTX", 51.6, 0.9, 6, 0.14, 0.02, 0.021, 5), ("T", 25.6, 0.7, 7, 0.14, -0.01, 0.05, 28),
    ("VZ", 36.6, 0.65, 7, 0.14, 0.0, 0.046, 15),
  ]

  private static let equities: [SampleInstrument] = equityRows.map { row in
    var instrument = SampleInstrument(
      ticker: row.0, price: row.1, beta: row.2, theme: row.3, themeWeight: 1, noise: row.4, drift: row.5,
      dividendYield: row.6, dividendsPerYear: row.6 > 0 ? 4 : 0, volume: row.7 * 1e6)
    instrument.addEvents()
    return instrument
  }

  private mutating func addEvents() {
    let date = SampleCalendar.date
    switch ticker {
    case "AAPL": splits = [Split(day: date(2005, 2, 28), ratio: 2), Split(day: date(2014, 6, 9), ratio: 7)]
    case "GOOG": splits = [Split(day: date(2014, 4, 3), ratio: 2)]
    case "NFLX": splits = [Split(day: date(2015, 7, 15), ratio: 7)]
    case "C": splits = [Split(day: date(2011, 5, 9), ratio: 0.1)]
    case "FB": first = date(2012, 5, 18)
    case "LEH": (last, delistingPrice, collapse) = (date(2008, 9, 17), 0, -0.035)
    case "BSC": (last, collapse) = (date(2008, 5, 30), -0.02)
    case "WB": (last, collapse) = (date(2008, 12, 31), -0.012)
    case "EK": (last, collapse) = (date(2012, 1, 18), -0.014)
    case "AET": last = date(2018, 11, 28)
    default: break
    }
  }

  private static let funds: [SampleInstrument] = {
    let date = SampleCalendar.date
    // Ticker, price, beta, theme, its weight, own volatility, drift, yield, dividends a year, duration, tenor, volume.
    let rows: [(String, Double, Double, Int, Double, Double, Double, Double, Int, Double, Int, Double)] = [
      ("SPY", 120.3, 1, 0, 0, 0.003, 0.0, 0.019, 4, 0, 0, 150e6),
      ("QQQ", 39.5, 1.08, 0, 0.8, 0.02, 0.04, 0.009, 4, 0, 0, 80e6),
      ("IWM", 64.1, 1.18, 6, 0.4, 0.05, 0.0, 0.013, 4, 0, 0, 50e6),
      ("EFA", 53.1, 0.98, 8, 0.9, 0.03, -0.04, 0.027, 2, 0, 0, 18e6),
      ("EEM", 22.1, 1.15, 9, 1.6, 0.04, -0.02, 0.02, 2, 0, 0, 55e6),
      ("TLT", 88.3, -0.02, 0, 0, 0.012, 0, 0.036, 12, 16.5, 9000, 8e6),
      ("IEF", 84.5, -0.01, 0, 0, 0.006, 0, 0.03, 12, 7.6, 3300, 2e6),
      ("SHY", 81.4, 0, 0, 0, 0.002, 0, 0.018, 12, 1.9, 730, 2e6),
      ("LQD", 111.2, 0.10, 0, 0, 0.015, 0.012, 0.042, 12, 7.5, 3000, 4e6),
      ("HYG", 104.2, 0.42, 0, 0, 0.02, 0.02, 0.06, 12, 3.4, 1500, 10e6),
      ("GLD", 42.7, 0.02, 10, 1.7, 0.04, 0.06, 0, 0, 1.5, 3650, 9e6),
      ("DBC", 24.0, 0.30, 11, 1.7, 0.05, -0.05, 0, 0, 0, 0, 2e6),
      ("VNQ", 56.3, 1.05, 13, 1.2, 0.04, 0.0, 0.038, 4, 2.5, 3650, 4e6),
      ("UUP", 25.0, -0.18, 12, 0.7, 0.02, 0.01, 0, 0, 0, 0, 2e6),
    ]
    let starts = ["HYG": date(2007, 4, 11), "DBC": date(2006, 2, 6), "UUP": date(2007, 3, 1)]
    return rows.map { row in
      var fund = SampleInstrument(
        ticker: row.0, price: row.1, beta: row.2, theme: row.3, themeWeight: row.4, noise: row.5, drift: row.6,
        dividendYield: row.7, dividendsPerYear: row.8, duration: row.9, tenor: row.10, volume: row.11)
      fund.first = starts[row.0] ?? SampleCalendar.first
      fund.isEquity = false
      return fund
    }
  }()
}
