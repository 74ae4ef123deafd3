public import Diagnostics

/// The records of what can be wrong with a text before its meaning is asked for.
public enum SyntaxDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [
    .invalidText, .badNumber, .badDate, .badString, .unexpectedToken, .missingToken, .foreignSpelling, .nesting,
    .tooLong,
    .chainedComparison, .mixedCoalesce, .tooManyErrors,
  ]
}

extension DiagnosticRecord {
  static let invalidText = DiagnosticRecord(
    "E0101", "text that is no source text",
    explanation: "A script is UTF-8 text without control characters. Characters that reorder the text around them are "
      + "refused, because a reader would see another program than the one that runs.",
    bad: "let x = 1 \u{20AC}", good: "let x = \"\u{20AC}\"")
  static let badNumber = DiagnosticRecord(
    "E0102", "number that cannot be read",
    explanation:
      "Numbers are `1`, `1_000`, `0.5`, `1.5e-3`, with a digit on both sides of the point and no leading zeros; "
      + "suffixes are `bps`, `pct` and those of durations: `d w mo y bd`.",
    bad: "let x = 3m", good: "let x = 3mo")
  static let badDate = DiagnosticRecord(
    "E0103", "date that does not exist",
    explanation: "A date is `YYYY-MM-DD`, a day of the calendar, without spaces. A subtraction is written with spaces.",
    bad: "let d = 2024-02-30", good: "let d = 2024-02-29")
  static let badString = DiagnosticRecord(
    "E0104", "string that cannot be read",
    explanation:
      "A string stands between double quotes on one line. Escapes are `\\n \\r \\t \\\" \\\\ \\{ \\} \\u{1F600}`; "
      + "braces hold an expression.",
    bad: "let s = \"a\\qb\"", good: "let s = \"a\\\\qb\"")
  static let unexpectedToken = DiagnosticRecord(
    "E0105", "something unexpected",
    explanation: "The text does not go on as the grammar has it; the message says what was expected at this place.",
    bad: "let = 3", good: "let x = 3")
  static let missingToken = DiagnosticRecord(
    "E0106", "something is missing",
    explanation: "A bracket is not closed, or a part of a statement is absent.",
    bad: "let x = (1 + 2", good: "let x = (1 + 2)")
  static let foreignSpelling = DiagnosticRecord(
    "E0107", "a spelling of another language",
    explanation: "The construct exists here under another spelling, which the message names.",
    bad: "let ok = true && false", good: "let ok = true and false")
  static let nesting = DiagnosticRecord(
    "E0108", "nested too deeply",
    explanation:
      "Brackets and blocks may be nested 200 deep (`--limit nesting=…` changes that), and an expression may be 1,000 "
      + "operators deep. Name parts of it with `let`.",
    bad: "let x = " + String(repeating: "(", count: 201) + "1" + String(repeating: ")", count: 201),
    good: "let x = ((1))")
  static let chainedComparison = DiagnosticRecord(
    "E0109", "comparisons do not chain",
    explanation: "`a < b < c` would compare a bool with a number. Say both comparisons.",
    bad: "let ok = 1 < 2 < 3", good: "let ok = 1 < 2 and 2 < 3")
  static let mixedCoalesce = DiagnosticRecord(
    "E0110", "`??` with a bare condition on its right",
    explanation:
      "`a ?? false and b` can be read in two ways, so the right side of `??` needs parentheses around `and`, "
      + "`or`, `not` and comparisons.",
    bad: "let ok = na ?? false and true", good: "let ok = (na ?? false) and true")
  static let tooLong = DiagnosticRecord(
    "E0112", "script too long",
    explanation: "A script may have 250,000 words and signs. What is longer is data: put it into a series of the data "
      + "folder, or split the script into modules.")
  static let tooManyErrors = DiagnosticRecord(
    "E0111", "too many errors",
    explanation: "After twenty errors in a file, the rest is not shown: it is likely to follow from them.")
}

extension Diagnostic {
  // MARK: Text

