import MarketModel

/// Takes what was copied from a session apart: inputs stand behind prompts, all else is answers.
///
/// ```text
/// 2008-09-15> fn double(x) {
///         ... x * 2 }
/// 2008-09-15> double(21)
/// _1 = 42
/// ```
struct CopiedSession {
  /// An input without its prompt, and the date of the prompt; no date for what was not copied.
  struct Input: Equatable {
    var text: String
    var date: String?
  }

  /// Of lines that come one by one: whether they are a copy, once the first has said so.
  private var isCopy: Bool?
  /// The line before was an input, which the next may continue.
  private var isInInput = false

  /// The inputs in lines that came at once.
  ///
  /// - Parameter isWhole: each call is a paste of its own; otherwise the calls give the lines of one text.
  mutating func inputs(_ lines: [String], isWhole: Bool) -> [Input] {
    isWhole && lines.count > 1 ? pasted(lines) : lines.flatMap { next($0, isWhole: isWhole) }
  }

  /// A paste is a copy where one of its lines has a prompt.
  private mutating func pasted(_ lines: [String]) -> [Input] {
    guard lines.contains(where: { Self.prompted($0) != nil }) else {
      isInInput = false
      return lines.map { Input(text: $0) }
    }
    var inputs: [Input] = []
    isInInput = false
    for line in lines {
      if let input = Self.prompted(line) {
        inputs.append(input)
        isInInput = true
      } else if isInInput, let text = Self.continued(line), !inputs.isEmpty {
        inputs[inputs.count - 1].text += "\n" + text
      } else {
        isInInput = false
      }
    }
    return inputs
  }

  /// A line that comes alone.
  private mutating func next(_ line: String, isWhole: Bool) -> [Input] {
    if let input = Self.prompted(line) {
      isCopy = isCopy ?? true
      isInInput = true
      return [input]
    }
    if isInInput {
      if let text = Self.continued(line) { return [Input(text: text)] }
      if Self.isAnswer(line) { return [] }
    }
    if isWhole {
      isInInput = false
      return [Input(text: line)]
    }
    if isCopy ?? false {
      isInInput = false
      return []
    }
    if let first = line.first(where: { !$0.isWhitespace }), first != "#" { isCopy = isCopy ?? false }
    return [Input(text: line)]
  }

  /// What stands behind the prompt of a date: the date, `>`, and a space or nothing. A comparison of a date has a space
  /// before its `>`.
  private static func prompted(_ line: String) -> Input? {
    let date = line.prefix(10)
    guard Day(iso: date) != nil else { return nil }
    let rest = line.dropFirst(10)
    guard rest.first == ">" else { return nil }
    let text = rest.dropFirst()
    guard text.isEmpty || text.first == " " else { return nil }
    return Input(text: String(text.dropFirst()), date: String(date))
  }

  /// What stands behind the prompt of a further line.
  private static func continued(_ line: String) -> String? {
    let lead = "        ..."
    guard line.hasPrefix(lead) else { return nil }
    let text = line.dropFirst(lead.count)
    guard text.isEmpty || text.first == " " else { return nil }
    return String(text.dropFirst())
  }

  /// `_1 = 42`, or `_1 =` above a table.
  private static func isAnswer(_ line: String) -> Bool {
    guard line.hasPrefix("_") else { return false }
    let rest = line.dropFirst().drop { $0.isASCII && $0.isNumber }
    return rest.count < line.count - 1 && (rest == " =" || rest.hasPrefix(" = "))
  }
}
