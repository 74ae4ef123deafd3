/// A scanner of the language's tokens, written from the rules of the reference and sharing nothing with the lexer.
struct Scanner {
  /// A terminal: what the grammar calls it, and its text.
  struct Terminal {
    /// A class of the grammar (`NAME`, `NUMBER` …), or the text of a keyword or sign.
    var kind: String
    var text: String
    /// The expressions inside a string, and whether they are all read.
    var inside: [[Terminal]] = []
  }

  struct Refusal: Error { var reason: String }

  static let keywords = Set(
    """
    and assert at break continue else false fn for if import in let na none not or param return state step strategy \
    test true var while as
    """.split(separator: " ").map(String.init))

  private static let signs = [
    "..<", "**", "==", "!=", "<=", ">=", "->", "??", "..", "+=", "-=", "*=", "/=",
    "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "=", "<", ">", "+", "-", "*", "/", "%", "?",
  ]

  /// What other languages write, which is one token to the parser so that it can be answered.
  private static let foreign = ["&&", "||", ":=", "//", "=>", "|>", "!"]

  /// Behind these a newline ends nothing.
  private static let continuing: Set = [
    "==", "!=", "<", "<=", ">", ">=", "in", "not", "and", "or", "??", "..", "..<", "step", "+", "-", "*", "/", "%",
    "**",
    ",", "=", "+=", "-=", "*=", "/=", ":", "->", ".",
  ]

  private let text: [Unicode.Scalar]
  private var place = 0

  private init(_ text: some Sequence<Unicode.Scalar>) { self.text = Array(text) }

