import Kernels
import MarketModel

/// Texts. Lengths and places are code points, nothing is normalized, every result is a new string.
enum StringBuiltins {
  static let all: [Builtin] = [
    upper, lower, trim, split, join, contains, startsWith, endsWith, replace, format, string, number,
  ]

  static let upper = Builtin(
    "upper(text: string) -> string", family: "strings", doc: "In upper case.",
    examples: [.init("upper(\"spy\")", "SPY")]
  ) { call throws(Trap) in try call.transformed { $0.uppercased() } }

  static let lower = Builtin(
    "lower(text: string) -> string", family: "strings", doc: "In lower case.",
    examples: [.init("\"SPY\".lower()", "spy")]
  ) { call throws(Trap) in try call.transformed { $0.lowercased() } }

  static let trim = Builtin(
    "trim(text: string) -> string", family: "strings", doc: "Without white space at both ends.",
    examples: [.init("trim(\"  a b \\n\")", "a b")]
  ) { call throws(Trap) in
    try call.transformed { text in
      let scalars = text.unicodeScalars
      guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
      else { return "" }
      return String(scalars[first...last])
    }
  }

  static let split = Builtin(
    "split(text: string, separator: string) -> list[string]", family: "strings",
    doc: "The parts between the occurrences of a separator, empty ones included. An empty separator is an error.",
    examples: [
      .init("split(\"a,b,,c\", \",\")", "[\"a\", \"b\", \"\", \"c\"]"), .init("split(\"\", \",\")", "[\"\"]"),
      .init("split(\"ab\", \"\")", "E0401"),
    ]
  ) { call throws(Trap) in
    let text = call.string(0).utf8
    let separator = call.string(1).utf8
    guard !separator.isEmpty else {
      throw call.fail("the separator of `split` is empty", remedy: "`[c for c in text]` is the list of characters")
    }
    let result = try call.evaluation.list(capacity: 0)
    let search = TextSearch(separator, in: text)
    var start = 0
    while let place = try search.next(from: start, call.evaluation) {
      try call.evaluation.append(try part(text, start..<place, call.evaluation), to: result)
      start = place + separator.count
    }
    try call.evaluation.append(try part(text, start..<text.count, call.evaluation), to: result)
    return result.value
  }

  private static func part(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    try evaluation.charge(1)
    return try evaluation.string(UnsafeBufferPointer(rebasing: text[range]))
  }

  static let join = Builtin(
    "join(xs: list[string], separator: string = \"\") -> string", family: "strings",
    doc: "The texts of a list in one, with a separator between them.",
    examples: [
      .init("join([\"a\", \"b\"], \", \")", "a, b"), .init("[].join(\"-\")", ""), .init("[1, 2].join()", "E0301"),
    ]
  ) { call throws(Trap) in
    let list = call.list(0)
    let separator = call.string(1)
    try call.evaluation.charge(list.count)
    var count = max(0, list.count - 1) * separator.utf8.count
    for place in 0..<list.count {
      try call.evaluation.look(at: place)
      guard let text = list[place].string else {
        throw call.evaluation.fail(
          .typeMismatch(expected: "a string", found: list[place].kind, what: "item \(place) of `join`"))
      }
      count += text.utf8.count
    }
    var builder = try TextBuilder(count: count, call.evaluation)
    for place in 0..<list.count {
      try call.evaluation.look(at: place)
      if place > 0 { builder.append(separator.utf8) }
      if let text = list[place].string { builder.append(text.utf8) }
    }
    return builder.value
  }

  static let contains = Builtin(
    "contains(text: string, part: string) -> bool", family: "strings", doc: "Whether a part occurs: `part in text`.",
    examples: [.init("contains(\"momentum\", \"men\")", "true"), .init("contains(\"a\", \"\")", "true")]
  ) { call throws(Trap) in Value(try call.string(0).contains(call.string(1), call.evaluation)) }

  static let startsWith = Builtin(
    "starts_with(text: string, part: string) -> bool", family: "strings", doc: "Whether the text begins with a part.",
    examples: [.init("starts_with(\"SPY.US\", \"SPY\")", "true")]
  ) { call throws(Trap) in
    try call.evaluation.charge(bytes: call.string(1).utf8.count, .scanned)
    return Value(call.string(0).utf8.starts(with: call.string(1).utf8))
  }

  static let endsWith = Builtin(
    "ends_with(text: string, part: string) -> bool", family: "strings", doc: "Whether the text ends with a part.",
    examples: [.init("ends_with(\"SPY.US\", \".US\")", "true")]
  ) { call throws(Trap) in
    let (text, part) = (call.string(0).utf8, call.string(1).utf8)
    try call.evaluation.charge(bytes: part.count, .scanned)
    return Value(text.count >= part.count && text.suffix(part.count).elementsEqual(part))
  }