  static func invalidUTF8(_ at: Location) -> Diagnostic {
    Diagnostic(.invalidText, "these bytes are no UTF-8 text", at: at, notes: [Note("save the file as UTF-8")])
  }
  static func strayCharacter(_ scalar: Unicode.Scalar, at: Location) -> Diagnostic {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
    if Lexer.isBidi(scalar) {
      return Diagnostic(.invalidText, "\(name) reorders the text around it and is not allowed", at: at)
    }
    if let ours = Lexer.lookAlikes[scalar.value] {
      let what = ours == " " ? "is no blank of the language" : "is written `\(ours)`"
      return Diagnostic(
        .invalidText, "\(scalar.properties.isWhitespace ? name : "`\(scalar)` (\(name))") \(what)", at: at,
        fixIts: at.fix(ours))
    }
    let shown = scalar.value < 0x20 || scalar.value == 0x7F ? name : "`\(scalar)` (\(name))"
    return Diagnostic(.invalidText, "\(shown) means nothing here", at: at)
  }

  // MARK: Numbers and dates

  static func looseUnderscore(_ at: Location) -> Diagnostic {
    Diagnostic(.badNumber, "an underscore in a number stands between digits", at: at)
  }
  static func leadingZero(_ text: String, at: Location) -> Diagnostic {
    Diagnostic(
      .badNumber, "a number has no leading zeros", at: at,
      fixIts: at.fix(String(text.drop { $0 == "0" }.isEmpty ? "0" : text.drop { $0 == "0" })))
  }
  static func secondPoint(_ at: Location) -> Diagnostic {
    Diagnostic(.badNumber, "a number has one point", at: at, notes: [Note("thousands are grouped with `_`: 1_000_000")])
  }
  static func hugeNumber(_ at: Location) -> Diagnostic {
    Diagnostic(.badNumber, "this number is too large for a double", at: at)
  }
  static func longDuration(_ at: Location) -> Diagnostic {
    Diagnostic(
      .badNumber, "this duration is too long: it is 999999 days, weeks, months, years or sessions at most", at: at)
  }
  static func fractionalDuration(_ at: Location) -> Diagnostic {
    Diagnostic(.badNumber, "a duration is a whole number of days, weeks, months, years or sessions", at: at)
  }
  static func unknownSuffix(_ suffix: String, _ numeral: String, at: Location) -> Diagnostic {
    let close = ["m": "mo", "M": "mo", "mth": "mo", "Y": "y", "yr": "y", "D": "d", "bp": "bps", "bd": "bd", "wk": "w"]
    let months = suffix == "m" ? "months are written `\(numeral)mo`" : nil
    let large = ["k": 3, "K": 3, "mm": 6, "MM": 6, "mn": 6, "bn": 9, "B": 9][suffix]
    if let large, numeral.utf8.count <= 6, numeral.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      let whole = numeral + String(repeating: "_000", count: large / 3)
      return Diagnostic(
        .badNumber, "`\(suffix)` is no suffix of a number", at: at, notes: [Note("it is written out: `\(whole)`")],
        fixIts: at.fix(whole))
    }
    let note = months ?? "suffixes are bps, pct, and d w mo y bd for durations"
    return Diagnostic(
      .badNumber, "`\(suffix)` is no suffix of a number", at: at, notes: [Note(note)],
      fixIts: close[suffix].map { at.fix(numeral + $0) } ?? [])
  }
  static func monthWithoutDay(_ at: Location) -> Diagnostic {
    Diagnostic(
      .badNumber, "a date needs its day: YYYY-MM-DD", at: at, notes: [Note("a subtraction is written with spaces")])
  }
  static func impossibleDate(_ text: String, at: Location) -> Diagnostic {
    Diagnostic(
      .badDate, "`\(text)` is no day of the calendar", at: at,
      notes: [Note("dates are YYYY-MM-DD; a subtraction is written with spaces")])
  }

  static func misspeltDate(_ text: String, _ ours: String, at: Location) -> Diagnostic {
    Diagnostic(
      .badDate, "`\(text)` is written `\(ours)`", at: at,
      notes: [Note("dates are YYYY-MM-DD; a subtraction is written with spaces")], fixIts: at.fix(ours))
  }

  // MARK: Strings

  static func unclosedString(_ at: Location) -> Diagnostic {
    Diagnostic(.badString, "this string does not end on its line", at: at, notes: [Note("a line break is written \\n")])
  }
  static func unclosedInterpolation(_ at: Location) -> Diagnostic {
    Diagnostic(.badString, "this brace is not closed", at: at, notes: [Note("a brace as text is written \\{")])
  }
  static func emptyInterpolation(_ at: Location) -> Diagnostic {
    Diagnostic(
      .badString, "these braces hold no expression", at: at, notes: [Note("braces as text are written \\{ \\}")])
  }
  static func strayBrace(_ at: Location) -> Diagnostic {
    Diagnostic(.badString, "a closing brace without its opening one", at: at, fixIts: at.fix("\\}"))
  }
  static func badUnicodeEscape(_ at: Location) -> Diagnostic {
    Diagnostic(.badString, "no such code point", at: at, notes: [Note("it is written \\u{1F600}, up to \\u{10FFFF}")])
  }
  static func unknownEscape(_ scalar: Unicode.Scalar, at: Location) -> Diagnostic {
    Diagnostic(
      .badString, "unknown escape", at: at, notes: [Note("escapes are \\n \\r \\t \\\" \\\\ \\{ \\} \\u{…}")])
  }
  static func singleQuotes(_ text: String, at: Location) -> Diagnostic {
    Diagnostic(.foreignSpelling, "strings stand between double quotes", at: at, fixIts: at.fix(quoted(text)))
  }
  static func curlyQuotes(_ text: String, isClosed: Bool, at: Location) -> Diagnostic {
    Diagnostic(
      .invalidText, "strings stand between straight double quotes: \"…\"", at: at,
      fixIts: isClosed ? at.fix(quoted(text)) : [])
  }
  static func tripleQuotes(_ text: String, isClosed: Bool, at: Location) -> Diagnostic {
    Diagnostic(
      .foreignSpelling, "a string stands between single double quotes, on one line", at: at,
      notes: [Note("what documents a declaration stands above it, behind `##`")],
      fixIts: isClosed && !text.contains("\n") ? at.fix(quoted(text)) : [])
  }
  /// A text as a string of ours.
  private static func quoted(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if !isEscaped, "\"{}".contains(character) { result += "\\" }
      isEscaped = character == "\\" && !isEscaped
      result.append(character)
    }
    return "\"\(result)\""
  }

  // MARK: Grammar

  static func nestedTooDeep(_ at: Location) -> Diagnostic {
    Diagnostic(.nesting, "this is nested too deeply", at: at, notes: [Note("name parts of it with `let`")])
  }
  static func nestedTooDeep(_ limit: Int, _ at: Location) -> Diagnostic {
    Diagnostic(
      .nesting, "more than \(limit) brackets and blocks are open here", at: at,
      notes: [Note("name parts of it with `let`"), Note("`--limit nesting=…` allows more")])
  }
  static func expected(_ what: String, found: String, at: Location) -> Diagnostic {
    Diagnostic(.unexpectedToken, "expected \(what), found \(found)", at: at)
  }
  static func missing(_ what: String, found: String, at: Location, opened: Location? = nil) -> Diagnostic {
    Diagnostic(
      .missingToken, "\(what) is missing before \(found)", at: at,
      notes: opened.map { [Note("opened here", at: $0)] } ?? [])
  }
  static func foreign(_ message: String, at: Location, fix: String? = nil, note: String? = nil) -> Diagnostic {
    Diagnostic(
      .foreignSpelling, message, at: at, notes: note.map { [Note($0)] } ?? [], fixIts: fix.map { at.fix($0) } ?? [])
  }
  static func chainedComparison(_ at: Location) -> Diagnostic {
    Diagnostic(.chainedComparison, "comparisons do not chain", at: at, notes: [Note("write `a < b and b < c`")])
  }
  static func mixedCoalesce(_ at: Location) -> Diagnostic {
    Diagnostic(
      .mixedCoalesce, "the right side of `??` needs parentheses around a condition", at: at,
      notes: [Note("`(a ?? false) and b`, or `a ?? (false and b)`")])
  }
  static func tooLong(_ at: Location) -> Diagnostic {
    Diagnostic(
      .tooLong, "the script has more than \(Lexer.tokenLimit) words and signs; the rest is not read", at: at,
      notes: [Note("data belongs into a data folder, and a script can import modules")])
  }
  static func tooManyErrors(_ count: Int, at: Location) -> Diagnostic {
    Diagnostic(.tooManyErrors, "and \(count) more error\(count == 1 ? "" : "s") in this file", at: at)
  }
}

extension Location {
  /// A replacement of the place itself.
  func fix(_ text: String) -> [FixIt] {
    if case .source(_, let span) = self { [FixIt(span, text)] } else { [] }
  }
}
