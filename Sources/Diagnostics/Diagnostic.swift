/// What is said to the user about one problem: the one form for lexer, parser, checker, run time, data and options.
///
/// A diagnostic is made by a factory that stands beside its `DiagnosticRecord`, so that the wording of a problem lives
/// in one place; the site that finds the problem passes values only.
public struct Diagnostic: Error, Sendable {
  /// The record that says what kind of problem it is; carries the stable code and the severity.
  public let record: DiagnosticRecord
  /// What was found and what was expected, in the user's terms. One sentence, no full stop at its end.
  public var message: String
  /// Where it is, if it has a place.
  public var location: Location?
  /// Further facts: the call stack, reasons of a missing value, where the other declaration stands, the remedy.
  public var notes: [Note]
  /// Replacements that would mend the text.
  public var fixIts: [FixIt]
  /// What it is about, for programs; the first is what is to blame.
  public var subjects: [DiagnosticSubject]

  /// Makes a diagnostic of the given kind. Passwords in addresses of databases are not taken over.
  public init(
    _ record: DiagnosticRecord, _ message: String, at location: Location? = nil, notes: [Note] = [],
    fixIts: [FixIt] = [], about subjects: [DiagnosticSubject] = []
  ) {
    self.record = record
    self.message = AddressText.shown(message)
    self.location = location
    self.notes = notes
    self.fixIts = fixIts
    self.subjects = subjects
  }

  /// The stable code, such as `E0201`.
  public var code: String { record.code }
  /// How bad it is.
  public var severity: Severity { record.severity }
}

/// What a diagnostic is about: the thing's kind and name, and the value that it had. What a program wants to know of a
/// problem stands here, and is never read out of the message.
public struct DiagnosticSubject: Equatable, Sendable {
  /// The kinds of things.
  public enum Kind: Sendable {
    case configKey, param
  }

  /// The kind.
  public let kind: Kind
  /// The name.
  public let name: String
  /// The value that it had, as the message shows it.
  public let value: String?

  /// A thing that a diagnostic is about.
  public init(_ kind: Kind, _ name: String, value: String? = nil) {
    self.kind = kind
    self.name = name
    self.value = value
  }
}

/// How bad a problem is.
public enum Severity: String, Sendable, Comparable {
  case note, warning, error

  /// Notes before warnings before errors.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A place: a span of a source text, or a line and column of a file whose text is not kept.
public enum Location: Sendable {
  /// A span of a text at hand; rendered with the source line and a caret.
  case source(SourceFile, Span)
  /// A line and column (1-based; 0 for unknown) of a data file.
  case file(String, line: Int, column: Int)

  /// The name of the file.
  public var name: String {
    switch self {
    case .source(let file, _): file.name
    case .file(let name, _, _): name
    }
  }

  /// The 1-based line and column of the start.
  public var start: (line: Int, column: Int) {
    switch self {
    case .source(let file, let span): file.position(of: Int(span.lower))
    case .file(_, let line, let column): (line, column)
    }
  }

  /// The 1-based line and column just after the end.
  public var end: (line: Int, column: Int) {
    switch self {
    case .source(let file, let span): file.position(of: Int(span.upper))
    case .file(_, let line, let column): (line, column)
    }
  }
}

/// A further fact about a problem, with a place of its own where it has one.
public struct Note: Sendable {
  /// What a fact says of the problem.
  public enum Role: Sendable {
    /// Anything.
    case remark
    /// Why what the problem is about is missing.
    case cause
    /// From when the problem would not be.
    case cure
  }

  /// The fact.
  public var message: String
  /// Where it is, if it has a place.
  public var location: Location?
  /// What it says of the problem.
  public let role: Role

  /// Makes a note. Passwords in addresses of databases are not taken over.
  public init(_ message: String, at location: Location? = nil, role: Role = .remark) {
    self.message = AddressText.shown(message)
    self.location = location
    self.role = role
  }
}

/// A replacement of a span of the source by a text, which mends the problem.
public struct FixIt: Sendable {
  /// The span to replace; empty to insert.
  public var span: Span
  /// What stands there instead.
  public var text: String

  /// Makes a replacement.
  public init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// A kind of problem: everything said about it besides the values of one occurrence.
///
/// `strat explain CODE` and the generated list of diagnostics are made from these records.
public struct DiagnosticRecord: Sendable {
  /// `E` for errors, `W` for warnings, and four digits: 01 syntax, 02 names and declarations, 03 types and calls,
  /// 04 run time, 05 limits, 06 look-ahead, 07 data, 08 configuration and engine, 09 command line, 10 databases.
  public let code: String
  /// What the problem is, in a few words.
  public let title: String
  /// Why it is a problem and what to do about it.
  public let explanation: String
  /// A script or input that has the problem; empty where none can be shown.
  public let bad: String
  /// The same without the problem.
  public let good: String

  /// Makes a record.
  public init(_ code: String, _ title: String, explanation: String, bad: String = "", good: String = "") {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.bad = bad
    self.good = good
  }

  /// Errors begin with `E`, warnings with `W`.
  public var severity: Severity { code.hasPrefix("E") ? .error : code.hasPrefix("W") ? .warning : .note }
}