  /// The terminals of a file; statements are parted by `EOS`.
  static func file(_ text: String) throws(Refusal) -> [Terminal] {
    var scanner = Scanner(
      text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...])
    let words = try scanner.terminals(isFile: true)
    return words
  }

  private func at(_ offset: Int = 0) -> Unicode.Scalar? { place + offset < text.count ? text[place + offset] : nil }

  private func starts(with word: String) -> Bool { text[place...].starts(with: word.unicodeScalars) }

  private mutating func terminals(isFile: Bool) throws(Refusal) -> [Terminal] {
    var result: [Terminal] = []
    var open: [String] = []
    func canEnd() -> Bool { !(result.isEmpty || result.last?.kind == "EOS" || result.last?.kind == "{") }
    while place < text.count {
      let newline = try space()
      guard place < text.count else { break }
      let next = try terminal()
      if newline, isFile, open.isEmpty || open.last == "{", canEnd(), let last = result.last,
        !goesOn(result, last), !continues(next)
      {
        result.append(Terminal(kind: "EOS", text: "\n"))
      }
      if next.kind == ";" {
        if canEnd() { result.append(Terminal(kind: "EOS", text: ";")) }
        continue
      }
      if ["(", "[", "{"].contains(next.kind) { open.append(next.kind) }
      if [")", "]", "}"].contains(next.kind) { _ = open.popLast() }
      result.append(next)
    }
    return result
  }

  /// Whether a line goes on behind its last terminal; behind a dot any word is a name.
  private func goesOn(_ result: [Terminal], _ last: Terminal) -> Bool {
    let isMember = result.count > 1 && result[result.count - 2].kind == "." && Scanner.keywords.contains(last.kind)
    return Scanner.continuing.contains(last.kind) && !isMember
  }

  /// Whether a line that begins with a terminal, which was just read, continues the one above.
  private func continues(_ next: Terminal) -> Bool {
    if ["else", "and", "or", "??"].contains(next.kind) { return true }
    guard next.kind == "." else { return false }
    // A name behind the point, blanks and comments between.
    var ahead = self
    _ = try? ahead.space()
    return ahead.at().map(Scanner.isNameStart) ?? false
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    let start = place
    while let scalar = at(), condition(scalar) { place += 1 }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text[start..<place])
    return String(result)
  }

  /// Skips blanks and comments; whether a newline was among them.
  private mutating func space() throws(Refusal) -> Bool {
    var newline = false
    while let scalar = at() {
      switch scalar {
      case "#": try clean(take { $0 != "\n" })
      case "\n":
        newline = true
        place += 1
      case " ", "\t": place += 1
      case "\r" where at(1) == "\n": place += 1
      default: return newline
      }
    }
    return newline
  }

  /// Comments and strings hold no NUL and nothing that reorders text.
  private func clean(_ text: String) throws(Refusal) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: throw Refusal(reason: "a hidden character")
      default: break
      }
    }
  }

  private mutating func terminal() throws(Refusal) -> Terminal {
    guard let first = at() else { throw Refusal(reason: "the end") }
    if Scanner.isNameStart(first) {
      let word = take { Scanner.isNameStart($0) || Scanner.isDigit($0) }
      return Terminal(kind: Scanner.keywords.contains(word) ? word : "NAME", text: word)
    }
    if Scanner.isDigit(first) { return try number() }
    if first == "\"" { return try string() }
    if let sign = (Scanner.foreign.filter { $0.count == 2 } + Scanner.signs).max(by: { a, b in
      (starts(with: a) ? a.count : 0) < (starts(with: b) ? b.count : 0)
    }), starts(with: sign), !Scanner.foreign.contains(sign) {
      place += sign.count
      return Terminal(kind: sign, text: sign)
    }
    throw Refusal(reason: "no token begins with \(first)")
  }

  // MARK: Numbers

  private mutating func number() throws(Refusal) -> Terminal {
    let start = place
    var whole = take { Scanner.isDigit($0) || $0 == "_" }
    if place - start == 4, !whole.contains("_"), let date = try date(whole) { return date }
    var isWhole = true
    if at() == ".", let digit = at(1), Scanner.isDigit(digit) {
      place += 1
      whole += "." + take { Scanner.isDigit($0) || $0 == "_" }
      isWhole = false
    }
    var value = whole
    if at() == "e" || at() == "E" {
      let sign = at(1) == "+" || at(1) == "-" ? 1 : 0
      if let digit = at(1 + sign), Scanner.isDigit(digit) {
        var exponent = "e"
        place += 1
        if sign == 1 { exponent += at() == "-" ? "-" : ""; place += 1 }
        value += exponent + take { Scanner.isDigit($0) || $0 == "_" }
        isWhole = false
      }
    }
    let suffix = take { Scanner.isNameStart($0) || Scanner.isDigit($0) }
    let parts = whole.split(separator: ".", omittingEmptySubsequences: false)
    for part in value.split(whereSeparator: { ".e-".contains($0) }) {
      if part.hasPrefix("_") || part.hasSuffix("_") || part.contains("__") { throw Refusal(reason: "a loose _") }
    }
    if value.hasSuffix("_") || whole.hasSuffix("_") { throw Refusal(reason: "a loose _") }
    if parts[0].count > 1, parts[0].hasPrefix("0") { throw Refusal(reason: "a leading zero") }
    switch suffix {
    case "", "bps", "pct":
      let number = Double(value.filter { $0 != "_" }) ?? .infinity
      let scale = suffix == "bps" ? 1e-4 : suffix == "pct" ? 1e-2 : 1
      guard (number * scale).isFinite || (number.isInfinite && false) else { throw Refusal(reason: "too large") }
      return Terminal(kind: "NUMBER", text: value + suffix)
    case "d", "w", "mo", "y", "bd":
      guard isWhole else { throw Refusal(reason: "a fraction of a duration") }
      guard whole.filter({ $0 != "_" }).count <= 6 else { throw Refusal(reason: "too long a duration") }
      return Terminal(kind: "DURATION", text: value + suffix)
    default: throw Refusal(reason: "the suffix \(suffix)")
    }
  }

  /// Behind four digits: `-`, digits, `-`, digits is a date; `-0` and a digit is a month and refused.
  private mutating func date(_ year: String) throws(Refusal) -> Terminal? {
    let start = place
    guard at() == "-" else { return nil }
    place += 1
    let month = take(while: Scanner.isDigit)
    guard !month.isEmpty, at() == "-", let digit = at(1), Scanner.isDigit(digit) else {
      if month.count == 2, month.hasPrefix("0") { throw Refusal(reason: "a month") }
      place = start
      return nil
    }
    place += 1
    let day = take { Scanner.isNameStart($0) || Scanner.isDigit($0) }
    guard month.count == 2, day.count == 2, let y = Int(year), let m = Int(month), let d = Int(day), y >= 1, d >= 1,
      (1...12).contains(m)
    else { throw Refusal(reason: "no day") }
    let isLeap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
    guard d <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] else {
      throw Refusal(reason: "no day")
    }
    return Terminal(kind: "DATE", text: "\(year)-\(month)-\(day)")
  }

  // MARK: Strings

  private mutating func string() throws(Refusal) -> Terminal {
    let start = place
    var inside: [[Terminal]] = []
    place += 1
    while let scalar = at() {
      switch scalar {
      case "\"":
        place += 1
        try clean(String(String.UnicodeScalarView(text[start..<place])))
        return Terminal(kind: inside.isEmpty ? "TEXT" : "STRING", text: "\"…\"", inside: inside)
      case "\n": throw Refusal(reason: "a string over a line's end")
      case "}": throw Refusal(reason: "a lone brace")
      case "\\": try escape()
      case "{": inside.append(try interpolation())
      default: place += 1
      }
    }
    throw Refusal(reason: "a string without end")
  }

  private mutating func escape() throws(Refusal) {
    guard let code = at(1) else { throw Refusal(reason: "an escape") }
    place += 2
    if "nrt\"\\{}".unicodeScalars.contains(code) { return }
    guard code == "u", at() == "{" else { throw Refusal(reason: "an escape") }
    place += 1
    let digits = take { $0.properties.isASCIIHexDigit }
    guard at() == "}", (1...6).contains(digits.count), let value = UInt32(digits, radix: 16),
      Unicode.Scalar(value) != nil
    else { throw Refusal(reason: "a code point") }
    place += 1
  }

  /// `{expression}` or `{expression:format}`: the format begins at the first colon outside brackets.
  private mutating func interpolation() throws(Refusal) -> [Terminal] {
    place += 1
    let start = place
    var open = 0
    while let scalar = at(), scalar != "\n" {
      if scalar == "\"" {
        _ = try string()
        continue
      }
      if open == 0, scalar == "}" || scalar == ":" { break }
      if "([{".unicodeScalars.contains(scalar) { open += 1 }
      if ")]}".unicodeScalars.contains(scalar) { open -= 1 }
      place += 1
    }
    var inner = Scanner(text[start..<place])
    let words = try inner.terminals(isFile: false)
    if at() == ":" {
      _ = take { $0 != "}" && $0 != "\n" }
    }
    guard at() == "}" else { throw Refusal(reason: "an interpolation without end") }
    place += 1
    return words
  }
}
