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
  public func series(_ source: SeriesSource) throws(Trap) -> SeriesRef {
    let oldest: Int32
    if let age = source.maxAge {
      oldest = machine.host.oldestFreshDay(age, asOf: source.cut).rawValue
    } else {
      oldest = .min
    }
    return try seal(
      SeriesRef.Layout(
        header: ObjectHeader(.series, count: source.count), oldestFresh: oldest, days: source.days,
        known: source.known, values: source.values, scale: source.scale, operation: nil, left: .none, right: .none,
        first: 0, second: 0, origin: source.origin ?? SeriesOrigin(family: 0, index: 0),
        maxAge: source.maxAge ?? CalendarDuration(0, .days), hasMaxAge: source.maxAge != nil,
        cut: source.cut.rawValue, emptyReason: source.emptyReason))
  }

  /// A series on the same dates as another, made by an operation when its numbers are asked for.
  ///
  /// It inherits the tightest bound on age of `base` and, where it is a series, of `right`.
  public func series(
    _ operation: SeriesOperation, on base: SeriesRef, left: Value? = nil, right: Value = .none, first: Double = 0,
    second: Double = 0
  ) throws(Trap) -> SeriesRef {
    var layout = base.layout.pointee
    layout.values = nil
    layout.scale = 1
    layout.operation = .passUnretained(operation)
    layout.left = left ?? base.value
    layout.right = right
    layout.first = first
    layout.second = second
    layout.origin = SeriesOrigin(family: 0, index: 0)
    layout.hasMaxAge = false
    if let other = right.series { layout.oldestFresh = max(layout.oldestFresh, other.layout.pointee.oldestFresh) }
    layout.header = ObjectHeader(.series, count: base.count)
    return try seal(layout)
  }

  /// A series with numbers and dates of its own, which inherits bounds on age from the series it was made of.
  public func series(
    days: UnsafePointer<Int32>, known: UnsafePointer<Int32>?, values: UnsafePointer<Double>, count: Int,
    inheriting sources: SeriesRef...
  ) throws(Trap) -> SeriesRef {
    var oldest = Int32.min
    var cut = asOf?.rawValue ?? Int32.max
    var reason = MissingReason.insufficientHistory
    for source in sources {
      oldest = max(oldest, source.layout.pointee.oldestFresh)
      cut = min(cut, source.cut)
      if source.count == 0 { reason = source.emptyReason }
    }
    return try seal(
      SeriesRef.Layout(
        header: ObjectHeader(.series, count: count), oldestFresh: oldest, days: days, known: known, values: values,
        scale: 1, operation: nil, left: .none, right: .none, first: 0, second: 0,
        origin: SeriesOrigin(family: 0, index: 0), maxAge: CalendarDuration(0, .days), hasMaxAge: false, cut: cut,
        emptyReason: reason))
  }

  /// The observations of a range as a series of its own: no numbers are copied.
  public func slice(_ series: SeriesRef, _ range: Range<Int>) throws(Trap) -> SeriesRef {
    precondition(range.lowerBound >= 0 && range.upperBound <= series.count, "series slice out of bounds")
    var layout = series.layout.pointee
    if layout.values == nil, !range.isEmpty {
      layout.values = try series.values(0..<series.count, self)
      layout.operation = nil
    }
    layout.header = ObjectHeader(.series, count: range.count)
    layout.days += range.lowerBound
    layout.known = layout.known.map { $0 + range.lowerBound }
    layout.values = layout.values.map { $0 + range.lowerBound }
    layout.origin = SeriesOrigin(family: 0, index: 0)
    return try seal(layout)
  }

  private func seal(_ layout: SeriesRef.Layout) throws(Trap) -> SeriesRef {
    let memory = try allocate(MemoryLayout<SeriesRef.Layout>.size)
    memory.initializeMemory(as: SeriesRef.Layout.self, to: layout)
    return SeriesRef(pointer: memory)
  }
}
