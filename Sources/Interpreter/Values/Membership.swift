import Diagnostics

/// What `in` means: an item of a list, a key of a map, a part of a string.
enum Membership {
  /// Whether `container` holds `item`. A list is searched by sameness: items of other types are not it, and a missing
  /// number is found among missing numbers.
  static func contains(_ container: Value, _ item: Value, _ evaluation: Evaluation) throws(Trap) -> Bool {
    if let list = container.list { return try index(of: item, in: list, evaluation) != nil }
    if let map = container.map { return try contains(map, key: item, evaluation) }
    if let text = container.string {
      guard let part = item.string else {
        throw evaluation.fail(
          .typeMismatch(expected: "a string", found: item.kind, what: "what is looked for in a string"))
      }
      return try text.contains(part, evaluation)
    }
    throw evaluation.fail(.notAContainer(container.kind))
  }

  /// The place of the first item that is the same as a value.
  static func index(of item: Value, in list: ListRef, _ evaluation: Evaluation) throws(Trap) -> Int? {
    try evaluation.charge(list.count)
    let item = try evaluation.latest(item)
    if item.isNumber, !item.raw.isNaN {
      let number = item.raw
      for place in 0..<list.count {
        let other = list[place]
        if other.raw == number { return place }
        if other.kind == .series, try evaluation.latest(other).raw == number { return place }
      }
      return nil
    }
    for place in 0..<list.count {
      try evaluation.look(at: place)
      if try Equality.same(list[place], item, evaluation) { return place }
    }
    return nil
  }

  private static func contains(_ map: MapRef, key: Value, _ evaluation: Evaluation) throws(Trap) -> Bool {
    let key = try evaluation.latest(key)
    try evaluation.charge(1)
    switch key.kind {
    case .string, .number, .bool, .date: return try evaluation.place(of: key, in: map) != nil
    case .duration, .list, .map, .series, .function, .none:
      throw evaluation.fail(
        .typeMismatch(
          expected: "a string, a number, a bool or a date", found: key.kind, what: "a key"))
    }
  }
}

extension Diagnostic {
  static func notAContainer(_ kind: ValueKind) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "the right side of `in` must be a list, a map or a string, not \(kind.described)",
      notes: kind == .series ? [Note("`values(s)` and `dates(s)` are lists")] : [])
  }
}

extension StringRef {
  /// Whether a text occurs in this one; an empty one always does.
  func contains(_ part: StringRef, _ evaluation: Evaluation) throws(Trap) -> Bool {
    try evaluation.charge(1)
    return try TextSearch(part.utf8, in: utf8).next(from: 0, evaluation) != nil
  }
}

/// Search in UTF-8 bytes; a match of valid texts always begins and ends at code points.
struct TextSearch {
  let part: UnsafeBufferPointer<UInt8>
  let text: UnsafeBufferPointer<UInt8>

  init(_ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) {
    self.part = part
    self.text = text
  }

  /// The first place at or after `start` where the part occurs. The bytes compared are charged, so that texts made to
  /// be slow end at the step limit.
  func next(from start: Int, _ evaluation: Evaluation) throws(Trap) -> Int? {
    guard let first = part.first else { return start <= text.count ? start : nil }
    var place = start
    var uncharged = 0
    while place <= text.count - part.count {
      uncharged += 1
      if text[place] == first {
        let common = commonLength(at: place)
        if common == part.count {
          try evaluation.charge(bytes: uncharged + common, .scanned)
          return place
        }
        uncharged += common
      }
      if uncharged > 1 << 14 {
        try evaluation.charge(bytes: uncharged, .scanned)
        uncharged = 0
      }
      place += 1
    }
    try evaluation.charge(bytes: uncharged, .scanned)
    return nil
  }

  private func commonLength(at place: Int) -> Int {
    var length = 0
    while length < part.count, text[place + length] == part[length] { length += 1 }
    return length
  }
}
