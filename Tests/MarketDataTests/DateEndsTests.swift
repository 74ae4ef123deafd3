import MarketData
import MarketModel
import Testing

/// Days before year 1 and beyond year 9999 in every kind of data file: refused with their place, in no time; the first
/// and the last day that there are are days like any other.
@Suite struct DateEndsTests {
  /// A file of each kind whose second row has a day in place of `@`, the day's column, and what is said of one that does
  /// not exist.
  private static let files: [(name: String, text: String, column: Int, code: String)] = [
    ("prices/p.csv", "ticker,date,close\nA,2020-01-02,1\nA,@,1\n", 3, "E0707"),
    (
      "prices/q.csv",
      "ticker,date,open,high,low,close,volume,adjusted_close\nA,2020-01-02,1,1,1,1,1,1\nA,@,1,1,1,1,1,1\n",
      3, "E0707"
    ),
    (
      "series/s.csv", "series,observation_date,release_time,value\nX,2019-12-01,2020-01-02,1\nX,@,9999-12-31,1\n", 3,
      "E0707"
    ),
    (
      "series/r.csv", "series,observation_date,release_time,value\nX,2019-12-01,2020-01-02,1\nX,0001-01-01,@,1\n", 14,
      "E0715"
    ),
    (
      "flows/f.csv", "series,observation_date,release_time,value\nX,2019-12-01,2020-01-02,1\nX,@,9999-12-31,1\n", 3,
      "E0707"
    ),
    ("curves/c.csv", "curve,date,tenor_days,rate\nC,2020-01-02,30,1\nC,@,30,1\n", 3, "E0707"),
    ("universes/u.csv", "universe,ticker,start,end\nU,B,2020-01-02,\nU,A,@,\n", 5, "E0707"),
    ("universes/v.csv", "universe,ticker,start,end\nU,B,2020-01-02,\nU,A,,@\n", 6, "E0707"),
    ("actions/a.csv", "ticker,ex_date,split_ratio,cash_dividend\nA,2020-01-02,,1\nA,@,2,\n", 3, "E0707"),
  ]

  @Test(
    arguments: ["0000-01-01", "0000-12-31", "10000-01-01", "-0001-12-31", "99999-01-01", "2147483647-01-01"],
    files.indices)
  func aDayOutsideOfTheCalendarIsRefusedAtItsPlace(_ day: String, _ place: Int) {
    let (name, text, column, code) = Self.files[place]
    let folder = ScratchFolder([name: text.replacing("@", with: day)])
    #expect(folder.problems() == ["\(code) \(name):3:\(column)"])
  }

  /// In prices, two rows so far apart would be yearly bars; see `dataOfTenThousandYearsAreLoaded`.
  @Test(arguments: ["0001-01-01", "9999-12-31"], files.indices.dropFirst(2))
  func theEndsOfTheCalendarAreDays(_ day: String, _ place: Int) throws {
    let (name, text, _, _) = Self.files[place]
    let folder = ScratchFolder([name: text.replacing("@", with: day)])
    #expect(folder.problems() == [])
    let store = try folder.load().store
    for day in [Day.earliest, Day(18_263), Day.latest] {
      #expect(store.calendar.offset(day, by: -3) <= day && store.calendar.offset(day, by: 3) >= day)
    }
  }

  /// All settings that count days, on data that reach from the first day to the last.
  @Test(arguments: ["calendar: all\n", "calendar: sessions\n", "decision_time: 16:00 America/New_York\n"])
  func dataOfTenThousandYearsAreLoaded(_ settings: String) throws {
    let folder = ScratchFolder([
      "prices/p.csv": "ticker,date,close\nA,0001-01-01,1\nA,2020-01-02,1\nA,9999-12-31,1\n", "dataset.yaml": settings,
    ])
    let store = try folder.load().store
    #expect(store.calendar.count == 3 && store.calendar.first == .earliest && store.calendar.last == .latest)
    #expect(store.view(on: .latest, calendar: store.calendar).bars(TickerID(0)) != nil)
  }
}
