import Diagnostics
import MarketModel

/// Reading an item of a list, map, string or series.
enum Indexing {
  /// The item, or `nil` where there is none.
  static func find(_ base: Value, _ index: Value, _ evaluation: Evaluation) throws(Trap) -> Value? {
    if let map = base.map { return try evaluation.value(of: try MapKey.checked(index, evaluation), in: map) }
    switch base.kind {
    case .list, .string: break
    case .series: return try observation(base, index, evaluation)
    case .number, .bool, .date, .duration, .map, .function, .none:
      throw evaluation.fail(.notIndexable(base.kind))
    }
    let count = base.list?.count ?? base.string?.count ?? 0
    guard let place = try place(index, count: count, evaluation) else { return nil }
    if let list = base.list { return list[place] }
    return try base.string.map { (text) throws(Trap) in try character(text, place, evaluation) }
  }

  /// The item; where there is none, an error that names what there is.
  static func read(_ base: Value, _ index: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    if let value = try find(base, index, evaluation) { return value }
    throw try missing(base, index, evaluation)
  }

  /// Bytes of a key beyond which nothing like it is looked for.
  private static let longestName = 256

  @inline(never) private static func missing(
    _ base: Value, _ index: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Trap {
    let text = try ValueText.shown(index, evaluation)
    guard let map = base.map else {
      return evaluation.fail(.indexOutOfRange(text, count: base.list?.count ?? base.string?.count ?? 0))
    }
    var keys: [String] = []
    for place in 0..<min(map.count, 500) {
      if let key = map.entries[place].key.string, key.utf8.count <= longestName { keys.append(key.text) }
    }
    let name = index.string.flatMap { $0.utf8.count <= longestName ? $0.text : nil }
    return evaluation.fail(
      .missingKey(text, suggestions: name.map { Suggestions.close(to: $0, among: keys) } ?? []))
  }

  /// The place that an index means, negative ones from the end; `nil` if out of range.
  static func place(_ index: Value, count: Int, _ evaluation: Evaluation) throws(Trap) -> Int? {
    guard index.isNumber else {
      throw evaluation.fail(.typeMismatch(expected: "a whole number", found: index.kind, what: "an index"))
    }
    guard let whole = Int(whole: index.raw) else {
      throw evaluation.fail(.wrongArgument("an index is a whole number, found \(ValueText.number(index.raw))"))
    }
    let place = whole < 0 ? whole + count : whole
    return place >= 0 && place < count ? place : nil
  }

  private static func observation(
    _ base: Value, _ index: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value? {
    guard let series = base.series, index.isNumber, let whole = Int(whole: index.raw) else {
      throw evaluation.fail(.wrongArgument("a series is indexed by a whole number from its end: `s[-1]` is the latest"))
    }
    guard whole < 0 else { throw evaluation.fail(.seriesIndex(whole)) }
    guard -whole <= series.count else {
      return .missing(series.count == 0 ? series.emptyReason : .insufficientHistory)
    }
    return whole == -1
      ? Value(try series.latest(evaluation)) : Value(try series.value(at: series.count + whole, evaluation))
  }

  static func character(_ text: StringRef, _ place: Int, _ evaluation: Evaluation) throws(Trap) -> Value {
    let bytes = text.utf8
    if text.isASCII { return try evaluation.string(UnsafeBufferPointer(rebasing: bytes[place..<place + 1])) }
    let range = try byteRange(text, place..<place + 1, evaluation)
    return try evaluation.string(UnsafeBufferPointer(rebasing: bytes[range]))
  }

  /// The bytes of a range of code points.
  static func byteRange(
    _ text: StringRef, _ range: Range<Int>, _ evaluation: Evaluation
  ) throws(Trap) -> Range<Int> {
    if text.isASCII { return range }
    let lower = try byte(of: range.lowerBound, in: text, evaluation)
    let upper = try byte(of: range.upperBound, in: text, evaluation)
    return lower..<max(lower, upper)
  }

  /// Where a code point begins, counted from the nearer end; the bytes passed over are charged.
  private static func byte(of scalar: Int, in text: StringRef, _ evaluation: Evaluation) throws(Trap) -> Int {
    let bytes = text.utf8
    func isStart(_ place: Int) -> Bool { bytes[place] & 0xC0 != 0x80 }
    if scalar <= text.count / 2 {
      var (place, left) = (0, scalar)
      while place < bytes.count {
        if isStart(place) {
          if left == 0 { break }
          left -= 1
        }
        place += 1
      }
      try evaluation.charge(bytes: place, .scanned)
      return place
    }
    var (place, left) = (bytes.count, text.count - scalar)
    while left > 0, place > 0 {
      place -= 1
      if isStart(place) { left -= 1 }
    }
    try evaluation.charge(bytes: bytes.count - place, .scanned)
    return place
  }
}

/// `xs[i]`, `m[k]`, `m.name`.
final class IndexNode: Node {
  let base: Node
  let index: Node
  let top: Int

  init(_ base: Node, _ index: Node, top: Int, _ site: Int32) {
    self.base = base
    self.index = index
    self.top = top
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let container = try base.exec(f)
    let key = try index.exec(f)
    if let list = container.list {
      // The usual case: a whole number in range.
      let place = Int(cut: key.raw)
      if place >= 0, place < list.count, Double(place) == key.raw { return list[place] }
    } else if let map = container.map, key.string != nil,
      let value = try evaluation(f, top).value(of: key, in: map)
    {
      return value
    }
    return try Indexing.read(container, key, evaluation(f, top))
  }
}

/// `xs[i]` with a slot for the index, the usual one in loops.
final class IndexLocalNode: Node {
  let base: Node
  let slot: Int
  let top: Int

  init(_ base: Node, _ slot: Int, top: Int, _ site: Int32) {
    self.base = base
    self.slot = slot
    self.top = top
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let container = try base.exec(f)
    let key = f[slot]
    if let list = container.list, key.raw >= 0, key.raw < 0x1p31 {
      let place = Int(key.raw)
      if place < list.count, Double(place) == key.raw { return list[place] }
    }
    return try Indexing.read(container, key, evaluation(f, top))
  }
}

/// `len(x)`, which loops ask most: lists and maps answer at once, everything else by the builtin.
final class LengthCallNode: Node {
  let operand: Node
  let call: Node
  /// The slot where the builtin's call expects its argument.
  let base: Int

  init(_ operand: Node, call: Node, base: Int, _ site: Int32) {
    self.operand = operand
    self.call = call
    self.base = base
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try operand.exec(f)
    if let count = value.list?.count ?? value.map?.count {
      try f.charge(1, site)
      return Value(Double(count))
    }
    f[base] = value
    return try call.exec(f)
  }
}

/// A chain of indices on the left of `??`: a miss anywhere in it yields the right side.
final class LenientIndexNode: Node {
  let base: Node
  let index: Node
  let top: Int

  init(_ base: Node, _ index: Node, top: Int, _ site: Int32) {
    self.base = base
    self.index = index
    self.top = top
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let container = try base.exec(f)
    if container.isNone { return .none }
    return try Indexing.find(container, try index.exec(f), evaluation(f, top)) ?? .none
  }
}

/// `xs[a..<b]` of lists, strings and series; all ends are clamped.
final class SliceNode: Node {
  let base: Node
  let lower: Node?
  let upper: Node?
  let includesUpper: Bool
  let top: Int

  init(_ base: Node, _ lower: Node?, _ upper: Node?, includesUpper: Bool, top: Int, _ site: Int32) {
    self.base = base
    self.lower = lower
    self.upper = upper
    self.includesUpper = includesUpper
    self.top = top
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try base.exec(f)
    let evaluation = evaluation(f, top)
    let count: Int
    switch value.kind {
    case .list: count = value.list?.count ?? 0
    case .string: count = value.string?.count ?? 0
    case .series: count = value.series?.count ?? 0
    case .number, .bool, .date, .duration, .map, .function, .none:
      throw evaluation.fail(.notIndexable(value.kind))
    }
    let range = try range(count, f)
    if let series = value.series { return try evaluation.slice(series, range).value }
    if let text = value.string {
      let bytes = try Indexing.byteRange(text, range, evaluation)
      return try evaluation.string(UnsafeBufferPointer(rebasing: text.utf8[bytes]))
    }
    guard let list = value.list else { return value }
    try evaluation.charge(range.count)
    let result = try evaluation.list(capacity: range.count)
    for place in range {
      list[place].share()
      try evaluation.append(list[place], to: result)
    }
    return result.value
  }

  private func range(_ count: Int, _ f: Frame) throws(Trap) -> Range<Int> {
    let first = try bound(lower, count, 0, f)
    var last = try bound(upper, count, count, f)
    if includesUpper, upper != nil {
      // `xs[a..-1]` reaches to the last item.
      last += 1
    }
    let from = min(max(first, 0), count)
    return from..<max(from, min(max(last, 0), count))
  }

  private func bound(_ node: Node?, _ count: Int, _ fallback: Int, _ f: Frame) throws(Trap) -> Int {
    guard let node else { return fallback }
    let value = try node.exec(f)
    guard value.isNumber, let whole = Int(whole: value.raw) else {
      throw f.machine.fail(.wrongArgument("the ends of a slice are whole numbers"), site)
    }
    return whole < 0 ? max(whole + count, -1) : whole
  }
}

/// `m.name`: the entry of a map; on anything else, advice to call the function.
final class MemberNode: Node {
  let base: Node
  let name: Value
  let top: Int

  init(_ base: Node, _ name: Value, top: Int, _ site: Int32) {
    self.base = base
    self.name = name
    self.top = top
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try base.exec(f)
    if let map = value.map, let item = try evaluation(f, top).value(of: name, in: map) { return item }
    if value.map != nil { return try Indexing.read(value, name, evaluation(f, top)) }
    throw f.machine.fail(.memberOfNoMap(value.kind, name.string?.text ?? ""), site)
  }
}
