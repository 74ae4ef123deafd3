import Codecs
public import Diagnostics
import Interpreter
import Scripting

/// Values for the params of many scripts: for all that have a param of the name, and for single scripts.
public struct BatchParams: Sendable {
  /// A value and where it was given.
  public struct Entry: Sendable {
    /// The param.
    public let name: String
    /// Its value as text.
    public let text: String
    /// Where it stands, if it comes from a file.
    public let location: Location?
  }

  /// Values for all scripts that have the param, in the order given; later ones win.
  public private(set) var general: [Entry] = []
  /// Values for single scripts, by file name or path; they win over the general ones.
  public private(set) var sections: [(script: String, entries: [Entry], location: Location)] = []

  /// No values.
  public init() {}

  /// Gives a value to all scripts that have the param.
  public mutating func set(_ name: String, _ text: String) {
    general.append(Entry(name: name, text: text, location: nil))
  }

  /// Reads a file of values: `name: value` for all scripts, `script.strat:` with such lines below it for one.
  ///
  /// - Throws: a diagnostic with the line that is not of this form.
  public mutating func read(_ bytes: [UInt8], name file: String) throws(Diagnostic) {
    let root: YAMLNode?
    do throws(YAMLFailure) { root = try YAML.parse(bytes) } catch {
      throw .badParamFile(error.message, at: .file(file, line: error.line, column: error.column))
    }
    guard let root, !root.isNull else { return }
    guard case .mapping(let entries) = root.content else {
      throw .badParamFile("a list of `name: value` is expected", at: BatchParams.place(root, file))
    }
    for (key, value) in entries {
      guard let name = key.text else { throw .badParamFile("a name is no text", at: BatchParams.place(key, file)) }
      if case .mapping(let inner) = value.content {
        let values = try BatchParams.entries(inner, file)
        sections.append((name, values, BatchParams.place(key, file)))
      } else {
        general.append(try BatchParams.entry(name, value, file))
      }
    }
  }

  private static func entries(
    _ mapping: [(key: YAMLNode, value: YAMLNode)], _ file: String
  ) throws(Diagnostic) -> [Entry] {
    var entries: [Entry] = []
    for (key, value) in mapping {
      guard let name = key.text else { throw .badParamFile("a name is no text", at: place(key, file)) }
      entries.append(try entry(name, value, file))
    }
    return entries
  }

  private static func entry(_ name: String, _ value: YAMLNode, _ file: String) throws(Diagnostic) -> Entry {
    guard let text = value.text, !value.isNull else {
      throw .badParamFile("`\(name)` has no value that a param can have", at: place(value, file))
    }
    return Entry(name: name, text: text, location: place(value, file))
  }

  private static func place(_ node: YAMLNode, _ file: String) -> Location {
    .file(file, line: node.line, column: node.column)
  }

  /// The values for one script, and the names of the general ones that it has.
  func values(_ script: Script, path: String) throws(Diagnostic) -> (values: ParamValues, used: [String]) {
    var values = ParamValues()
    var used: [String] = []
    if general.isEmpty, sections.isEmpty { return (values, used) }
    let known = Set(ParamValues.all(script).map(\.name))
    for entry in general where known.contains(entry.name) {
      try set(entry, &values, script)
      used.append(entry.name)
    }
    for section in sections where BatchParams.names(section.script, path) {
      for entry in section.entries { try set(entry, &values, script) }
    }
    return (values, used)
  }

  private func set(_ entry: Entry, _ values: inout ParamValues, _ script: Script) throws(Diagnostic) {
    do throws(Diagnostic) {
      let domain = try ParamValues.domain(entry.name, script)
      let value = try ParamValues.value(entry.name, entry.text, of: script)
      // A value of a file is refused at its place there; one of the command line by the script, as in a run.
      if entry.location != nil, let problem = domain.problem(of: value) { throw problem }
      values.set(entry.name, value)
    } catch {
      var problem = error
      problem.location = problem.location ?? entry.location
      throw problem
    }
  }

  /// Whether a section's name is that of a script: its path, or its file name with or without the ending.
  public static func names(_ section: String, _ path: String) -> Bool {
    let base = path.split(separator: "/").last.map(String.init) ?? path
    return section == path || section == base || section + ".strat" == base
  }
}

extension DiagnosticRecord {
  static let paramFile = DiagnosticRecord(
    "E0930", "file of params that cannot be read",
    explanation:
      "The file of `--param-file` has a line `name: value` for each param that all scripts of the batch with "
      + "such a param get, and for single scripts a line `script.strat:` with such lines, indented, below it.",
    bad: "- fast", good: "fast: 20\nsma_cross.strat:\n  slow: 150")
}

extension Diagnostic {
  static func badParamFile(_ message: String, at location: Location) -> Diagnostic {
    Diagnostic(.paramFile, message, at: location, notes: [Note("write `name: value`, one param a line")])
  }
}
