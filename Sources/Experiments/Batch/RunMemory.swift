import Analytics
import Codecs
public import Interpreter
import Kernels
import MarketModel
import Synchronization

/// Outcomes of runs, kept in a folder under the keys of the runs, so that the same run is not made twice.
///
/// One small file an outcome, written elsewhere in the folder and moved to its place, so a killed process leaves whole
/// outcomes only, and several processes may keep outcomes in one folder at once. A file says which key it is of and ends
/// with a hash of its text; one that is damaged is counted, and made anew by the run that follows.
public struct RunMemory: Sendable {
  /// What an outcome is kept under.
  public struct Key: Hashable, Sendable {
    let text: String

    /// The key of a run under limits: they are no part of the run's own key, but decide whether it fails.
    public init(_ runKey: String, _ limits: Limits) {
      // How long a run took depends on the machine; such an end is never kept.
      let counted = Limit.all.filter { $0.name != "seconds" }.map { "\($0.name)=\(limits[keyPath: $0.value])" }
      text = ContentHash.hex(of: Array(([runKey] + counted).joined(separator: " ").utf8))
    }
  }

  /// How a run ended.
  public enum Outcome: Sendable {
    case done(RunSummary)
    case failed(Problem)

    /// Whether the run failed.
    var isFailure: Bool { if case .failed = self { true } else { false } }
  }

  /// The folder.
  public let folder: String
  private let damage = DamageCount()

  /// The memory in a folder, which is made when something is kept.
  public init(folder: String) {
    self.folder = folder
    SmallFile.sweep(making)
  }

  /// How many files were found damaged.
  public var damaged: Int { damage.count.load(ordering: .relaxed) }

  /// The outcome under a key; `nil` if there is none that can be trusted.
  public func outcome(_ key: Key) -> Outcome? {
    guard let bytes = SmallFile.read(path(key)) else { return nil }
    guard OutcomeText.isWhole(bytes, key: key.text) else {
      damage.count.add(1, ordering: .relaxed)
      return nil
    }
    return OutcomeText.read(bytes)
  }

  /// Keeps what came of a run of a script; the script's path is no part of a run's key, so it is not kept either.
  ///
  /// A limit of time says more about the machine than about the script, so what ends by it is not kept.
  func keep(_ outcome: Outcome, _ key: Key, script: String) {
    switch outcome {
    case .done: keep(outcome, key)
    case .failed(let problem) where problem.code == RunMemory.timeLimitCode: break
    case .failed(let problem): keep(.failed(problem.renaming(script, to: "")), key)
    }
  }

  /// The outcome under a key, of a script at a path.
  func outcome(_ key: Key, script: String) -> Outcome? {
    guard let outcome = outcome(key) else { return nil }
    if case .failed(let problem) = outcome { return .failed(problem.renaming("", to: script)) }
    return outcome
  }

  private static let timeLimitCode = "E0508"

  /// Keeps an outcome; where that cannot be done, it is run again next time.
  func keep(_ outcome: Outcome, _ key: Key) {
    SmallFile.write(OutcomeText.text(outcome, key: key.text), to: path(key), by: making)
  }

  /// Where files are before they are whole.
  private var making: String { folder + "/making" }

  private func path(_ key: Key) -> String { "\(folder)/\(key.text.prefix(2))/\(key.text).outcome" }
}

/// How many files were damaged, counted by all workers.
private final class DamageCount: Sendable {
  let count = Atomic<Int>(0)
}

/// An outcome as lines of tab-separated fields.
enum OutcomeText {
  private static let form = "strat-outcome 2"

  static func text(_ outcome: RunMemory.Outcome, key: String) -> [UInt8] {
    var lines = [form, key]
    switch outcome {
    case .done(let summary):
      lines += summary.metrics.map { line(["metric", $0.id] + fields($0.value)) }
      lines += summary.warnings.map { line(["warning", $0.code, String($0.count), $0.message]) }
    case .failed(let problem):
      lines.append(
        line([
          "failed", problem.code, problem.message, problem.file.map { "=" + $0 } ?? "",
          problem.line.map { String($0) } ?? "",
          problem.column.map { String($0) } ?? "",
        ]))
      lines += problem.notes.map { line(["note", $0]) }
    }
    let body = Array((lines.joined(separator: "\n") + "\n").utf8)
    return body + Array(ContentHash.hex(of: body).utf8)
  }

  /// Whether the bytes are those that were written under a key.
  static func isWhole(_ bytes: [UInt8], key: String) -> Bool {
    guard bytes.count > 64,
      ContentHash.hex(of: Array(bytes.dropLast(64))) == String(decoding: bytes.suffix(64), as: UTF8.self)
    else { return false }
    let lines = lines(bytes)
    return lines.count >= 2 && lines[1] == key
  }

  /// The outcome that whole bytes hold; `nil` if they are of another version's form.
  static func read(_ bytes: [UInt8]) -> RunMemory.Outcome? {
    let lines = lines(bytes)
    guard lines.first == Substring(form) else { return nil }
    return outcome(lines.dropFirst(2).map { fields(of: $0) })
  }

  private static func lines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes.dropLast(64), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
  }

  private static func outcome(_ lines: [[String]]) -> RunMemory.Outcome? {
    if let first = lines.first, first[0] == "failed", first.count == 6 {
      return .failed(
        Problem(
          code: first[1], message: first[2], file: first[3].isEmpty ? nil : String(first[3].dropFirst()),
          line: Int(first[4]),
          column: Int(first[5]), notes: lines.dropFirst().compactMap { $0.count == 2 ? $0[1] : nil }))
    }
    var summary = RunSummary(metrics: [], warnings: [])
    for fields in lines {
      switch fields[0] {
      case "metric" where fields.count == 4:
        guard let value = value(fields[2], fields[3]) else { return nil }
        summary.metrics.append((fields[1], value))
      case "warning" where fields.count == 4:
        summary.warnings.append(
          RunSummary.Warning(code: fields[1], message: fields[3], count: Int(fields[2]) ?? 1))
      default: return nil
      }
    }
    return .done(summary)
  }

  private static func fields(_ value: Metric.Value) -> [String] {
    switch value {
    case .number(let number): ["number", NumberText.shortest(number)]
    case .date(let day): ["date", day.description]
    case .absent: ["absent", ""]
    }
  }

  private static func value(_ kind: String, _ text: String) -> Metric.Value? {
    switch kind {
    case "number": NumberText.parse(text).map { .number($0) }
    case "date": Day(iso: text).map { .date($0) }
    default: .absent
    }
  }

  /// Fields may hold anything; tabs, line ends and backslashes are escaped.
  private static func line(_ fields: [String]) -> String {
    fields.map { field in
      field.replacing("\\", with: "\\\\").replacing("\t", with: "\\t").replacing("\n", with: "\\n")
    }.joined(separator: "\t")
  }

  private static func fields(of line: Substring) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map { field in
      var text = ""
      var isEscaped = false
      for character in field {
        if isEscaped {
          text.append(character == "t" ? "\t" : character == "n" ? "\n" : character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else {
          text.append(character)
        }
      }
      return text
    }
  }
}
