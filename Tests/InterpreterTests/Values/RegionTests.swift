import Diagnostics
import Testing

@testable import Interpreter

/// Memory is handed out up to the limit and not a byte beyond it, whatever is asked for.
@Suite struct RegionTests {
  @Test func theLimitIsExact() {
    let region = Region(limit: 1 << 12, firstChunk: 64)
    #expect(region.allocate(4_000) != nil && region.used == 4_000)
    #expect(region.allocate(97) == nil && region.used == 4_000)
    #expect(region.allows(96) && !region.allows(97))
    #expect(region.allocate(96) != nil && region.allocate(1) == nil)
    region.reset()
    #expect(region.allocate(1 << 12) != nil)
  }

  @Test(arguments: [-16, -17, Int.min, Int.max, Int.max - 14, Int.max - 15, 1 << 62])
  func sizesThatAreNoneAreRefused(_ size: Int) {
    let region = Region(limit: .max / 2)
    #expect(region.allocate(size) == nil && region.used == 0)
    #expect(region.allocate(16) != nil)
  }

  @Test(arguments: [Int.max, Int.max / 8 + 1, Int.max / 8, 1 << 60])
  func countsThatOverflowInBytesAreMoreThanTheLimit(_ count: Int) {
    let bench = BuiltinBench()
    let evaluation = bench.machine.evaluation
    func code(_ work: () throws -> Void) -> String? {
      do { try work() } catch { return bench.machine.fault?.diagnostic.code }
      return nil
    }
    #expect(code { _ = try evaluation.doubles(count) } == "E0502")
    #expect(code { _ = try evaluation.doubles(-1) } == "E0502")
    #expect(code { _ = try evaluation.checkScratch(rows: count, of: count) } == "E0502")
    #expect(code { _ = try evaluation.checkScratch(rows: count, of: 1) } == "E0502")
    #expect(code { _ = try evaluation.list(capacity: count) } == "E0506")
    #expect(code { _ = try evaluation.map(capacity: count) } == "E0506")
  }

  /// What reaches beyond a list or a map stops the program, in release too, rather than touching what lies beside.
  @Test func nothingBeyondAListOrAMapIsTouched() async {
    await #expect(processExitsWith: .failure) {
      let list = try BuiltinBench().machine.evaluation.list(capacity: 4)
      list.push(Value(1))
      _ = list[1]
    }
    await #expect(processExitsWith: .failure) {
      let list = try BuiltinBench().machine.evaluation.list(capacity: 4)
      for _ in 0..<5 { list.push(Value(1)) }
    }
    await #expect(processExitsWith: .failure) {
      let bench = BuiltinBench()
      let map = try bench.machine.evaluation.map(capacity: 4)
      map.setValue(Value(1), at: 0)
    }
    await #expect(processExitsWith: .failure) {
      let bench = BuiltinBench()
      _ = try bench.machine.evaluation.map(capacity: 4).entries[0]
    }
  }
}
