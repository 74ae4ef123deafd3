import Kernels
import MarketModel

/// How values print: in interpolation, `print`, messages and examples.
public enum ValueText {
  /// A number in the shortest form that reads back, `na` if missing.
  public static func number(_ value: Double) -> String { NumberText.shortest(value) }

  /// A value as interpolation shows it: strings bare, items of lists and maps as literals.
  public static func text(_ value: Value, _ evaluation: Evaluation) throws(Trap) -> String {
    if let string = value.string {
      try evaluation.charge(bytes: string.utf8.count, .moved)
      return string.text
    }
    return try literal(value, evaluation, depth: 0)
  }

  /// A value as a message shows it: as a literal, cut where it is long.
  static func shown(_ value: Value, _ evaluation: Evaluation) throws(Trap) -> String {
    let most = 200
    if let string = value.string, string.utf8.count > most {
      return quoted(String(decoding: string.utf8.prefix(most), as: UTF8.self)) + "…"
    }
    return try literal(value, evaluation, depth: 0)
  }

  /// A value as it would be written in a script; strings quoted. A series shows its latest value.
  static func literal(_ value: Value, _ evaluation: Evaluation, depth: Int) throws(Trap) -> String {
    var writer = ValueWriter(limit: evaluation.machine.limits.string)
    try writer.write(value, evaluation, depth: depth)
    return writer.text
  }

  /// A string as a literal, with the escapes of the language.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "{": result += "\\{"
      case "}": result += "\\}"
      case _ where scalar.value < 0x20: result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Writes values into one text that may not outgrow the limit of strings: a small value can print long, since lists
/// inside lists are shared.
private struct ValueWriter {
  private(set) var text = ""
  private let limit: Int
  private static let deepest = 50

  init(limit: Int) { self.limit = limit }

  mutating func write(_ value: Value, _ evaluation: Evaluation, depth: Int) throws(Trap) {
    try evaluation.charge(1)
    switch value.kind {
    case .number: try write(value.raw, evaluation)
    case .bool: text += value.bool == true ? "true" : "false"
    case .string: if let string = value.string { try write(string, evaluation) }
    case .date: text += value.day?.description ?? ""
    case .duration: text += value.duration?.description ?? ""
    case .none: text += "none"
    case .function: text += "<function \(value.function?.name ?? "")>"
    case .series: try write(try value.series?.latest(evaluation) ?? .missing(.unspecified), evaluation)
    case .list: if let list = value.list { try write(list, evaluation, depth: depth) }
    case .map: if let map = value.map { try write(map, evaluation, depth: depth) }
    }
    if text.utf8.count > limit { throw evaluation.fail(.stringLimit(limit)) }
  }

  private mutating func write(_ number: Double, _ evaluation: Evaluation) throws(Trap) {
    let digits = ValueText.number(number)
    try evaluation.charge(bytes: digits.utf8.count, .transformed)
    text += digits
  }

  private mutating func write(_ string: StringRef, _ evaluation: Evaluation) throws(Trap) {
    try evaluation.charge(bytes: string.utf8.count, .transformed)
    text += ValueText.quoted(string.text)
  }

  private mutating func write(_ list: ListRef, _ evaluation: Evaluation, depth: Int) throws(Trap) {
    if depth >= ValueWriter.deepest {
      text += "[…]"
      return
    }
    text += "["
    for place in 0..<list.count {
      if place > 0 { text += ", " }
      try write(list[place], evaluation, depth: depth + 1)
    }
    text += "]"
  }

  private mutating func write(_ map: MapRef, _ evaluation: Evaluation, depth: Int) throws(Trap) {
    if depth >= ValueWriter.deepest {
      text += "[…]"
      return
    }
    text += map.count == 0 ? "[:" : "["
    for place in 0..<map.count {
      if place > 0 { text += ", " }
      try write(map.entries[place].key, evaluation, depth: depth + 1)
      text += ": "
      try write(map.entries[place].value, evaluation, depth: depth + 1)
    }
    text += "]"
  }
}
