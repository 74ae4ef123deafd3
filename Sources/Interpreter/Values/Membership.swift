import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
        let other = list.items[place]
        if other.raw == number { return place }
        if other.kind == .series, try evaluation.latest(other).raw == number { return place }
      }
      return nil
    }
    for place in 0..<list.count where try Equality.same(list.items[place], item, evaluation) { return place }
    return nil
  }

  private static func contains(_ map: MapRef, key: Value, _ evaluation: Evaluation) throws(Trap) -> Bool {
    let key = try evaluation.latest(key)
    try evaluation.charge(1)
    switch key.kind {
    case .string, .number, .bool, .date: return map.index(of: key) != nil
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
    try evaluation.charge(1 + utf8.count / 16)
    return TextSearch.firstIndex(of: part.utf8, in: utf8, from: 0) != nil
  }
}

/// Search in UTF-8 bytes; a match of valid texts always begins and ends at code points.
enum TextSearch {
  /// The first place at or after `start` where `part` occurs. Linear in the lengths: the platform's `memmem`.
  static func firstIndex(
    of part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard start <= text.count else { return nil }
    guard let needle = part.baseAddress, !part.isEmpty else { return start }
    guard let base = text.baseAddress, let found = memmem(base + start, text.count - start, needle, part.count) else {
      return nil
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
