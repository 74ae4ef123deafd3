import Foundation
import MarketModel
import TestServers
import Testing

@testable import Importers
@testable import MarketData

/// When reports on positioning came out.
@Suite struct COTCalendarTests {
  private func release(_ day: String) throws -> String {
    let calendar = try #require(COTCalendar())
    return calendar.release(ofReport: try #require(Day(iso: day)), notBefore: nil).description
  }

  @Test(arguments: [
    // A week without a holiday, in winter and in summer.
    ("2020-01-07", "2020-01-10T20:30:00Z"), ("2019-06-11", "2019-06-14T19:30:00Z"),
    // Thanksgiving and Christmas push the Friday to a Monday; the day before Christmas 2024 was given.
    ("2019-11-26", "2019-12-02T20:30:00Z"), ("2024-12-24", "2024-12-30T20:30:00Z"),
    // Independence Day on a Saturday is kept on the Friday.
    ("2020-06-30", "2020-07-06T19:30:00Z"),
    // Juneteenth since 2021.
    ("2024-06-18", "2024-06-24T19:30:00Z"),
    // A day of mourning on a Wednesday.
    ("2018-12-04", "2018-12-10T20:30:00Z"),
    // The shutdowns and the outage.
    ("2013-10-08", "2013-11-08T20:30:00Z"), ("2019-01-29", "2019-03-08T20:30:00Z"),
    ("2023-02-21", "2023-03-24T19:30:00Z"),
  ])
  func reportsAreKnownOnTheThirdBusinessDay(_ day: String, _ expected: String) throws {
    #expect(try release(day) == expected)
  }

  @Test(.enabled(if: Requirement.realData.isMet, "\(Requirement.realData.lack)"))
  func theRuleIsThatOfTheRealFilesAndNeverEarlier() throws {
    let root = try #require(SharedFolders.root)
    let tables = try DataFolder(root + "/us").tables()
    let calendar = try #require(COTCalendar())
    var later: Set<Day> = []
    for row in tables.releaseRows(.flow) where row.code.hasPrefix("COT_") {
      let ours = calendar.release(ofReport: row.observation, notBefore: nil)
      let theirs = try #require(row.release)
      #expect(ours >= theirs, "\(row.observation)")
      if ours > theirs { later.insert(row.observation) }
    }
    // Later only where reports were late, or an office was closed by order.
    #expect(later.count < 90, "\(later.sorted())")
  }
}
