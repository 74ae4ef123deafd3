public import MarketModel

extension Evaluation {
  /// What a series made from a column starts with.
  public struct SeriesSource {
    /// Ascending days since 1970.
    public var days: UnsafePointer<Int32>
    /// When each observation first became known; `nil` if on its own day.
    public var known: UnsafePointer<Int32>?
    /// The numbers.
    public var values: UnsafePointer<Double>
    /// How many observations there are.
    public var count: Int
    /// What every number is multiplied by.
    public var scale = 1.0
    /// Where it was read, for joins by release.
    public var origin: SeriesOrigin?
    /// The bound on the age of its latest value.
    public var maxAge: CalendarDuration?
    /// The day the series is cut at.
    public var cut: Day
    /// Why it is empty, where it is.
    public var emptyReason = MissingReason.insufficientHistory

    /// Describes a column.
    public init(
      days: UnsafePointer<Int32>, known: UnsafePointer<Int32>? = nil, values: UnsafePointer<Double>, count: Int,
      cut: Day
    ) {
      self.days = days
      self.known = known
      self.values = values
      self.count = count
      self.cut = cut
    }
  }

  /// A series over columns that outlive the evaluation.
  public func series(_ source: SeriesSource) throws(Trap) -> SeriesRef { try seal(layout(source)) }

  /// A series over the beginning of an immutable column that lives as long as the data: what is computed from it is
  /// computed once for all cuts.
  ///
  /// - Parameter length: how many numbers the column has in all.
  public func series(
    _ source: SeriesSource, inColumnOf length: Int
  ) throws(Trap) -> SeriesRef {
    var layout = layout(source)
    layout.column = machine.columns.root(source.values, length: length)
    return try seal(layout)
  }

  private func layout(_ source: SeriesSource) -> SeriesRef.Layout {
    let oldest: Int32
    if let age = source.maxAge {
      oldest = machine.host.oldestFreshDay(age, asOf: source.cut).rawValue
    } else {
      oldest = .min
    }
    return SeriesRef.Layout(
      header: ObjectHeader(.series, count: source.count), oldestFresh: oldest, days: source.days,
      known: source.known, values: source.values, scale: source.scale, operation: nil, left: .none, right: .none,
      first: 0, second: 0, origin: source.origin ?? SeriesOrigin(family: 0, index: 0),
      maxAge: source.maxAge ?? CalendarDuration(0, .days), hasMaxAge: source.maxAge != nil,
      cut: source.cut.rawValue, emptyReason: source.emptyReason)
  }

  /// Writes numbers of a column and counts the steps of making them.
  func readColumn(
    _ column: Unmanaged<ColumnNode>, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>
  ) throws(Trap) {
    let cost = column._withUnsafeGuaranteedRef { $0.cost(range) }
    try charge(cost)
    let scratch = machine.columns.scratch
    defer { scratch.reset() }
    try column.takeUnretainedValue().fill(range, target, scratch)
  }

  /// A series on the same dates as another, made by an operation when its numbers are asked for.
  ///
  /// `left` (else `base`) and `right` are its operands: series, numbers, or lists of them. The result inherits the
  /// tightest bound on age and the earliest cut of all series among them. `known` replaces the days from which the
  /// observations of `base` were known.
  public func series(
    _ operation: SeriesOperation, on base: SeriesRef, left: Value? = nil, right: Value = .none, first: Double = 0,
    second: Double = 0, known: UnsafePointer<Int32>? = nil
  ) throws(Trap) -> SeriesRef {
    var layout = base.layout.pointee
    layout.values = nil
    layout.scaled = nil
    layout.scale = 1
    layout.operation = .passUnretained(operation)
    layout.left = left ?? base.value
    layout.right = right
    layout.first = first
    layout.second = second
    layout.column = nil
    layout.columnStart = 0
    if let operation = operation as? ColumnOperation { takeOutScale(operation, of: base, into: &layout) }
    layout.origin = SeriesOrigin(family: 0, index: 0)
    layout.header = ObjectHeader(.series, count: base.count)
    layout.depth = 0
    if let known { layout.known = known }
    try inherit(from: layout.left, into: &layout)
    try inherit(from: layout.right, into: &layout)
    return try seal(layout)
  }

  /// The factor of all the operand's numbers goes past an operation that lets it; below it, the operation may be one over
  /// a column that all cuts share.
  private func takeOutScale(
    _ operation: ColumnOperation, of operand: SeriesRef, into layout: inout SeriesRef.Layout
  ) {
    let scale = operand.layout.pointee.scale
    switch operation.degree {
    case 0: layout.scale = 1
    case 1: layout.scale = scale
    case 2: layout.scale = scale * scale
    default: if scale != 1 { return }
    }
    guard let column = operand.layout.pointee.column, operand.layout.pointee.columnStart == 0 else { return }
    let parameters = ColumnOperation.Parameters(first: layout.first, second: layout.second, right: layout.right)
    guard operation.isOverNumbers(parameters) else { return }
    layout.column = machine.columns.node(operation, parameters, on: column)
  }

  /// Recipes that stand on each other deeper than this are computed whole, so that reading one number neither recurs
  /// without bound nor works through the same operand again and again.
  private static let deepestRecipe = 10

