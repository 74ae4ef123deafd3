import Diagnostics
import Documentation
import Interpreter
import LanguageService
import MarketModel
import Reporting
import Scripting

extension MetaCommand {
  /// Commands that look at values and names.
  static let values: [MetaCommand] = [
    MetaCommand(
      "plot", "EXPR, …", "Draw series, curves, cross-sections and lists.",
      details: [
        "Several expressions share one frame; with `--apart` each has its own. `--drawdown` adds the fall from the "
          + "highest value so far of each. `--svg FILE` writes a picture instead.",
        "A map from numbers of days is drawn as a curve, another map as bars, a list over its places.",
      ],
      example: ":plot close(\"SPY\"), sma(close(\"SPY\"), 200) --drawdown", takes: .expression,
      flags: [.init("svg", "FILE"), .init("drawdown"), .init("apart"), .init("height", "ROWS")]
    ) { (bench, arguments) throws(PromptProblem) in try PlotCommand(bench, arguments).run() },
    MetaCommand(
      "table", "EXPR", "Show all of a value: every observation, entry or item.",
      example: ":table curve(\"UST_PAR\")", takes: .expression
    ) { (bench, arguments) throws(PromptProblem) in
      bench.output.show(TablePrinter(bench.printer).lines(try bench.value(try arguments.required())))
    },
    MetaCommand(
      "type", "EXPR", "Say of which type an expression is, without evaluating it.",
      example: ":type members().map(close)", takes: .expression
    ) { (bench, arguments) throws(PromptProblem) in
      let text = try arguments.required()
      if let type = try bench.type(of: text) { return bench.output.show([type]) }
      let value = try bench.value(text)
      if let function = value.function { return bench.output.show([bench.printer.signature(function)]) }
      bench.output.show([ValueType.text(value)])
    },
    MetaCommand(
      "doc", "NAME", "Look up a function, module, key, limit or metric, or a function of the session.",
      details: ["`?NAME` does the same."], example: ":doc sma", takes: .name
    ) { (bench, arguments) throws(PromptProblem) in try bench.showDocumentation(of: try arguments.required()) },
    MetaCommand(
      "source", "NAME", "Show the text of a function of the session or of the standard library.",
      details: ["`??NAME` does the same."], example: ":source portfolio.cap", takes: .name
    ) { (bench, arguments) throws(PromptProblem) in try bench.showSource(of: try arguments.required()) },
    MetaCommand("vars", "", "List the names of the session.", example: ":vars") {
      (bench, arguments) throws(PromptProblem) in
      try arguments.none()
      bench.showNames()
    },
  ]
}

extension Workbench {
  fileprivate func showDocumentation(of name: String) throws(PromptProblem) {
    let name = name.hasSuffix("()") ? String(name.dropLast(2)) : name
    if let own = session.prompt.declarations.first(where: { $0.name == name && $0.kind == .function }) {
      output.show(
        [session.prompt.names.first { $0.name == name }.map { "fn \(name)\($0.signature)" } ?? ""]
          + (own.documentation.map { [""] + Paragraph.lines($0, width: min(100, output.terminal.width)) } ?? [])
          + (own.problem.map { ["", "does not fit any more: \($0.message)"] } ?? []))
      return
    }
    let reference = Reference(ScriptLibrary.builtins)
    let entries = reference.entries(named: name)
    if entries.isEmpty {
      let names = session.prompt.names.map(\.name) + reference.names
      throw .usage(.unknownDocumentation(name, similar: Suggestions.close(to: name, among: names)))
    }
    output.show(EntryPage(output.terminal).lines(entries, of: reference))
  }

  fileprivate func showSource(of name: String) throws(PromptProblem) {
    if let own = session.prompt.declarations.first(where: { $0.name == name }) {
      return output.show(own.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
    if let text = LibrarySource.text(of: name) {
      return output.show(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
    if ScriptLibrary.builtins[name] != nil { throw .usage(.sourceOfBuiltin(name)) }
    let names = session.prompt.names.map(\.name) + LibrarySource.names
    throw .usage(.unknownDocumentation(name, similar: Suggestions.close(to: name, among: names)))
  }

  fileprivate func showNames() {
    let names = session.prompt.names
    if names.isEmpty { return output.tell(["no names"]) }
    var table = TextTable([.init("name"), .init("kind"), .init("value", shrinks: true)])
    for name in names {
      let value = session.prompt.value(named: name.name)
      table.add([name.name, name.kind.rawValue, value.map { printer.cell($0) } ?? name.signature])
    }
    output.show(table.lines(output.terminal))
  }
}

/// All of a value.
struct TablePrinter {
  private let printer: ResultPrinter

  init(_ printer: ResultPrinter) { self.printer = printer }

  /// The lines.
  func lines(_ value: Value) -> [String] {
    if let series = value.series { return self.series(series) }
    if let map = value.map { return MapPrinter(printer).lines(map, all: true) }
    if let list = value.list { return ListPrinter(printer).lines(list, all: true) }
    return printer.lines(value)
  }

  private func series(_ series: SeriesRef) -> [String] {
    guard let values = try? series.values(0..<series.count, printer.evaluation) else { return [] }
    let isKnownLater = (0..<series.count).contains { series.knownDays[$0] != series.days[$0] }
    var table = TextTable(
      [.init("date"), .init("value", .right)] + (isKnownLater ? [.init("first known")] : []))
    for place in 0..<series.count {
      var row = [Day(rawValue: series.days[place]).description, printer.number(values[place])]
      if isKnownLater { row.append(Day(rawValue: series.knownDays[place]).description) }
      table.add(row)
    }
    return table.lines(printer.terminal)
  }
}

/// The type of a value as a signature writes it.
enum ValueType {
  static func text(_ value: Value) -> String {
    if let list = value.list { return joined("list", (0..<list.count).map { list[$0] }) }
    if let map = value.map { return joined("map", (0..<map.count).map { map.entries[$0].value }) }
    return value.kind.text
  }

  private static func joined(_ container: String, _ items: [Value]) -> String {
    var types: [String] = []
    for item in items {
      let type = text(item)
      if !types.contains(type) { types.append(type) }
    }
    return types.isEmpty ? container : container + "[" + types.prefix(4).joined(separator: " | ") + "]"
  }
}
