public import MarketModel

/// A series object: ascending days, and numbers that stand in a column or are computed when asked for.
///
/// A computed series is a recipe (`SeriesOperation` and operands); only the elements that are read are made, so
/// `sma(close(t), 200)` in a condition costs one window and not a history. The value of an element never depends on
/// which range it was computed in: that is the law every operation keeps.
public struct SeriesRef {
  let pointer: UnsafeMutableRawPointer

  struct Layout {
    var header: ObjectHeader  // count: observations
    /// Observations that are older than this day are stale as a latest value; `Int32.min` if age does not matter.
    var oldestFresh: Int32
    var days: UnsafePointer<Int32>
    /// When each observation first became known; `nil` if on its own day.
    var known: UnsafePointer<Int32>?
    /// The numbers, before scaling; `nil` until a computed series is made whole.
    var values: UnsafePointer<Double>?
    /// What every number is multiplied by when it is read: the factor that adjusts a column as of the cut, as far as it
    /// could be taken out of the operations over it.
    var scale: Double
    var operation: Unmanaged<SeriesOperation>?
    var left: Value
    var right: Value
    var first: Double
    var second: Double
    /// Where it was read, if it comes straight from a primitive; family 0 if not.
    var origin: SeriesOrigin
    var maxAge: CalendarDuration
    var hasMaxAge: Bool
    /// Whoever holds the memory of the columns; unretained, the evaluation keeps it alive.
    var cut: Int32
    /// Why the series is empty, where it is: the reason of its latest value.
    var emptyReason: MissingReason
    /// How many recipes stand on each other below this one; 0 for a column.
    var depth: Int32 = 0
    /// For a recipe that picks some of its operand's observations: where each stands there.
    var places: UnsafePointer<Int32>?
    /// The region that holds the series: only numbers made in the same one may be kept, others would outlive it.
    var region: UnsafeMutableRawPointer?
    /// The column that the numbers before scaling are part of, where they are, and where they begin in it.
    var column: Unmanaged<ColumnNode>?
    var columnStart = 0
    /// The numbers after scaling, once they were asked for whole.
    var scaled: UnsafePointer<Double>?
  }

  /// How many recipes must be worked through to read a number: none once the numbers stand in memory.
  var depth: Int { layout.pointee.values == nil ? Int(layout.pointee.depth) : 0 }

  var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }

  /// The number of observations, missing ones included.
  public var count: Int { Int(layout.pointee.header.count) }
  /// The dates of the observations, ascending; days since 1970.
  public var days: UnsafePointer<Int32> { layout.pointee.days }
  /// The day from which each observation was known.
  public var knownDays: UnsafePointer<Int32> { layout.pointee.known ?? layout.pointee.days }
  /// The day at which the series was cut.
  public var cut: Int32 { layout.pointee.cut }
  /// Where it was read, if it comes straight from a primitive.
  public var origin: SeriesOrigin? { layout.pointee.origin.family == 0 ? nil : layout.pointee.origin }
  /// The bound on the age of its latest value, as given.
  public var maxAge: CalendarDuration? { layout.pointee.hasMaxAge ? layout.pointee.maxAge : nil }
  /// Why the series is empty, where it is.
  public var emptyReason: MissingReason { layout.pointee.emptyReason }
  /// The series as a value.
  public var value: Value { Value(object: pointer) }
  /// The operands and numbers of a computed series' recipe.
  public var operands: (left: Value, right: Value, first: Double, second: Double) {
    (layout.pointee.left, layout.pointee.right, layout.pointee.first, layout.pointee.second)
  }

  /// One observation.
  ///
  /// - Precondition: `index` lies in `0..<count`.
  public func value(at index: Int, _ call: Evaluation) throws(Trap) -> Double {
    precondition(index >= 0 && index < count, "series index out of range")
    if let values = layout.pointee.values { return scaled(values[index]) }
    var result = 0.0
    try compute(index..<index + 1, &result, call)
    return scaled(result)
  }

  /// Observations of a range, as a run of doubles that is valid until the region is reset.
  ///
  /// - Precondition: `range` lies in `0..<count`.
  public func values(_ range: Range<Int>, _ call: Evaluation) throws(Trap) -> UnsafePointer<Double> {
    if layout.pointee.scale == 1 { return try baseValues(range, call) }
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "series range out of bounds")
    if let scaled = layout.pointee.scaled { return scaled + range.lowerBound }
    let memory = try call.doubles(range.count)
    try fill(range, memory, call)
    if keepsWhole(range, call) { layout.pointee.scaled = UnsafePointer(memory) }
    return UnsafePointer(memory)
  }

  /// Writes the observations of a range.
  public func fill(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    try baseFill(range, target, call)
    if layout.pointee.scale == 1 { return }
    for place in 0..<range.count { target[place] = scaled(target[place]) }
  }

  /// Observations of a range before scaling; see `values`.
  func baseValues(_ range: Range<Int>, _ call: Evaluation) throws(Trap) -> UnsafePointer<Double> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "series range out of bounds")
    if let values = layout.pointee.values { return values + range.lowerBound }
    let memory = try call.doubles(range.count)
    try compute(range, memory, call)
    if keepsWhole(range, call) { layout.pointee.values = UnsafePointer(memory) }
    return UnsafePointer(memory)
  }

  /// Writes the observations of a range before scaling.
  func baseFill(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "series range out of bounds")
    if let values = layout.pointee.values {
      target.update(from: values + range.lowerBound, count: range.count)
    } else {
      try compute(range, target, call)
    }
  }

  private func keepsWhole(_ range: Range<Int>, _ call: Evaluation) -> Bool {
    range.count == count && layout.pointee.region == call.context.pointee.region.toOpaque()
  }

  /// The latest number as a scalar context sees it: missing if the series is empty or its latest observation stale.
  public func latest(_ call: Evaluation) throws(Trap) -> Double {
    guard count > 0 else { return .missing(emptyReason) }
    if knownDays[count - 1] < layout.pointee.oldestFresh { return .missing(.stale) }
    return try value(at: count - 1, call)
  }

  /// Makes numbers before scaling. The steps are those of making them, wherever they then come from.
  private func compute(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    if let column = layout.pointee.column {
      let start = layout.pointee.columnStart
      try call.readColumn(column, range.lowerBound + start..<range.upperBound + start, target)
      return
    }
    guard let operation = layout.pointee.operation else { return }
    try call.charge(range.count)
    try operation.takeUnretainedValue().fill(self, range, target, call)
  }

  @inline(__always) private func scaled(_ value: Double) -> Double {
    // A missing value keeps its reason; a scaled price that leaves the doubles is an overflow.
    let scale = layout.pointee.scale
    if scale == 1 || value.isNaN { return value }
    let result = value * scale
    return result.isFinite ? result : .missing(.overflow)
  }
}

/// How a computed series makes its numbers. Instances are static constants: objects in regions refer to them unretained.
///
/// The law: the value at an index depends on that index and the operands alone, never on the range asked for.
public class SeriesOperation: @unchecked Sendable {
  // Unchecked because subclasses are written with `let` fields only.

  /// The name, for messages and traces.
  public let name: String

  /// Makes an operation.
  public init(_ name: String) { self.name = name }

  /// Writes the numbers of a range; the operands are in `series.operands`.
  public func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    preconditionFailure("an operation says how it is computed")
  }
}
