import Interpreter
import MarketModel
import Reporting
import Scripting

/// Values as a person at a prompt wants to see them: each kind in its own way, long ones cut with a hint.
struct ResultPrinter {
  let session: MarketSession
  let output: PromptOutput
  /// Rows that are shown of what is long.
  var rows = 14

  init(_ session: MarketSession, _ output: PromptOutput) {
    self.session = session
    self.output = output
  }

  var terminal: Terminal { output.terminal }
  /// For reading series; the values of a session are kept whole, so nothing is computed.
  var evaluation: Evaluation { session.prompt.machine.evaluation }

  /// The lines of a value; in a terminal its number among the results stands before it.
  func lines(_ value: Value, number: Int? = nil) -> [String] {
    var lines = self.lines(of: value)
    guard let number, output.isInteractive else { return lines }
    let label = terminal.paint("_\(number)", .dim)
    if lines.count == 1 { return [label + " = " + lines[0]] }
    lines.insert(label + " =", at: 0)
    return lines
  }

  private func lines(of value: Value) -> [String] {
    switch value.kind {
    case .number, .bool, .string, .date, .duration, .none: return [cell(value)]
    case .function: return [value.function.map(signature) ?? ""]
    case .series: return value.series.map { SeriesPrinter(self).lines($0) } ?? []
    case .list: return value.list.map { ListPrinter(self).lines($0) } ?? []
    case .map: return value.map.map { MapPrinter(self).lines($0) } ?? []
    }
  }

  // MARK: Short forms

  /// A value in a few characters: what a cell of a table holds.
  func cell(_ value: Value) -> String {
    switch value.kind {
    case .number: return number(value.raw)
    case .bool: return value.bool == true ? "true" : "false"
    case .string: return ValueText.quoted(value.string?.text ?? "")
    case .date:
      guard let day = value.day else { return "" }
      return output.isInteractive ? "\(day) \(Self.weekdays[day.weekday - 1])" : "\(day)"
    case .duration: return value.duration?.description ?? ""
    case .none: return "none"
    case .function: return value.function.map { "fn " + $0.name } ?? ""
    case .series:
      guard let series = value.series else { return "" }
      return "series of \(count(series.count, "observation")), last \(number(latest(series)))"
    case .list: return short(value.list)
    case .map: return value.map.map { $0.count == 0 ? "[:]" : "map of \(count($0.count, "entry", "entries"))" } ?? ""
    }
  }

  private func short(_ list: ListRef?) -> String {
    guard let list, list.count > 0 else { return "[]" }
    let isPlain = (0..<list.count).allSatisfy { list[$0].list == nil && list[$0].map == nil }
    guard isPlain, list.count <= 6 else { return "list of \(count(list.count, "item"))" }
    return "[" + (0..<list.count).map { cell(list[$0]) }.joined(separator: ", ") + "]"
  }

  /// The key of a map: what it says, without quotes and without groups of digits, for it is a name.
  func key(_ key: Value) -> String {
    key.isNumber && !key.raw.isNaN ? NumberShown.text(key.raw) : key.string?.text ?? cell(key)
  }

  /// A number: all of its digits that mean something, and why it is missing if it is.
  func number(_ value: Double) -> String {
    if value.isNaN {
      guard let reason = value.missingReason, reason != .unspecified else { return "na" }
      return "na (\(reason.text))"
    }
    let text = NumberShown.text(value)
    return output.isInteractive ? NumberShown.grouped(text) : text
  }

  /// The latest number of a series.
  func latest(_ series: SeriesRef) -> Double { (try? series.latest(evaluation)) ?? .missing(.unspecified) }

  /// A count with its noun: `1 item`, `3,773 observations`.
  func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    DisplayNumber(terminal).count(count) + " " + (count == 1 ? one : many ?? one + "s")
  }

  /// A function with what it takes.
  func signature(_ function: FunctionRef) -> String {
    if let own = session.prompt.names.first(where: { $0.name == function.name && $0.kind == .function }) {
      return "fn \(own.name)\(own.signature)"
    }
    if let builtin = ScriptLibrary.builtins[function.name] {
      return builtin.overloads.map { "fn \($0.signature.text)" }.joined(separator: "\n")
    }
    let few = function.requiredCount
    let most = function.maximumCount
    let takes = most == few ? "\(few)" : most == .max ? "\(few) or more" : "\(few) to \(most)"
    return "fn \(function.name), which takes \(takes) argument\(takes == "1" ? "" : "s")"
  }

  /// What says that something was cut, and how to see all of it.
  func hint(_ left: Int, _ one: String, _ many: String? = nil) -> String {
    terminal.paint("\(terminal.ellipsis) \(count(left, one, many)) more; `:table` shows all", .dim)
  }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

/// How numbers are shown at a prompt: twelve digits at most, so that `0.1 + 0.2` is `0.3`, with the shortest text that
/// reads back where that is shorter.
enum NumberShown {
  static func text(_ value: Double) -> String {
    let shortest = ValueText.number(value)
    guard shortest.utf8.count > 14, value.isFinite, value != 0 else { return shortest }
    var scaled = value
    var exponent = 0
    while scaled.magnitude >= 10 { (scaled, exponent) = (scaled / 10, exponent + 1) }
    while scaled.magnitude < 1 { (scaled, exponent) = (scaled * 10, exponent - 1) }
    guard (-7..<15).contains(exponent) else { return shortest }
    let decimals = max(0, 11 - exponent)
    let rounded = DisplayDecimals.fixed(value, decimals)
    return rounded.utf8.count < shortest.utf8.count ? rounded : shortest
  }

  /// The digits before the point in groups of three, from five digits on.
  static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let body = text.dropFirst(sign.count)
    let whole = body.prefix { $0.isNumber }
    guard whole.count > 4, !body.contains("e") else { return text }
    var result = ""
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return sign + result + body.dropFirst(whole.count)
  }
}

/// A fixed number of decimals, without the zeros at their end.
enum DisplayDecimals {
  static func fixed(_ value: Double, _ digits: Int) -> String {
    var text = DisplayNumber(Terminal(usesUnicode: false)).fixed(value, digits).filter { $0 != "," }
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