  static let replace = Builtin(
    "replace(text: string, old: string, new: string) -> string", family: "strings",
    doc: "With all occurrences of one part replaced by another. Replacing an empty part is an error.",
    examples: [.init("replace(\"a-b-c\", \"-\", \"+\")", "a+b+c"), .init("replace(\"a\", \"\", \"b\")", "E0401")]
  ) { call throws(Trap) in
    let (text, old, new) = (call.string(0).utf8, call.string(1).utf8, call.string(2).utf8)
    guard !old.isEmpty else { throw call.fail("`replace` of an empty part") }
    let search = TextSearch(old, in: text)
    // Counted first, so that the whole length is charged and bounded before anything is written.
    var occurrences = 0
    var start = 0
    while let place = try search.next(from: start, call.evaluation) {
      occurrences += 1
      start = place + old.count
    }
    if occurrences == 0 { return call[0] }
    var builder = try TextBuilder(count: text.count + occurrences * (new.count - old.count), call.evaluation)
    start = 0
    while let place = try search.next(from: start, call.evaluation) {
      builder.append(UnsafeBufferPointer(rebasing: text[start..<place]))
      builder.append(new)
      start = place + old.count
    }
    builder.append(UnsafeBufferPointer(rebasing: text[start...]))
    return builder.value
  }

  static let format = Builtin(
    "format(x: any, spec: string) -> string", family: "strings", doc: "As in `\"{x:spec}\"`.",
    examples: [
      .init("format(3.14159, \".2f\")", "3.14"), .init("format(0.1234, \".1%\")", "12.3%"),
      .init("format(1234567, \",\")", "1,234,567"), .init("format(na, \"6.2f\")", "    na"),
      .init("format(2024-03-05, \"%d %b %Y\")", "05 Mar 2024"), .init("format(1, \"?\")", "E0401"),
    ]
  ) { call throws(Trap) in
    let spec = call.string(1)
    try call.evaluation.charge(bytes: spec.utf8.count, .transformed)
    switch ValueFormat.parse(spec.text) {
    case .success(let spec): return try call.evaluation.string(try ValueFormat.format(call[0], spec, call.evaluation))
    case .failure(let error): throw call.fail(error.message)
    }
  }

  static let string = Builtin(
    "string(x: any) -> string", family: "strings", doc: "As in `\"{x}\"`.",
    examples: [.init("string(0.1)", "0.1"), .init("string([1, \"a\"])", "[1, \"a\"]"), .init("string(\"a\")", "a")]
  ) { call throws(Trap) in
    if call[0].string != nil { return call[0] }
    return try call.evaluation.string(try ValueText.text(call[0], call.evaluation))
  }

  static let number = Builtin(
    "number(text: string) -> number", family: "strings",
    doc: "The number that a text holds, white space around it aside; `na` (domain error) if it holds none.",
    examples: [
      .init("number(\"1.5e3\")", "1500"), .init("number(\" -2 \")", "-2"), .init("number(\"n/a\")", "na"),
      .init("reason(number(\"\"))", "domain error"),
    ]
  ) { call throws(Trap) in
    try call.evaluation.charge(bytes: call.string(0).utf8.count, .scanned)
    let bytes = call.string(0).utf8
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) }),
      let number = NumberText.parse(UnsafeBufferPointer(rebasing: bytes[first...last]))
    else { return .missing(.domainError) }
    return Value(number)
  }
}

extension Call {
  /// A string made of the first argument by a function of code points of the standard library; the work is charged by
  /// its length.
  func transformed(_ change: (String) -> String) throws(Trap) -> Value {
    let bytes = string(0).utf8
    try evaluation.charge(bytes: bytes.count, .transformed)
    if bytes.count <= Evaluation.slice { return try evaluation.string(change(string(0).text)) }
    // What is made of a code point does not depend on its neighbours, so that a long text is done piece by piece.
    var result: [UInt8] = []
    var start = 0
    while start < bytes.count {
      try evaluation.look()
      var end = min(start + Evaluation.slice, bytes.count)
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      result += change(String(decoding: bytes[start..<end], as: UTF8.self)).utf8
      start = end
    }
    return try result.withUnsafeBufferPointer { (result) throws(Trap) in try evaluation.string(result) }
  }
}

/// Writes a string of known length straight into the region.
struct TextBuilder {
  private let memory: UnsafeMutableRawPointer
  private let evaluation: Evaluation
  private let count: Int
  private var written = 0

  /// Room for exactly `count` bytes, which are charged.
  init(count: Int, _ evaluation: Evaluation) throws(Trap) {
    self.evaluation = evaluation
    self.count = count
    memory = try evaluation.textMemory(count)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    precondition(bytes.count <= count - written, "more text than was counted")
    guard let source = bytes.baseAddress else { return }
    (memory + StringRef.bytesOffset + written).copyMemory(from: source, byteCount: bytes.count)
    written += bytes.count
  }

  /// The string; everything has been written.
  var value: Value {
    precondition(written == count, "less text than was counted")
    return evaluation.settled(StringRef.seal(memory, count: count))
  }
}
