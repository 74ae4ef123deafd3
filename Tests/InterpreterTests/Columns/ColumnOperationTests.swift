import Foundation
import Kernels
import MarketModel
import Testing

@testable import Interpreter

/// An operation over a column is computed for its whole length, days after a cut included. What stands at an index must
/// not depend on what follows it, nor on how it was computed.
@Suite struct ColumnOperationTests {
  private static let operations: [ColumnOperation] = RollingOperation.all + LaggedOperation.all + HistoryOperation.all
  private static let count = 260

  /// Numbers with all that a column may hold: gaps with reasons, ties, zeros, signs, a jump.
  private static let numbers: [Double] = {
    var level = 100.0
    return (0..<count).map { place in
      let random = CounterRandom(seed: 7, day: 0, site: 0, count: UInt64(place)).uniform
      level *= 0.9 + 0.2 * random
      switch place % 37 {
      case 5: return .missing(.missingBar)
      case 6: return .missing(.badValue)
      case 11, 12: return 50
      case 20: return 0
      case 29: return -level
      case 36: return level * 1e9
      default: return level
      }
    }
  }()

  /// Parameters that an operation takes.
  private static func parameters(_ operation: ColumnOperation) -> [ColumnOperation.Parameters] {
    let pairs: [(Double, Double)] =
      switch operation.name {
      case "ewm_mean", "ewm_std": [(0.1, 0), (0.5, 7), (0.06, -3), (1, 1)]
      case "cum_sum", "cum_prod", "cum_max", "cum_min", "drawdown": [(0, 0)]
      default: [(1, 1), (2, 2), (20, 5), (33, 33), (Double(count + 40), 3)]
      }
    let right: Value = operation === RollingOperation.quantile ? Value(0.3) : .none
    return pairs.map { ColumnOperation.Parameters(first: $0.0, second: $0.1, right: right) }
  }

  /// The bits of a range of operations over the beginning of a column.
  private static func bits(
    _ numbers: [Double], _ steps: [(ColumnOperation, ColumnOperation.Parameters)], _ range: Range<Int>,
    _ cache: ColumnCache? = nil
  ) throws(Trap) -> [UInt64] {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: numbers.count)
    defer { memory.deallocate() }
    memory.initialize(from: numbers, count: numbers.count)
    var node = ColumnNode(root: memory, count: numbers.count, cache)
    for (operation, parameters) in steps { node = ColumnNode(operation, parameters, on: node) }
    var result = [Double](repeating: 0, count: range.count)
    let scratch = ColumnScratch()
    try result.withUnsafeMutableBufferPointer { (target) throws(Trap) in
      guard let start = target.baseAddress else { return }
      try node.fill(range, start, scratch)
    }
    return result.map(\.bitPattern)
  }

  /// The places at which a computation differs from what stands there in the whole column.
  private static func differences(
    _ steps: [(ColumnOperation, ColumnOperation.Parameters)], every stride: Int
  ) throws(Trap) -> [String] {
    var found: [String] = []
    let name = steps.map { "\($0.0.name)(\($0.1.first), \($0.1.second))" }.joined(separator: " of ")
    let whole = try bits(numbers, steps, 0..<count)
    for cut in Swift.stride(from: 1, through: count, by: stride) {
      // The data end at the cut; then they go on as nobody could have foreseen; both computed whole, and one range alone.
      if try bits(Array(numbers[..<cut]), steps, 0..<cut) != Array(whole[..<cut]) { found.append("\(name) cut \(cut)") }
      let other = numbers[..<cut] + [.infinity, -1e300, 1e300, 0, .nan] + numbers[cut...]
      let eager = ColumnCache(isEager: true)
      if try bits(Array(other), steps, cut - 1..<cut, eager) != [whole[cut - 1]] { found.append("\(name) from \(cut)") }
      let start = max(0, cut - 9)
      if try bits(numbers, steps, start..<cut) != Array(whole[start..<cut]) {
        found.append("\(name) \(start)..<\(cut)")
      }
    }
    return found
  }

  @Test func noNumberDependsOnLaterOnes() throws {
    for operation in Self.operations {
      for parameters in Self.parameters(operation) {
        let found = try Self.differences([(operation, parameters)], every: 3)
        #expect(found.isEmpty, "\(found.prefix(3))")
      }
    }
  }

  @Test func noNumberOfOperationsOnEachOtherDoes() throws {
    let lower: [ColumnOperation] = [LaggedOperation.change, RollingOperation.mean, HistoryOperation.exponentialMean]
    for operation in Self.operations {
      for below in lower {
        let steps = try [below, operation].map {
          ($0, try #require(Self.parameters($0).dropFirst(2).first ?? Self.parameters($0).first))
        }
        let found = try Self.differences(steps, every: 19)
        #expect(found.isEmpty, "\(found.prefix(3))")
      }
    }
  }

  @Test func everyOperationIsLookedAt() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/Interpreter/Builtins").standardizedFileURL
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    var declared: [String] = []
    var classes: [String] = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: /class (\w+): ColumnOperation/) { classes.append(String(match.1)) }
      for match in text.matches(of: /static let (\w+) = (Rolling|Lagged|History)Operation\(/) {
        declared.append(String(match.1))
      }
    }
    #expect(classes.sorted() == ["HistoryOperation", "LaggedOperation", "RollingOperation"])
    #expect(declared.count == Self.operations.count)
    #expect(Set(Self.operations.map { ObjectIdentifier($0) }).count == Self.operations.count)
  }

  /// In a kept data set two columns of one repeated number begin at the same place, the shorter one in the longer.
  @Test func columnsOfOneStartAreToldApartByTheirLengths() throws {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: 500)
    defer { memory.deallocate() }
    memory.initialize(repeating: 3, count: 500)
    let columns = MachineColumns(ColumnCache(isEager: true))
    let parameters = ColumnOperation.Parameters(first: 10, second: 10, right: .none)
    for length in [20, 500, 20] {
      let root = columns.root(memory, length: length)
      let node = try #require(columns.node(RollingOperation.mean, parameters, on: root))
      #expect(node.takeUnretainedValue().count == length)
      var last = 0.0
      try node.takeUnretainedValue().fill(length - 1..<length, &last, columns.scratch)
      #expect(last == 3)
    }
  }

  @Test func aCacheServesOneDataSet() {
    final class Data: Sendable {}
    let cache = ColumnCache()
    let (first, second) = (Data(), Data())
    #expect(cache.claim(first))
    #expect(!cache.claim(second))
    #expect(cache.claim(first))
    // What it serves is kept alive, so that no other data are put where its columns were.
    weak var kept: Data?
    do {
      let data = Data()
      kept = data
      let other = ColumnCache()
      #expect(other.claim(data))
      withExtendedLifetime(other) { #expect(kept != nil) }
    }
  }
}
