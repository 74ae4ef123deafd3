import MarketModel

/// An operation over the numbers of one series: the number at an index depends on the operand's numbers up to that index
/// and on nothing else, neither on dates nor on what follows.
///
/// So over an immutable column it can be computed once, for all cuts and all runs, and read at any of them. Left operand:
/// the series; `first`, `second` and the right operand: what `Parameters` holds.
class ColumnOperation: SeriesOperation, @unchecked Sendable {
  /// The numbers that a recipe over a series has besides the series.
  struct Parameters: Hashable {
    let first: Double
    let second: Double
    /// A number or a truth value, as bits.
    let right: UInt64

    init(first: Double, second: Double, right: Value) {
      self.first = first
      self.second = second
      self.right = right.bits
    }

    /// The right operand as a value.
    var value: Value { Value(bits: right) }
  }

  /// What a positive factor of all the operand's numbers becomes in the result: its power. `nil` where it cannot be taken
  /// out.
  ///
  /// Adjusted prices of two cuts differ by a factor, which is taken out of every operation that allows it and put on
  /// last: then all cuts share the same numbers below it.
  let degree: Int?

  /// Makes an operation.
  init(_ name: String, degree: Int?) {
    self.degree = degree
    super.init(name)
  }

  /// Whether the result depends on numbers alone; an operation that can also look at dates says when it does.
  func isOverNumbers(_ parameters: Parameters) -> Bool { true }

  /// The steps that a range costs; `operand` gives those of a range of the operand.
  func cost(_ range: Range<Int>, _ parameters: Parameters, operand: (Range<Int>) -> Int) -> Int {
    preconditionFailure("an operation says what it costs")
  }

  /// Writes the numbers of a range.
  func fill(
    _ source: ColumnReader, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ parameters: Parameters
  ) throws(Trap) {
    preconditionFailure("an operation says how it is computed")
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    guard let source = series.operands.left.series else { return }
    let operands = series.operands
    let parameters = Parameters(first: operands.first, second: operands.second, right: operands.right)
    try call.charge(cost(range, parameters) { _ in 0 })
    try fill(ColumnReader(source, withoutScale: degree != nil, call), range, target, parameters)
  }
}

/// The numbers of an operation's operand: of a series, or of a column's node.
struct ColumnReader {
  private enum Source {
    case series(SeriesRef, withoutScale: Bool, Evaluation)
    case node(Unmanaged<ColumnNode>, ColumnScratch)
  }

  private let source: Source

  /// Reads a series, with or without the factor that all its numbers have.
  init(_ series: SeriesRef, withoutScale: Bool, _ call: Evaluation) {
    source = .series(series, withoutScale: withoutScale, call)
  }

  /// Reads a node; numbers that are not in memory are made in the scratch.
  init(_ node: ColumnNode, _ scratch: ColumnScratch) { source = .node(.passUnretained(node), scratch) }

  /// The numbers of a range, valid until the operation returns.
  func values(_ range: Range<Int>) throws(Trap) -> UnsafePointer<Double> {
    switch source {
    case .series(let series, let withoutScale, let call):
      return withoutScale ? try series.baseValues(range, call) : try series.values(range, call)
    case .node(let node, let scratch):
      let (values, count) = node._withUnsafeGuaranteedRef { ($0.values, $0.count) }
      precondition(range.lowerBound >= 0 && range.upperBound <= count, "column range out of bounds")
      if let values { return values + range.lowerBound }
      let memory = scratch.take(range.count)
      try node.takeUnretainedValue().fill(range, memory, scratch)
      return UnsafePointer(memory)
    }
  }

  /// Writes the numbers of a range.
  func fill(_ range: Range<Int>, _ target: UnsafeMutablePointer<Double>) throws(Trap) {
    switch source {
    case .series(let series, let withoutScale, let call):
      if withoutScale { try series.baseFill(range, target, call) } else { try series.fill(range, target, call) }
    case .node(let node, let scratch): try node.takeUnretainedValue().fill(range, target, scratch)
    }
  }
}

/// Memory for numbers on their way through operations, taken back all at once when the outermost is done.
final class ColumnScratch {
  private var chunks: [UnsafeMutableBufferPointer<Double>] = []
  private var current = 0
  private var used = 0

  deinit { for chunk in chunks { chunk.deallocate() } }

  /// Room for numbers.
  func take(_ count: Int) -> UnsafeMutablePointer<Double> {
    while current < chunks.count, chunks[current].count - used < count {
      current += 1
      used = 0
    }
    if current == chunks.count {
      chunks.append(.allocate(capacity: max(4096, count)))
      used = 0
    }
    defer { used += count }
    // A buffer of a fixed positive size has a base address.
    return chunks[current].baseAddress.unsafelyUnwrapped + used
  }

  /// Takes everything back; what was large is freed.
  func reset() {
    while chunks.count > 4 { chunks.removeLast().deallocate() }
    current = 0
    used = 0
  }
}
