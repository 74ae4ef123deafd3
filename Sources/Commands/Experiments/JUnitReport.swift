import Experiments
import Reporting

/// A batch as a JUnit report: one test case a script, for systems that show test results.
enum JUnitReport {
  /// Writes the report, over an older one if there is one.
  static func write(_ rows: [BatchRow], to path: String) throws(CommandFailure) {
    switch ScriptFiles.kind(of: path) {
    case nil: try NewFile.write(text(rows), to: path)
    case .file, .folder: try ReplacedFile.write(text(rows), to: path)
    }
  }

  /// The document.
  static func text(_ rows: [BatchRow]) -> String {
    let failed = rows.count { $0.status == .failed }
    let skipped = rows.count { $0.status == .notRun }
    let total = rows.reduce(0) { $0 + $1.seconds }
    let counts =
      "tests=\"\(rows.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"\(skipped)\" time=\"\(seconds(total))\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(counts)>",
      "  <testsuite name=\"strat batch\" \(counts)>",
    ]
    for row in rows { lines += testCase(row) }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func testCase(_ row: BatchRow) -> [String] {
    let slash = row.path.lastIndex(of: "/")
    let folder = slash.map { String(row.path[..<$0]) } ?? "."
    let name = slash.map { String(row.path[row.path.index(after: $0)...]) } ?? row.path
    let head =
      "    <testcase classname=\(attribute(folder)) name=\(attribute(name)) file=\(attribute(row.path)) "
      + "time=\"\(seconds(row.seconds))\""
    if row.status == .notRun { return [head + "><skipped message=\"not run\"/></testcase>"] }
    guard let problem = row.problems.first else { return [head + "/>"] }
    let text = row.problems.map { problem in
      ([problem.place.map { $0 + ": " } ?? ""] + [problem.code + ": " + problem.message]).joined()
        + problem.notes.map { "\n  " + $0 }.joined()
    }.joined(separator: "\n")
    return [
      head + ">",
      "      <failure type=\(attribute(problem.code)) message=\(attribute(problem.message))>\(escaped(text))</failure>",
      "    </testcase>",
    ]
  }

  private static func seconds(_ value: Double) -> String {
    var number = DisplayNumber(Terminal(width: 80)).fixed(value, 3)
    number.removeAll { $0 == "," }
    return number
  }

  private static func attribute(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  /// Text as XML takes it; characters that XML 1.0 has no place for become U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
