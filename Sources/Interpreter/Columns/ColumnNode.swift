import MarketModel

/// A column that a series reads, as an expression over an immutable one: the column itself, or an operation over another
/// node. Nodes belong to one machine; what they compute they may share through a `ColumnCache`.
///
/// A node's numbers are made one range at a time until so much was made that the whole column is worth it. Which of the
/// two happens shows in nothing but time.
final class ColumnNode {
  /// The numbers of the whole column, once they are in memory.
  private(set) var values: UnsafePointer<Double>?
  /// How many numbers the whole column has.
  let count: Int
  /// How many operations stand on each other below this one.
  let depth: Int
  private let operation: ColumnOperation?
  private let parameters: ColumnOperation.Parameters
  private let parent: ColumnNode?
  private let cache: ColumnCache?
  private let key: ColumnCache.Key
  private var column: MadeColumn?
  /// Steps spent on ranges so far, against those of the whole column.
  private var spent = 0
  private let worth: Int

  /// Ranges are made so much slower than a whole column, number by number, that the column is made early.
  private static let haste = 8

  /// An immutable column of `count` numbers that outlives the node.
  init(root: UnsafePointer<Double>, count: Int, _ cache: ColumnCache?) {
    values = root
    self.count = count
    self.cache = cache
    depth = 0
    operation = nil
    parameters = ColumnOperation.Parameters(first: 0, second: 0, right: .none)
    parent = nil
    key = ColumnCache.Key(root: root, count: count)
    worth = .max
  }

  /// An operation over another node.
  init(_ operation: ColumnOperation, _ parameters: ColumnOperation.Parameters, on parent: ColumnNode) {
    count = parent.count
    depth = parent.depth + 1
    self.operation = operation
    self.parameters = parameters
    self.parent = parent
    cache = parent.cache
    key = parent.key.adding(operation, parameters)
    worth = operation.cost(0..<parent.count, parameters) { parent.cost($0) }
    if let made = cache?.column(key) { take(made) }
  }

  /// The bytes that it keeps in memory.
  var bytes: Int { column == nil ? 0 : count * MemoryLayout<Double>.stride }

  /// The steps that a range costs, whether or not its numbers are in memory.
  func cost(_ range: Range<Int>) -> Int {
    guard let operation, let parent else { return 0 }
    return range.count + operation.cost(range, parameters) { parent.cost($0) }
  }

  /// Writes the numbers of a range.
  func fill(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ scratch: ColumnScratch
  ) throws(Trap) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "column range out of bounds")
    if values == nil {
      // Costs are bounded by the length of a column times its window, so the sum of a few does not overflow.
      spent += cost(range)
      if spent > worth / ColumnNode.haste || (cache?.isEager ?? false) { try make(scratch) }
    }
    if let values {
      target.update(from: values + range.lowerBound, count: range.count)
    } else {
      try compute(range, target, scratch)
    }
  }

  private func compute(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ scratch: ColumnScratch
  ) throws(Trap) {
    guard let operation, let parent else { return }
    try operation.fill(ColumnReader(parent, scratch), range, target, parameters)
  }

  /// Makes the whole column, unless there is no room for it.
  private func make(_ scratch: ColumnScratch) throws(Trap) {
    spent = 0
    guard let cache else { return }
    if let made = cache.column(key) { return take(made) }
    guard cache.hasRoom(count) else { return }
    let made = MadeColumn(count)
    try compute(0..<count, made.storage, scratch)
    take(cache.keep(made, key))
  }

  private func take(_ made: MadeColumn) {
    column = made
    values = UnsafePointer(made.storage)
  }
}

/// A column that was computed; immutable once it is shared.
final class MadeColumn: @unchecked Sendable {
  // Unchecked: the memory is written before it is shared and freed with the last reference.
  let storage: UnsafeMutablePointer<Double>
  let count: Int

  init(_ count: Int) {
    self.count = count
    storage = .allocate(capacity: max(1, count))
  }

  deinit { storage.deallocate() }
}
