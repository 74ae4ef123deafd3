import Databases
import Foundation
import Importers
import MarketData
import MarketModel
import Testing

/// Stored rows that take other values: the same in a database as in a data folder.
@Suite struct ReplacingTests {
  private static let header = "Date,Open,High,Low,Close,Adj Close,Volume\n"
  private static let first =
    header + "2015-01-02,1,1,1,205.43,182.09687,7\n2015-01-05,1,1,1,201.76,178.843716,7\n"
    + "2015-01-15,1,1,1,198.97,176.370609,7\n"
  private static let later =
    header + "2015-01-02,1,1,1,205.43,181.222805,7\n2015-01-05,1,1,1,201.76,177.985266,7\n"
    + "2015-01-15,1,1,1,198.97,175.52403,7\n2015-01-16,1,1,1,201.63,177.870585,7\n"

  private func adjusted(_ scratch: Scratch) throws -> [Double] {
    let store = try scratch.load().store
    return store.prices(try #require(store.ticker(named: "SPY"))).adjustedClose.buffer.map { $0 }
  }

  @Test(arguments: Backend.available) func adjustedClosesOfANewerScaleAreTaken(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.take(try scratch.write("first/SPY.csv", Self.first))
    let later = try scratch.write("later/SPY.csv", Self.later)
    let additions = try scratch.apply(later)
    #expect(additions.changes.flatMap(\.lines) == ["SPY: adjusted closes rescaled by 0.9952 (3 rows)"])
    let levels = try adjusted(scratch)
    #expect(levels == [181.222805, 177.985266, 175.52403, 177.870585])
    #expect(abs(levels[3] / levels[2] - 1 - 0.01336885) < 1e-8)
    #expect(try scratch.take(later) == [0, 4])
  }

  @Test(arguments: Backend.available) func aContradictionIsRefusedAndReplacedOnlyOnDemand(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.take(try scratch.write("SPY.csv", Self.later))
    let before = try scratch.load().store.fingerprint
    let changed = try scratch.write("changed/SPY.csv", Self.later.replacing("201.76", with: "201.67"))
    #expect(codes { try scratch.take(changed) } == ["E0730"])
    #expect(try scratch.load().store.fingerprint == before)
    #expect(
      try scratch.apply(changed, replacing: true).changes.flatMap(\.lines) == [
        "SPY: 1 row replaced: 2015-01-05 close 201.76 is now 201.67"
      ])
    #expect(try scratch.load().store.fingerprint != before)
    #expect(try scratch.take(changed) == [0, 4])
  }

  @Test(arguments: Backend.available) func everyKindIsReplacedByItsKeyAsInAFolder(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    func folder(_ name: String, _ value: String) throws -> String {
      let releases = "series,observation_date,release_time,value,revision\n"
      return try scratch.write(
        [
          "prices/p.csv": "ticker,date,close,volume\nA,2020-01-02,10,\(value)\nA,2020-01-03,11,1\n",
          "series/s.csv": releases
            + "X,2020-01-01,2020-02-01T00:00:00Z,\(value),0\nX,2020-01-01,2020-02-01T00:00:00Z,5,1\n"
            + "L,2020-01-01,,\(value),0\n",
          "flows/f.csv": releases + "F,2020-01-01,,\(value),0\nF,2020-01-01,2020-01-05,\(value),0\n",
          "curves/c.csv": "curve,date,tenor_days,rate,release_time\nU,2020-01-02,365,\(value),\n"
            + "U,2020-01-02,365,\(value),2020-01-04\nU,2020-01-02,730,9,\n",
          "actions/a.csv": "ticker,ex_date,cash_dividend\nA,2020-01-03,0.\(value)\n",
          "universes/u.csv": "universe,ticker,start,end\nU,A,2020-01-01,\nU,A,2020-01-01,2020-02-0\(value)\n",
          "dataset.yaml": "release_lag: {L: 45d}\n",
        ], to: name)
    }
    let (one, two) = (try folder("one", "1"), try folder("two", "2"))
    try scratch.take(one)
    #expect(codes { try scratch.take(two) } == Array(repeating: "E0730", count: 6))
    let additions = try scratch.apply(two, replacing: true)
    #expect(additions.count == 1 && additions.replaced == 8)
    // The membership of the first is not in the second, and stays.
    try scratch.write(
      "two/universes/more.csv", "universe,ticker,start,end\nU,A,2020-01-01,2020-02-01\n")
    try scratch.write("two/dataset.yaml", "name: one\nrelease_lag: {L: 45d}\n")
    #expect(try image(scratch.load().store) == image(DataFolder(two).load().store))
    #expect(try scratch.take(two)[0] == 0)
  }

  @Test(arguments: Backend.available) func membershipsThatBeginOnOneDayAreTwo(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let folder = try scratch.write([
      "prices/p.csv": "ticker,date,close\nA,2024-01-02,1\nB,2024-01-02,1\n",
      "universes/u.csv":
        "universe,ticker,start,end\nU,A,2024-01-09,2024-01-28\nU,A,2024-01-09,2024-01-12\nU,B,2024-01-06,\n",
    ])
    #expect(try scratch.take(folder) == [5, 0])
    #expect(try scratch.load().store.fingerprint == DataFolder(folder).load().store.fingerprint)
    #expect(try scratch.take(folder) == [0, 5])
  }

  @Test(arguments: Backend.available) func otherDataSetsKeepTheirRows(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let file = try scratch.write("a.csv", "ticker,date,close\nA,2020-01-02,1\n")
    try scratch.take(file, dataset: "first")
    try scratch.take(file, dataset: "second")
    try scratch.apply(try scratch.write("b.csv", "ticker,date,close\nA,2020-01-02,2\n"), replacing: true)
    func close(_ dataset: String) throws -> Double { try scratch.load(dataset).store.prices(TickerID(0)).close[0] }
    #expect(try close("first") == 2 && close("second") == 1)
  }
}
