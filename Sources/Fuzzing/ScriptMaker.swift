import Interpreter
import Scripting

/// Makes a script from bytes that stand for choices: it always parses, mostly passes the checker, and calls every builtin
/// with arguments of the types it takes, the strangest of them included. When the bytes are used up, the simplest choices
/// are taken, so every script ends.
struct ScriptMaker {
  private let bytes: [UInt8]
  private var place = 0
  private var names: [String] = []
  private var isInFunction = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private static let builtins = ScriptLibrary.builtins.builtins.filter { $0.name != "error" }

  private static let numbers = [
    "0", "1", "2", "-1", "0.5", "3", "5", "20", "252", "-0.0", "1e18", "-1e18", "1e308", "-1e308", "5e-324", "na",
    "1000",
    "9007199254740993", "2147483648", "4294967295", "1e6", "7pct", "25bps", "-9223372036854775808",
    "9223372036854775807", "-9223372036854774784", "-2147483649",
  ]
  private static let strings = [
    "\"SPY\"", "\"\"", "\"a\"", "\"AAA\"", "\"US_RT_CPI\"", "\"UST\"", "\"é👩‍👩‍👧\"", "\"{1:.2f}\"", "\"a,b,,c\"",
    "\"2015-01-02\"",
    "\"\\u{10FFFF}\"", "\"monthly\"",
  ]
  private static let dates = [
    "2015-06-30", "0001-01-01", "9999-12-31", "2016-02-29", "2015-01-01", "1999-12-31", "as_of",
  ]
  private static let durations = [
    "1d", "0d", "1mo", "12mo", "999999y", "5bd", "0bd", "999999bd", "2w", "-1mo", "(1d * -2147483648)",
    "(1bd * 2147483647)",
  ]
  private static let series = [
    "close(\"SPY\")", "series([2015-01-01: 1, 2015-01-02: 2, 2015-01-05: na, 2015-01-06: -4])", "macro(\"US_RT_CPI\")",
    "close(\"SPY\").tail(3)", "series([:])", "returns(\"TLT\")", "close(\"SPY\") * na",
    "close(\"QQQ\").on_dates(close(\"SPY\"))",
  ]
  private static let operators = [
    "+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "??",
  ]
  private static let formats = [".2f", ".1%", ",", "+.3e", "*^30", "08.2f", "%Y-%m", "d", "1000000000", ".400f", ""]

  private mutating func byte() -> Int {
    guard place < bytes.count else { return 0 }
    place += 1
    return Int(bytes[place - 1])
  }

  private mutating func draw(_ items: [String]) -> String { items[byte() % items.count] }

  private var isEmpty: Bool { place >= bytes.count }

  // MARK: Statements

