import Analytics
import Experiments
import Reporting

/// A batch for people, as JSON and as CSV. JSON and CSV have the scripts in their order, the table has the best first.
struct BatchReport {
  private let rows: [BatchRow]
  private let others: [String]
  private let ranking: Ranking
  private let count: Int

  /// A report that shows at most `count` scripts in its table; `others` are files that were left out as no strategies.
  init(_ rows: [BatchRow], others: [String] = [], ranking: Ranking, count: Int) {
    self.rows = rows
    self.others = others
    self.ranking = ranking
    self.count = count
  }

  /// The league table and the failures by code.
  func lines(_ terminal: Terminal) -> [String] {
    let ran = rows.filter { $0.status == .ok }
    let columns = LeagueColumns(ranking, terminal)
    var table = TextTable([.init("", .right), .init("script", wraps: true)] + columns.columns)
    let order = ranking.order(ran.map { $0.summary?.metric(ranking.metric.id) ?? .absent })
    let folder = commonFolder
    for (rank, place) in order.prefix(count).enumerated() {
      let name = String(ran[place].path.dropFirst(folder.count))
      table.add([.init("\(rank + 1)"), .init(name)] + columns.cells(ran[place].summary))
    }
    var lines = ran.isEmpty ? [] : table.lines(terminal)
    if ran.count > count { lines.append("… and \(ran.count - count) more") }
    lines += AnnualizationText.lines(ran.compactMap(\.annualization))
    let failures = FailureGroups.lines(failures, terminal)
    if !failures.isEmpty { lines += (lines.isEmpty ? [] : [""]) + failures }
    return lines
  }

  private var failures: [(name: String, problem: Problem)] {
    let folder = commonFolder
    return rows.compactMap { row in row.problems.first.map { (String(row.path.dropFirst(folder.count)), $0) } }
  }

  /// The folder, with its slash, that all paths begin with: said nowhere, it leaves room for what differs.
  private var commonFolder: String {
    guard var common = rows.first?.path else { return "" }
    for row in rows { common = String(zip(common, row.path).prefix { $0 == $1 }.map(\.0)) }
    return common.lastIndex(of: "/").map { String(common[...$0]) } ?? ""
  }

  /// What was done, in words: done, failed and not run add up to the scripts.
  var notes: [String] {
    let line = EndCounts.line(rows.map(\.status), kept: rows.count { $0.isKept }, of: "script")
    return [line] + (others.isEmpty ? [] : [leftOut])
  }

  /// The files that are no strategies, the first of them by name.
  private var leftOut: String {
    let names = others.prefix(3).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let more = others.count > 3 ? " and \(others.count - 3) more" : ""
    return "\(others.count) file\(others.count == 1 ? "" : "s") without `signals` left out: "
      + names.joined(separator: ", ") + more
  }

  /// `{"schema":1,"scripts":[{"file","strategy_id","run_key","status","skipped",…,"metrics"|"diagnostics","seconds"}],
  /// "no_strategies":["file"]}`
  var json: String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("scripts") { list in
        for row in rows { list.object { write(row, to: &$0) } }
      }
      document.array("no_strategies") { list in others.forEach { list.value($0) } }
    }
    return writer.text + "\n"
  }

  private func write(_ row: BatchRow, to object: inout JSONWriter) {
    object.member("file", row.path)
    object.member("strategy_id", row.strategyID)
    object.member("run_key", row.runKey)
    object.member("status", row.status.rawValue)
    object.key("skipped")
    object.value(row.isKept)
    object.member("annualization", row.annualization)
    if let summary = row.summary {
      SummaryDocument.write(summary, to: &object)
    } else {
      object.array("diagnostics") { list in
        for problem in row.problems { list.object { SummaryDocument.write(problem, to: &$0) } }
      }
    }
    object.member("seconds", row.status == .notRun ? nil : row.seconds)
  }

  /// `file,strategy_id,run_key,status,skipped,code,message` and one column a metric.
  func csv(_ cells: CSVWriter.Cells) -> String {
    let metrics = MetricCatalog.all
    var writer = CSVWriter(
      ["file", "strategy_id", "run_key", "status", "skipped", "code", "message"] + metrics.map(\.id), cells)
    for row in rows {
      let problem = row.problems.first
      writer.row(
        [
          row.path, row.strategyID ?? "", row.runKey ?? "", row.status.rawValue, row.isKept ? "true" : "false",
          problem?.code ?? "", problem?.message ?? "",
        ] + metrics.map { CSVWriter.field(row.summary?.metric($0.id) ?? .absent) })
    }
    return writer.text
  }
}

/// Sessions a year where they are not those of daily prices.
enum AnnualizationText {
  /// One line that names them; none where all are 252.
  static func lines(_ used: [Int]) -> [String] {
    let distinct = Set(used).sorted()
    if distinct.allSatisfy({ $0 == 252 }) { return [] }
    return ["annualized with \(distinct.map { "\($0)" }.joined(separator: ", ")) sessions a year"]
  }
}

/// Parts of documents about many runs.
enum SummaryDocument {
  /// The members `metrics` and `warnings`.
  static func write(_ summary: RunSummary, to object: inout JSONWriter) {
    object.object("metrics") { members in
      for (id, value) in summary.metrics { members.member(id, value) }
    }
    object.array("warnings") { list in
      for warning in summary.warnings {
        list.object { object in
          object.member("code", warning.code)
          object.member("message", warning.message)
          object.member("count", warning.count)
        }
      }
    }
  }

  /// The members of a problem.
  static func write(_ problem: Problem, to object: inout JSONWriter) {
    object.member("code", problem.code)
    object.member("message", problem.message)
    object.member("file", problem.file)
    object.member("line", problem.line)
    object.member("column", problem.column)
    object.array("notes") { notes in problem.notes.forEach { notes.value($0) } }
  }
}
