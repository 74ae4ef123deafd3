import Diagnostics
import Testing

/// Files to import with days before year 1 and beyond year 9999: refused, and nothing is written.
@Suite struct DateEndsTests {
  private static let texts = [
    "ticker,date,close\nAAA,2020-01-02,1\nAAA,@,1\n",
    "series,observation_date,release_time,value\nX,2019-12-01,2020-01-02,1\nX,@,2020-01-02,1\n",
    "series,observation_date,release_time,value\nX,2019-12-01,2020-01-02,1\nX,2019-12-02,@,1\n",
    "curve,date,tenor_days,rate\nC,2020-01-02,30,1\nC,@,30,1\n",
    "universe,ticker,start,end\nU,B,2020-01-02,\nU,A,@,\n",
    "ticker,ex_date,split_ratio,cash_dividend\nA,2020-01-02,,1\nA,@,2,\n",
    "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
      + "AAA.US,D,20200102,000000,1,1,1,1,1,0\nAAA.US,D,@,000000,1,1,1,1,1,0\n",
  ]

  @Test(
    arguments: ["0000-01-01", "10000-01-01", "-0001-12-31", "2147483647-01-01", "00000101", "99991332"], texts.indices)
  func aDayOutsideOfTheCalendarIsRefused(_ day: String, _ place: Int) throws {
    let scratch = try ImportScratch()
    let path = try scratch.write("a.csv", Self.texts[place].replacing("@", with: day))
    #expect(!problems { try scratch.take(path) }.isEmpty)
    #expect((try? scratch.rows("prices")) ?? [] == [])
  }
}
