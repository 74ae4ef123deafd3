import Diagnostics
import MarketModel
import Testing

@testable import Interpreter

/// A host whose data is one series with two releases, and under which nothing older than a given number of days is fresh.
private final class ReleaseHost: EvaluationHost {
  private let bare = BareHost()
  var asked: [Int32] = []

  func oldestFreshDay(_ maxAge: CalendarDuration, asOf: Day) -> Day { asOf - Int(maxAge.count) }
  func sessionOffset(_ day: Day, _ count: Int, asOf: Day?) -> Day { bare.sessionOffset(day, count, asOf: asOf) }
  func sessions(_ first: Day, _ last: Day, asOf: Day) -> [Day] { bare.sessions(first, last, asOf: asOf) }
  func valuesKnown(
    _ origin: SeriesOrigin, on dates: UnsafeBufferPointer<Int32>, maxAge: CalendarDuration?,
    into values: UnsafeMutablePointer<Double>
  ) {
    asked = Array(dates)
    for place in dates.indices { values[place] = Double(origin.index) }
  }
}

@Suite struct AsOfJoinTests {
  private let host = ReleaseHost()
  private let machine: Machine
  private let library = Running.library

  init() {
    machine = Machine(host: host)
    machine.begin(asOf: Day(iso: "2024-06-28"))
  }

  /// A series of observations, each known some days after its date.
  private func series(
    _ observations: [(day: String, known: String, value: Double)], origin: Int32? = nil, maxAge: Int? = nil,
    cut: String = "2024-06-28"
  ) throws -> SeriesRef {
    let call = machine.evaluation
    let days = try call.days(observations.count)
    let known = try call.days(observations.count)
    let values = try call.doubles(observations.count)
    for (place, one) in observations.enumerated() {
      days[place] = try #require(Day(iso: one.day)).rawValue
      known[place] = try #require(Day(iso: one.known)).rawValue
      values[place] = one.value
    }
    var source = Evaluation.SeriesSource(
      days: UnsafePointer(days), known: UnsafePointer(known), values: UnsafePointer(values), count: observations.count,
      cut: try #require(Day(iso: cut)))
    source.origin = origin.map { SeriesOrigin(family: 1, index: $0) }
    source.maxAge = maxAge.map { CalendarDuration($0, .days) }
    return try call.series(source)
  }

  private func joined(_ series: SeriesRef, on dates: [String]) throws -> [Double] {
    let call = machine.evaluation
    let list = try call.list(capacity: dates.count)
    for date in dates { try call.append(Value(try #require(Day(iso: date))), to: list) }
    let frame = machine.stackStart
    frame[0] = series.value
    frame[1] = list.value
    let entry = try #require(library.entries["on_dates"])
    let result = try #require(try entry.invoke(nil, machine.context, frame, count: 2, site: -1).series)
    return try (0..<result.count).map { try result.value(at: $0, call) }
  }

  @Test func aPrimitiveAsksTheHostForVintages() throws {
    let unrate = try series([("2024-01-01", "2024-02-02", 3.7)], origin: 42, cut: "2024-05-01")
    #expect(try joined(unrate, on: ["2024-04-30", "2024-06-01"]) == [42, 42])
    // A series knows nothing after its own cut.
    #expect(
      host.asked == [try #require(Day(iso: "2024-04-30")).rawValue, try #require(Day(iso: "2024-05-01")).rawValue])
  }

  @Test func aComputedSeriesWaitsForItsReleases() throws {
    let call = machine.evaluation
    let raw = try series([
      ("2024-01-01", "2024-02-02", 1), ("2024-02-01", "2024-03-08", 2),
      ("2024-03-01", "2024-03-05", .missing(.badValue)),
    ])
    let doubled = try #require(try Elementwise.apply(.multiply, raw.value, Value(2), call).series)
    let found = try joined(doubled, on: ["2024-02-01", "2024-02-02", "2024-03-07", "2024-03-08", "2024-05-01"])
    #expect(found[0].missingReason == .insufficientHistory)
    #expect(Array(found[1...]) == [2, 2, 4, 4])
  }

  @Test func knowledgeOutOfOrderIsSorted() throws {
    let raw = try series([("2024-01-01", "2024-03-01", 1), ("2024-02-01", "2024-02-05", 2)])
    #expect(try joined(raw, on: ["2024-02-10", "2024-03-10"]) == [2, 2])
  }

  @Test func ageCountsAtEachDateAndPassesToResults() throws {
    let call = machine.evaluation
    let raw = try series([("2024-01-01", "2024-01-05", 1)], maxAge: 10)
    let other = try series([("2024-01-01", "2024-01-01", 5)], maxAge: 500)
    let sum = try #require(try Elementwise.apply(.add, other.value, raw.value, call).series)
    #expect(try sum.latest(call).missingReason == .stale)
    #expect(try other.latest(call) == 5)
    let found = try joined(sum, on: ["2024-01-04", "2024-01-15", "2024-01-16"])
    #expect(found[0].missingReason == .insufficientHistory)
    #expect(found[1] == 6)
    #expect(found[2].missingReason == .stale)
  }

  @Test func theFutureIsNotAsked() throws {
    let raw = try series([("2024-01-01", "2024-01-05", 1)])
    #expect(throws: Trap.self) { try joined(raw, on: ["2024-06-29"]) }
    #expect(machine.fault?.diagnostic.code == "E0601")
  }
}
