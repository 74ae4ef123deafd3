import Diagnostics
import Interpreter
import LanguageService
import MarketData
import MarketModel
import Reporting
import Scripting

extension MetaCommand {
  /// Commands that look at the data.
  static let data: [MetaCommand] = [
    MetaCommand(
      "data", "[PATTERN]", "List the data: tickers, series, curves and universes, or those of a pattern.",
      details: ["In a pattern `*` stands for any characters; without one, names that contain the text are meant."],
      example: ":data UST*", takes: .data
    ) { (bench, arguments) throws(PromptProblem) in try bench.showData(arguments.text) },
    MetaCommand(
      "series", "CODE", "Show what is known of a series on the current date, and with --vintages every release of it.",
      example: ":series US_RT_PAYROLLS --vintages", takes: .series, flags: [.init("vintages")]
    ) { (bench, arguments) throws(PromptProblem) in
      try bench.showSeries(try arguments.required(), vintages: arguments.flag("vintages") != nil)
    },
  ]
}

extension Workbench {
  fileprivate func showData(_ pattern: String) throws(PromptProblem) {
    let summary = session.store.summary
    let kinds = [
      ("ticker", summary.tickers), ("series", summary.series), ("flow", summary.flows), ("curve", summary.curves),
      ("universe", summary.universes),
    ]
    let found = kinds.flatMap { kind, entries in
      entries.filter { pattern.isEmpty || NamePattern(pattern).matches($0.name) }.map { (kind, $0) }
    }
    guard !found.isEmpty else {
      let names = kinds.flatMap { $0.1.map(\.name) }
      throw .usage(.noSuchData(pattern, similar: Suggestions.close(to: pattern, among: names)))
    }
    let rows = pattern.isEmpty ? 20 : 60
    var table = TextTable([
      .init("name", shrinks: true), .init("kind"), .init("first"), .init("last"), .init("rows", .right),
    ])
    for (kind, entry) in found.prefix(rows) {
      let absent = output.terminal.absent
      table.add([
        entry.name, kind, entry.span?.lowerBound.description ?? absent, entry.span?.upperBound.description ?? absent,
        DisplayNumber(output.terminal).count(entry.rows),
      ])
    }
    output.show(table.lines(output.terminal))
    if found.count > rows {
      output.show([
        output.terminal.paint(
          "\(output.terminal.ellipsis) \(found.count - rows) more; `:data PATTERN` lists some", .dim)
      ])
    }
  }

  fileprivate func showSeries(_ code: String, vintages: Bool) throws(PromptProblem) {
    let view = session.view()
    let kinds: [(SeriesKind, String)] = [(.macro, "macro series"), (.flow, "flow")]
    for (kind, word) in kinds {
      guard let id = view.series(kind, named: code) else { continue }
      return output.show(SeriesCard(session, printer).lines(id, word, vintages: vintages))
    }
    let names = kinds.flatMap { view.codes($0.0) }
    throw .usage(.noSuchData(code, similar: Suggestions.close(to: code, among: names)))
  }
}

/// What is known of a series at the current date.
private struct SeriesCard {
  private let session: MarketSession
  private let printer: ResultPrinter

  init(_ session: MarketSession, _ printer: ResultPrinter) {
    self.session = session
    self.printer = printer
  }

  func lines(_ id: SeriesID, _ word: String, vintages: Bool) -> [String] {
    let view = session.view()
    let snapshot = view.snapshot(id)
    let code = view.code(of: id)
    guard snapshot.count > 0 else { return ["\(code): \(word), nothing known on \(session.asOf)"] }
    let days = (0..<snapshot.count).map { Day(rawValue: snapshot.days[$0]) }
    var lines = [
      "\(code): \(word), \(printer.count(snapshot.count, "observation")) known on \(session.asOf), "
        + "\(days[0]) to \(days[days.count - 1])"
    ]
    if let release = snapshot.latestRelease { lines.append("latest release: \(release)") }
    let recent = Array(days.suffix(printer.rows))
    var table = TextTable(
      vintages
        ? [.init("observation"), .init("released"), .init("value", .right), .init("change", .right)]
        : [.init("observation"), .init("value", .right), .init("first released"), .init("revised", .right)])
    for day in recent {
      let revisions = view.revisions(id, of: day)
      if vintages { add(revisions, day, to: &table) } else { addLatest(revisions, day, to: &table) }
    }
    lines += table.lines(printer.terminal)
    if days.count > recent.count {
      lines.append(
        printer.terminal.paint(
          "\(printer.terminal.ellipsis) \(days.count - recent.count) earlier observations left out", .dim))
    }
    return lines
  }

  private func add(_ revisions: [Revision], _ day: Day, to table: inout TextTable) {
    var before: Double?
    for (place, revision) in revisions.enumerated() {
      let value = revision.value
      let change = before.flatMap { old in value.map { NumberShown.text((($0 - old) * 1e9).rounded() / 1e9) } } ?? ""
      table.add([
        place == 0 ? day.description : "", revision.release.description,
        value.map { printer.number($0) } ?? "withdrawn", change,
      ])
      before = value
    }
  }

  private func addLatest(_ revisions: [Revision], _ day: Day, to table: inout TextTable) {
    guard let first = revisions.first, let last = revisions.last else { return }
    table.add([
      day.description, last.value.map { printer.number($0) } ?? "withdrawn", first.release.description,
      revisions.count > 1 ? "\(revisions.count - 1)x" : "",
    ])
  }
}

/// A pattern of names: `*` stands for any characters; without one, a part of a name.
struct NamePattern {
  private let parts: [String]
  private let isPart: Bool

  init(_ text: String) {
    parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    isPart = parts.count == 1
  }

  /// Whether a name is meant, whatever the case.
  func matches(_ name: String) -> Bool {
    let name = name.lowercased()
    if isPart { return name.contains(parts[0]) }
    guard name.hasPrefix(parts[0]), name.count >= parts[0].count + (parts.last?.count ?? 0) else { return false }
    var rest = name.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(parts.last ?? "")
  }
}
