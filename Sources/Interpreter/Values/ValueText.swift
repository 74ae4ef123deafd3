import MarketModel

/// How values print: in interpolation, `print`, messages and examples.
public enum ValueText {
  /// A number in the shortest form that reads back, `na` if missing.
  public static func number(_ value: Double) -> String {
    value.isNaN ? "na" : "\(value)"
  }

  /// A value as interpolation shows it: strings bare, items of lists and maps as literals.
  public static func text(_ value: Value, _ evaluation: Evaluation) throws(Trap) -> String {
    if let string = value.string { return string.text }
    return try literal(value, evaluation, depth: 0)
  }

  /// A value as it would be written in a script; strings quoted. A series shows its latest value.
  static func literal(_ value: Value, _ evaluation: Evaluation, depth: Int) throws(Trap) -> String {
    try evaluation.charge(1)
    switch value.kind {
    case .number: return number(value.raw)
    case .bool: return value.bool == true ? "true" : "false"
    case .string: return quoted(value.string?.text ?? "")
    case .date: return value.day?.description ?? ""
    case .duration: return value.duration?.description ?? ""
    case .none: return "none"
    case .function: return "<function \(value.function?.name ?? "")>"
    case .series: return number(try value.series?.latest(evaluation) ?? .missing(.unspecified))
    case .list:
      guard depth < 50, let list = value.list else { return "[…]" }
      var parts: [String] = []
      for place in 0..<list.count { parts.append(try literal(list.items[place], evaluation, depth: depth + 1)) }
      return "[" + parts.joined(separator: ", ") + "]"
    case .map:
      guard depth < 50, let map = value.map else { return "[…]" }
      if map.count == 0 { return "[:]" }
      var parts: [String] = []
      for place in 0..<map.count {
        let key = try literal(map.entries[place].key, evaluation, depth: depth + 1)
        parts.append(key + ": " + (try literal(map.entries[place].value, evaluation, depth: depth + 1)))
      }
      return "[" + parts.joined(separator: ", ") + "]"
    }
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
