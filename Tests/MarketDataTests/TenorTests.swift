import MarketData
import MarketModel
import Testing

/// Tenors have a unit, or are refused.
@Suite struct TenorTests {
  private func tenors(_ header: String, _ cells: [String], settings: String = "") throws -> [Int32] {
    let rows = cells.enumerated().map { "UST,2024-01-02,\($1),\($0)\n" }.joined()
    let folder = ScratchFolder(["curves/c.csv": "curve,date,\(header),rate\n" + rows, "dataset.yaml": settings])
    let store = try folder.load().store
    return store.view(on: Day(iso: "2024-01-02") ?? .latest).curve(CurveID(0))?.tenors ?? []
  }

  @Test func numbersOfAnUnknownUnitAreRefusedOnceAFile() {
    let text = "curve,date,tenor,rate\nUST,2024-01-02,1,4.80\nUST,2024-01-02,2,4.33\nUST,2024-01-02,10,3.95\n"
    #expect(ScratchFolder(["curves/c.csv": text]).problems() == ["E0781 curves/c.csv:2:16"])
  }

  @Test(arguments: [
    ("years", [365, 730, 3650]), ("months", [30, 61, 304]), ("weeks", [7, 14, 70]), ("days", [1, 2, 10]),
  ])
  func theDataSetMayTellTheUnit(_ unit: String, _ expected: [Int32]) throws {
    #expect(try tenors("tenor", ["1", "2", "10"], settings: "tenor_unit: \(unit)") == expected)
    // A column of days is one.
    #expect(try tenors("tenor_days", ["1", "2", "10"], settings: "tenor_unit: \(unit)") == [1, 2, 10])
  }

  @Test(arguments: [
    ("10y", 3650), ("6mo", 182), ("1 Yr", 365), ("3M", 91), ("0.5y", 182), ("1w", 7), ("90d", 90), ("18 months", 548),
    ("1Mo", 30), ("2 mo", 61), ("1.5 Years", 548), ("12M", 365),
  ])
  func theCellMayTellTheUnit(_ cell: String, _ days: Int32) throws {
    #expect(try tenors("tenor", [cell]) == [days])
    #expect(try tenors("Maturity", [cell], settings: "tenor_unit: days") == [days])
  }

  @Test(arguments: ["days", "maturity_days", "Tenor Days"]) func columnsOfDaysNeedNoUnit(_ header: String) throws {
    #expect(try tenors(header, ["30", "3650"]) == [30, 3650])
  }

  @Test(arguments: ["10q", "y", "-1y", "1e9y", "1.5d", "10 y y", "99999999999"]) func noTenors(_ cell: String) {
    let folder = ScratchFolder(["curves/c.csv": "curve,date,tenor_days,rate\nUST,2024-01-02,\(cell),1\n"])
    #expect(folder.problems() == ["E0724 curves/c.csv:2:16"])
  }
}