  mutating func script() -> String {
    var text = ""
    for index in 0..<byte() % 3 {
      names = ["x", "y"]
      let body = byte() % 2 == 0 ? "= " + expression(.any, 3) : block(2)
      text += "fn f\(index)(x, y = 1) \(body)\n"
    }
    names = []
    text += "state kept = \(draw(["0", "[]", "[:]", "none", "\"\""]))\n"
    text += "test \"t\" {\n  at \(draw(["2015-06-30", "2012-06-29", "2005-01-03", "0001-01-01", "9999-12-31"])) {\n"
    text += statements(3, count: 2 + byte() % 6)
    return text + "  }\n}\n"
  }

  /// A strategy, more often than not of nodes that are evaluated side by side.
  mutating func strategy() -> String {
    names = ["x", "y"]
    var text = "strategy \"s\" { missing: \(draw(["\"hold\"", "\"error\"", "\"false\""])) }\n"
    text += "fn f(x, y) = \(operand(2))\nfn signals(as_of) {\n"
    names = []
    for index in 0..<byte() % 4 {
      text += "  let v\(index) = \(operand(3))\n"
      names.append("v\(index)")
    }
    text += "  if \(condition(2)) { return \(weights()) } else { return \(weights()) }\n}\n"
    return text
  }

  private mutating func weights() -> String {
    switch byte() % 6 {
    case 0: "flat"
    case 1: "hold"
    case 2: "[t: \(operand(2)) for t in [\"SPY\", \"TLT\"]]"
    case 3: "[\"SPY\": \(operand(2)), \"TLT\": \(operand(2))]"
    case 4: expression(.map(.number), 2)
    default: "[\"SPY\": 1]"
    }
  }

  private mutating func condition(_ depth: Int) -> String {
    guard depth > 0, !isEmpty else { return "true" }
    switch byte() % 6 {
    case 0: return "\(condition(depth - 1)) \(draw(["and", "or"])) \(condition(depth - 1))"
    case 1: return "not \(condition(depth - 1))"
    case 2: return "(\(condition(depth - 1)) ?? \(draw(["true", "false"])))"
    case 3: return expression(.bool, depth)
    default: return "\(operand(depth)) \(draw(["<", "<=", ">", ">=", "==", "!="])) \(operand(depth))"
    }
  }

  /// A number, or a series that stands for one.
  private mutating func operand(_ depth: Int) -> String {
    guard depth > 0, !isEmpty else { return draw(["1", "0.5", "100", "price(\"SPY\")", "close(\"TLT\")"]) }
    let ticker = draw(["\"SPY\"", "\"TLT\"", "\"LEH\"", "\"GLD\""])
    let window = draw(["1", "3", "20", "200"])
    switch byte() % 12 {
    case 0: return draw(["close", "volume", "returns", "high", "price", "has_price"]) + "(\(ticker))"
    case 1, 2:
      return draw(["sma", "std", "ema", "rsi", "max", "change", "lag", "zscore"]) + "(close(\(ticker)), \(window))"
    case 3: return "\(operand(depth - 1)).last()"
    case 4, 5: return "(\(operand(depth - 1)) \(draw(["+", "-", "*", "/"])) \(operand(depth - 1)))"
    case 6: return names.isEmpty ? "2" : names[byte() % names.count]
    case 7: return "f(\(operand(depth - 1)), \(operand(depth - 1)))"
    case 8: return "(if \(condition(depth - 1)) { \(operand(depth - 1)) } else { \(operand(depth - 1)) })"
    case 9: return "(\(operand(depth - 1)) ?? \(operand(depth - 1)))"
    case 10:
      return "\(draw(["sum", "mean", "max", "abs", "sqrt"]))([t: \(operand(depth - 1)) for t in [\"SPY\", \"TLT\"]])"
    default: return expression(.number, depth)
    }
  }

  private mutating func block(_ depth: Int) -> String {
    let before = names
    defer { names = before }
    return "{\n" + statements(depth, count: 1 + byte() % 2) + "}"
  }

  private mutating func statements(_ depth: Int, count: Int) -> String {
    var text = ""
    for _ in 0..<count { text += statement(depth) + "\n" }
    return text
  }

  private mutating func statement(_ depth: Int) -> String {
    guard depth > 0 else { return "print(\(expression(.any, 1)))" }
    switch byte() % 10 {
    case 0, 1, 2:
      let value = expression(.any, depth)
      let name = "v\(names.count)"
      names.append(name)
      return "var \(name) = \(value)"
    case 3: return "print(\(expression(.any, depth)))"
    case 4: return "if \(expression(.bool, depth)) \(block(depth - 1)) else \(block(depth - 1))"
    case 5:
      let values = expression(byte() % 2 == 0 ? .list(.any) : .map(.any), depth)
      names.append("i")
      defer { names.removeLast() }
      return "for i in \(values) \(block(depth - 1))"
    case 6:
      guard let name = names.last(where: { $0.hasPrefix("v") }) else { return "kept = \(expression(.number, depth))" }
      let target = [name, "\(name)[\(expression(.number, 1))]", "\(name).a"][byte() % 3]
      return "\(target) \(draw(["=", "+=", "*="])) \(expression(.any, depth))"
    case 7: return "while \(expression(.bool, depth)) \(block(depth - 1))"
    case 8: return "assert \(expression(.bool, depth))"
    default: return "print(\"{\(expression(.any, depth)):\(draw(ScriptMaker.formats))}\")"
    }
  }

  // MARK: Expressions

  private mutating func expression(_ type: TypeExpression, _ depth: Int) -> String {
    // Now and then a value of another type than is asked for.
    let wanted = byte() % 24 == 23 ? .any : type
    guard depth > 0, !isEmpty else { return literal(wanted) }
    switch byte() % 12 {
    case 0, 1: return literal(wanted)
    case 2: return names.isEmpty ? literal(wanted) : names[byte() % names.count]
    case 3, 4, 5, 6: return call(depth)
    case 7:
      return "(\(expression(wanted, depth - 1)) \(draw(ScriptMaker.operators)) \(expression(wanted, depth - 1)))"
    case 8:
      return "(if \(expression(.bool, depth - 1)) { \(expression(wanted, depth - 1)) } else { \(literal(wanted)) })"
    case 9: return "\(expression(.list(.any), depth - 1))[\(expression(.number, depth - 1))]"
    case 10: return "[e for e in \(expression(.list(.any), depth - 1)) if \(expression(.bool, depth - 1))]"
    default: return "\(expression(.any, depth - 1))[\(draw(["..", "..<2", "-3..", "1..-1", "1e18..", "na..2"]))]"
    }
  }

  private mutating func call(_ depth: Int) -> String {
    let builtin = ScriptMaker.builtins[(byte() * 256 + byte()) % ScriptMaker.builtins.count]
    let overload = builtin.overloads[byte() % builtin.overloads.count]
    var arguments: [String] = []
    var isNamed = false
    for parameter in overload.signature.parameters {
      if parameter.defaultText != nil || parameter.isVariadic, byte() % 3 == 0 {
        isNamed = true
        continue
      }
      let value = expression(parameter.type, depth - 1)
      arguments.append(isNamed && !parameter.isVariadic ? "\(parameter.name): \(value)" : value)
    }
    return "\(builtin.name)(\(arguments.joined(separator: ", ")))"
  }

  private mutating func literal(_ type: TypeExpression) -> String {
    switch type {
    case .number: return draw(ScriptMaker.numbers)
    case .bool: return draw(["true", "false", "(na > 1)"])
    case .string: return draw(ScriptMaker.strings)
    case .date: return draw(ScriptMaker.dates)
    case .duration: return draw(ScriptMaker.durations)
    case .series: return draw(ScriptMaker.series)
    case .none: return "none"
    case .function:
      return draw(["(x -> x)", "((a, b) -> a)", "abs", "(x -> [x, x])", "(x -> x > 1)", "((x, y) -> x < y)"])
    case .list(let item): return "[" + (0..<byte() % 4).map { _ in literal(item) }.joined(separator: ", ") + "]"
    case .map(let item):
      let keys = ["\"SPY\"", "\"TLT\"", "\"a\"", "\"QQQ\""].prefix(byte() % 5)
      return keys.isEmpty ? "[:]" : "[" + keys.map { "\($0): \(literal(item))" }.joined(separator: ", ") + "]"
    case .optional(let inner): return byte() % 4 == 0 ? "none" : literal(inner)
    case .union(let types): return literal(types[byte() % types.count])
    case .any:
      let types: [TypeExpression] = [
        .number, .number, .series, .string, .bool, .list(.number), .map(.number), .date, .duration, .function, .none,
        .list(.string), .list(.any), .map(.any),
      ]
      return literal(types[byte() % types.count])
    }
  }
}
