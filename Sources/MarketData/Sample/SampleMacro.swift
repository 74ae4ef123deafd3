import MarketModel

/// The macro series of the sample: figures as first printed, their revisions, and when each was released.
struct SampleMacro {
  private let noise = SampleRandom("macro")
  private var draws = 0
  /// The months of the sample's macro history, their first days.
  private let months: [Day] = (2000...2019).flatMap { year in (1...12).map { SampleCalendar.date(year, $0, 1) } }

  /// Growth of output by year in percent, from 2000.
  private static let growth = [
    3.5, 0.6, 1.8, 2.9, 3.6, 3.4, 2.7, 1.9, -1.6, -1.2, 2.6, 1.6, 2.2, 1.9, 2.5, 2.9, 1.7, 2.3, 2.9, 2.2,
  ]

  /// Appends all series.
  mutating func append(to tables: inout MarketTables) {
    appendEmployment(&tables)
    appendPrices(&tables)
    appendOutput(&tables)
    for month in months {
      let policy = SampleFactors.policyRate(month.monthEnd)
      release(&tables, "US_POLICY_RATE", month, next(month, 1), hour: 20, policy.rounded(decimals: 3))
    }
  }

  private mutating func draw() -> Double {
    draws += 1
    return noise.normal(draws)
  }

  private func growth(_ month: Day) -> Double { SampleMacro.growth[month.civil.year - 2000] }

  private func next(_ month: Day, _ count: Int) -> Day { month.addingMonths(count) ?? month }

  private func release(
    _ tables: inout MarketTables, _ code: String, _ observation: Day, _ day: Day, hour: Int, minute: Int = 30,
    _ value: Double
  ) {
    let seconds = Int64(day.rawValue) * 86_400 + Int64(hour * 3600 + minute * 60)
    if day > SampleCalendar.last { return }
    tables.addRelease(
      .macro, code, observation, release: KnowledgeTime(microseconds: seconds * 1_000_000), value: value)
  }

  /// 8:30 in New York, in summer or winter.
  private func hour(_ day: Day) -> Int { (4...10).contains(day.civil.month) ? 12 : 13 }

  // MARK: - Employment

  /// Payrolls in thousands and unemployment in percent, on the first Friday of the next month; payrolls are revised in
  /// the two months after, and with each January's figures the twelve months before are benchmarked.
  private mutating func appendEmployment(_ tables: inout MarketTables) {
    var (jobs, rate) = (130_800.0, 4.0)
    var known: [Double] = []
    for (place, month) in months.enumerated() {
      jobs += (growth(month) - 0.9) * 105 + 55 * draw()
      rate += -0.042 * (growth(month) - 2.0) + 0.07 * draw()
      rate = min(10, max(3.4, rate))
      let nextMonth = next(month, 1).civil
      let day = SampleCalendar.weekday(5, 1, of: nextMonth.year, nextMonth.month)
      known.append((jobs + 70 * draw()).rounded())
      release(&tables, "US_RT_PAYROLLS", month, day, hour: hour(day), known[place])
      release(&tables, "US_RT_UNEMPLOYMENT", month, day, hour: hour(day), rate.rounded(decimals: 1))
      revise(place, by: { 35 * $0 }, day, &known, &tables)
      if month.civil.month == 1 { benchmark(place, day, &known, &tables) }
    }
  }

  private mutating func revise(
    _ place: Int, by error: (Double) -> Double, _ day: Day, _ known: inout [Double], _ tables: inout MarketTables
  ) {
    for back in 1...2 where place >= back {
      let revised = (known[place - back] + error(draw()) / Double(back)).rounded()
      if revised == known[place - back] { continue }
      known[place - back] = revised
      release(&tables, "US_RT_PAYROLLS", months[place - back], day, hour: hour(day), revised)
    }
  }

  private mutating func benchmark(_ place: Int, _ day: Day, _ known: inout [Double], _ tables: inout MarketTables) {
    let shift = 180 * draw()
    for back in 3...14 where place >= back {
      // The two months before this one were revised a moment ago.
      let revised = (known[place - back] + shift * Double(15 - back) / 12).rounded()
      if revised == known[place - back] { continue }
      known[place - back] = revised
      release(&tables, "US_RT_PAYROLLS", months[place - back], day, hour: hour(day), revised)
    }
  }

  // MARK: - Consumer prices

  /// Consumer prices, all items and without food and energy, in mid-month; once a year, the seasonal factors change.
  private mutating func appendPrices(_ tables: inout MarketTables) {
    for (code, start, drift, spread) in [
      ("US_RT_CPI", 169.3, 0.0017, 0.0022), ("US_RT_CPI_CORE", 179.3, 0.00165, 0.0006),
    ] {
      var level = start
      var known: [Double] = []
      for (place, month) in months.enumerated() {
        level *= 1 + drift + 0.0002 * (growth(month) - 2) + spread * draw()
        known.append(level.rounded(decimals: code == "US_RT_CPI" ? 1 : 3))
        let day = next(month, 1) + 13
        let release = day.isWeekday ? day : day.addingWeekdays(1)
        self.release(&tables, code, month, release, hour: hour(release), known[place])
        guard month.civil.month == 1, place >= 12 else { continue }
        for back in 1...12 {
          let revised = (known[place - back] * (1 + 0.0004 * draw())).rounded(decimals: code == "US_RT_CPI" ? 1 : 3)
          if revised == known[place - back] { continue }
          known[place - back] = revised
          self.release(&tables, code, months[place - back], release, hour: hour(release), revised)
        }
      }
    }
  }

  // MARK: - Output

  /// Real output by quarter, dated on its first month: an advance figure a month after the quarter, then two more.
  private mutating func appendOutput(_ tables: inout MarketTables) {
    var level = 12_900.0
    for place in stride(from: 0, to: months.count, by: 3) {
      let quarter = months[place]
      level *= 1 + growth(quarter) / 400 + 0.0025 * draw()
      var last = -1.0
      for (count, error) in [(4, 0.003), (5, 0.0012), (6, 0.0)] {
        let value = (level * (1 + error * draw())).rounded(decimals: 1)
        let day = (next(quarter, count) - 2)
        let release = day.isWeekday ? day : day.addingWeekdays(-1)
        if value != last { self.release(&tables, "US_RT_GDP_REAL", quarter, release, hour: hour(release), value) }
        last = value
      }
    }
  }
}
