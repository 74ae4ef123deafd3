import MarketModel

/// What drives the sample's prices on each session: the market, sectors, rates, and a few themes.
struct SampleFactors {
  /// The sessions.
  let sessions: [Day]
  /// The market's return of each session.
  private(set) var market: [Double] = []
  /// The market's volatility in percent a year, as an option market would quote it.
  private(set) var volatility: [Double] = []
  /// The policy rate in percent.
  private(set) var policy: [Double] = []
  /// The yield of long bonds in percent.
  private(set) var long: [Double] = []
  private let themes: [SampleRandom]

  /// Names of the themes: sectors of equities, and markets of their own.
  static let themeNames = [
    "technology", "finance", "energy", "health", "staples", "consumer", "industry", "telecom", "developed",
    "emerging", "gold", "commodities", "dollar", "property",
  ]

  init(sessions: [Day]) {
    self.sessions = sessions
    themes = SampleFactors.themeNames.map { SampleRandom("theme " + $0) }
    let (marketNoise, rateNoise) = (SampleRandom("market"), SampleRandom("long rate"))
    var (quoted, longRate) = (13.0, 4.4)
    for (place, session) in sessions.enumerated() {
      let regime = SampleFactors.regime(session)
      let move = regime.drift / 252 + regime.volatility * SampleFactors.rootOfDay * marketNoise.normal(place)
      market.append(move)
      quoted += 0.06 * (regime.volatility * 115 - quoted) - 55 * move
      quoted = min(75, max(9, quoted))
      volatility.append(quoted)
      policy.append(SampleFactors.policyRate(session))
      longRate += 0.002 * (SampleFactors.longTarget(session) - longRate) + 0.05 * rateNoise.normal(place) + 1.2 * move
      longRate = max(1.2, longRate)
      long.append(longRate)
    }
  }

  /// The square root of 1/252.
  static let rootOfDay = 0.062_994_078_834_871_2

  /// The return of a theme on a session, apart from the market.
  func theme(_ theme: Int, _ place: Int) -> Double { 0.09 * SampleFactors.rootOfDay * themes[theme].normal(place) }

  /// The par yield of a tenor in days on a session, in percent.
  func yield(_ tenor: Int, _ place: Int) -> Double {
    let weight = Double(tenor) / (Double(tenor) + 1200)
    return max(0.02, policy[place] - 0.1 + (long[place] + 0.35 - policy[place]) * weight)
  }

  /// Drift and volatility of the market by period, a year.
  private static func regime(_ day: Day) -> (drift: Double, volatility: Double) {
    let (year, month, _) = day.civil
    switch year * 100 + month {
    case ..<200_707: return (0.16, 0.10)
    case ..<200_809: return (-0.16, 0.20)
    case ..<200_903: return (-0.75, 0.42)
    case ..<201_005: return (0.52, 0.20)
    case ..<201_107: return (0.22, 0.16)
    case ..<201_111: return (-0.25, 0.30)
    case ..<201_508: return (0.22, 0.12)
    case ..<201_603: return (-0.08, 0.18)
    case ..<201_810: return (0.21, 0.10)
    case ..<201_901: return (-0.55, 0.22)
    default: return (0.30, 0.12)
    }
  }

  /// The central bank's rate after its last decision, in percent.
  static func policyRate(_ day: Day) -> Double {
    policySteps.last { $0.day <= day }?.rate ?? 5.5
  }

  private static let policySteps: [(day: Day, rate: Double)] = [
    (1999, 11, 5.5), (2000, 5, 6.5), (2001, 1, 5.5), (2001, 4, 4.5), (2001, 8, 3.5), (2001, 11, 2.0), (2002, 11, 1.25),
    (2003, 6, 1.0), (2004, 6, 1.25), (2004, 9, 1.75), (2004, 12, 2.25), (2005, 3, 2.75), (2005, 6, 3.25),
    (2005, 9, 3.75), (2005, 12, 4.25), (2006, 3, 4.75), (2006, 6, 5.25), (2007, 9, 4.75), (2007, 12, 4.25),
    (2008, 1, 3.0), (2008, 3, 2.25), (2008, 4, 2.0), (2008, 10, 1.0), (2008, 12, 0.125), (2015, 12, 0.375),
    (2016, 12, 0.625), (2017, 3, 0.875), (2017, 6, 1.125), (2017, 12, 1.375), (2018, 3, 1.625), (2018, 6, 1.875),
    (2018, 9, 2.125), (2018, 12, 2.375), (2019, 7, 2.125), (2019, 9, 1.875), (2019, 10, 1.625),
  ].map { (SampleCalendar.date($0.0, $0.1, 16), $0.2) }

  private static func longTarget(_ day: Day) -> Double {
    let years = Double(day - SampleCalendar.first) / 365
    return max(2.2, 4.9 - 0.22 * years)
  }
}