  private func inherit(from operand: Value, into layout: inout SeriesRef.Layout) throws(Trap) {
    if let list = operand.list {
      for place in 0..<list.count { try inherit(from: list[place], into: &layout) }
    }
    guard let series = operand.series else { return }
    if series.depth >= Evaluation.deepestRecipe { _ = try series.baseValues(0..<series.count, self) }
    layout.depth = max(layout.depth, Int32(series.depth) + 1)
    inheritAge(of: series, into: &layout)
  }

  private func inheritAge(of series: SeriesRef, into layout: inout SeriesRef.Layout) {
    layout.oldestFresh = max(layout.oldestFresh, series.layout.pointee.oldestFresh)
    layout.cut = min(layout.cut, series.cut)
    guard let age = series.maxAge else { return }
    if !layout.hasMaxAge || age.roughDays < layout.maxAge.roughDays { layout.maxAge = age }
    layout.hasMaxAge = true
  }

  /// A series with numbers and dates of its own, which inherits bounds on age from the series it was made of.
  public func series(
    days: UnsafePointer<Int32>, known: UnsafePointer<Int32>?, values: UnsafePointer<Double>, count: Int,
    inheriting sources: SeriesRef...
  ) throws(Trap) -> SeriesRef {
    var layout = SeriesRef.Layout(
      header: ObjectHeader(.series, count: count), oldestFresh: .min, days: days, known: known, values: values,
      scale: 1, operation: nil, left: .none, right: .none, first: 0, second: 0,
      origin: SeriesOrigin(family: 0, index: 0), maxAge: CalendarDuration(0, .days), hasMaxAge: false,
      cut: asOf?.rawValue ?? .max, emptyReason: .insufficientHistory)
    for source in sources {
      inheritAge(of: source, into: &layout)
      if source.count == 0 { layout.emptyReason = source.emptyReason }
    }
    return try seal(layout)
  }

  /// The observations of a range as a series of its own: no numbers are copied, and none are made that are not read.
  public func slice(_ series: SeriesRef, _ range: Range<Int>) throws(Trap) -> SeriesRef {
    precondition(range.lowerBound >= 0 && range.upperBound <= series.count, "series slice out of bounds")
    var layout = series.layout.pointee
    layout.header = ObjectHeader(.series, count: range.count)
    layout.days += range.lowerBound
    layout.known = layout.known.map { $0 + range.lowerBound }
    layout.origin = SeriesOrigin(family: 0, index: 0)
    layout.columnStart += range.lowerBound
    layout.scaled = layout.scaled.map { $0 + range.lowerBound }
    if let values = layout.values {
      layout.values = values + range.lowerBound
    } else {
      layout.operation = .passUnretained(SliceOperation.shared)
      layout.left = series.value
      layout.right = .none
      layout.first = Double(range.lowerBound)
      layout.depth = 0
      try inherit(from: series.value, into: &layout)
    }
    return try seal(layout)
  }

  /// Some of a series' observations, picked when they are read: `places` says where each of `days` stands in it.
  func gather(
    _ series: SeriesRef, at places: UnsafePointer<Int32>, days: UnsafePointer<Int32>,
    known: UnsafePointer<Int32>?, count: Int
  ) throws(Trap) -> SeriesRef {
    var layout = series.layout.pointee
    layout.header = ObjectHeader(.series, count: count)
    layout.days = days
    layout.known = known
    layout.values = nil
    layout.scaled = nil
    layout.column = nil
    layout.columnStart = 0
    layout.operation = .passUnretained(GatherOperation.shared)
    layout.left = series.value
    layout.right = .none
    layout.places = places
    layout.origin = SeriesOrigin(family: 0, index: 0)
    layout.depth = 0
    try inherit(from: series.value, into: &layout)
    return try seal(layout)
  }

  private func seal(_ layout: SeriesRef.Layout) throws(Trap) -> SeriesRef {
    var layout = layout
    layout.region = context.pointee.region.toOpaque()
    let memory = try allocate(MemoryLayout<SeriesRef.Layout>.size)
    memory.initializeMemory(as: SeriesRef.Layout.self, to: layout)
    return SeriesRef(pointer: memory)
  }
}

extension CalendarDuration {
  /// About how many calendar days it is, to tell the tighter of two bounds on age.
  var roughDays: Double {
    switch unit {
    case .days: Double(count)
    case .months: Double(count) * 30.4375
    case .sessions: Double(count) * 1.4
    }
  }
}

/// Observations of another series from a place on.
private final class SliceOperation: SeriesOperation, @unchecked Sendable {
  static let shared = SliceOperation("slice")

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let start = Int(series.operands.first)
    try series.operands.left.series?.baseFill(range.lowerBound + start..<range.upperBound + start, target, call)
  }
}

/// Some observations of another series.
private final class GatherOperation: SeriesOperation, @unchecked Sendable {
  static let shared = GatherOperation("align")

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    guard let source = series.operands.left.series, let places = series.layout.pointee.places, !range.isEmpty else {
      return
    }
    // Places ascend, so the first and the last bound what is read.
    let from = Int(places[range.lowerBound])
    let values = try source.baseValues(from..<Int(places[range.upperBound - 1]) + 1, call)
    for index in range { target[index - range.lowerBound] = values[Int(places[index]) - from] }
  }
}
