import Diagnostics
public import MarketModel

/// One call of a builtin: its arguments in the order of the signature, checked and converted, and the evaluation.
public struct Call: ~Copyable {
  /// Steps, memory, errors, calls back.
  public let evaluation: Evaluation
  /// The arguments; as many as there are parameters, more for a variadic builtin.
  private let arguments: UnsafeMutablePointer<Value>
  /// How many arguments there are.
  public let count: Int
  let entry: BuiltinEntry

  /// The name of the builtin.
  public var name: String { entry.name }

  init(evaluation: Evaluation, arguments: UnsafeMutablePointer<Value>, count: Int, entry: BuiltinEntry) {
    self.evaluation = evaluation
    self.arguments = arguments
    self.count = count
    self.entry = entry
  }

  /// An argument; one that there is not counts as not given.
  public subscript(index: Int) -> Value { index >= 0 && index < count ? arguments[index] : .absent }

  /// Whether an optional argument was given (and is not `none`).
  public func isGiven(_ index: Int) -> Bool { index < count && !self[index].isNone && !self[index].isAbsent }

  // The signature has been checked before the body runs, so a mismatch here is a mistake in the record; it gives a
  // neutral value in a release build and stops a debug build.

  /// A number, missing or not.
  public func number(_ index: Int) -> Double {
    assert(self[index].isNumber)
    return self[index].raw
  }

  /// A number, or `nil` if none was given.
  public func optionalNumber(_ index: Int) -> Double? { isGiven(index) ? self[index].raw : nil }

  /// A bool; a missing one is false.
  public func bool(_ index: Int) -> Bool { self[index].bool ?? false }

  /// A date, or `nil` if none was given.
  public func day(_ index: Int) -> Day? { index < count ? self[index].day : nil }

  /// A duration, or `nil` if none was given.
  public func duration(_ index: Int) -> CalendarDuration? { index < count ? self[index].duration : nil }

  /// A string.
  public func string(_ index: Int) -> StringRef { self[index].string ?? mismatch(index) }
  /// A copy of a string's text, for work that goes over it: charged by its bytes.
  public func text(_ index: Int) throws(Trap) -> String {
    let string = self.string(index)
    try evaluation.charge(bytes: string.utf8.count, .scanned)
    return string.text
  }
  /// A list.
  public func list(_ index: Int) -> ListRef { self[index].list ?? mismatch(index) }
  /// A map.
  public func map(_ index: Int) -> MapRef { self[index].map ?? mismatch(index) }
  /// A series.
  public func series(_ index: Int) -> SeriesRef { self[index].series ?? mismatch(index) }
  /// A function.
  public func function(_ index: Int) -> FunctionRef { self[index].function ?? mismatch(index) }
  /// A function, or `nil` if none was given.
  public func optionalFunction(_ index: Int) -> FunctionRef? { index < count ? self[index].function : nil }

  private func mismatch<T>(_ index: Int) -> T {
    preconditionFailure("argument \(index) of \(entry.name) is not of the type its signature says")
  }

  /// A whole number: the domain of the parameter says that it is one.
  public func whole(_ index: Int) -> Int { Int(whole: self[index].raw, in: -1 << 53...1 << 53) ?? mismatch(index) }

  /// Stops the evaluation: the arguments make no sense together.
  public func fail(_ message: String, remedy: String? = nil) -> Trap {
    evaluation.fail(.wrongArgument(message, remedy: remedy))
  }

  /// The current `as_of`; where there is none, an error that says so.
  public func asOf() throws(Trap) -> Day {
    guard let day = evaluation.asOf else { throw evaluation.fail(.noAsOf(entry.name)) }
    return day
  }

  /// An item that is a number, or a series that stands for its latest value; anything else is an error.
  public func scalar(_ value: Value, _ what: @autoclosure () -> String) throws(Trap) -> Double {
    if value.isNumber { return value.raw }
    if let series = value.series { return try series.latest(evaluation) }
    throw evaluation.fail(
      .typeMismatch(expected: "a number", found: value.kind, what: "\(what()) of `\(entry.name)`"))
  }

  /// The items of a list as numbers, item by item in scalar context.
  public func numbers(_ list: ListRef) throws(Trap) -> UnsafeMutableBufferPointer<Double> {
    try evaluation.charge(list.count)
    let memory = try evaluation.doubles(list.count)
    for place in 0..<list.count { memory[place] = try scalar(list[place], "item \(place)") }
    return UnsafeMutableBufferPointer(start: memory, count: list.count)
  }

  /// The values of a map as numbers, entry by entry in scalar context.
  public func numbers(_ map: MapRef) throws(Trap) -> UnsafeMutableBufferPointer<Double> {
    try evaluation.charge(map.count)
    let memory = try evaluation.doubles(map.count)
    for place in 0..<map.count { memory[place] = try scalar(map.entries[place].value, "a value") }
    return UnsafeMutableBufferPointer(start: memory, count: map.count)
  }
}
