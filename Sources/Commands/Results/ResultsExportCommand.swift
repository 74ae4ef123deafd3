import ArgumentParser
import Backtest
import Codecs
import Databases
import MarketModel
import Persistence
import Reporting

/// `strat results export`: a saved run as a document or as lines.
struct ResultsExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a saved run out: its document, its equity or its weights.",
    discussion: """
      EXAMPLE:
        strat results export 3 > run.json && strat results export 3 --weights > weights.csv

      The document is that of `strat run --format json`, byte for byte; --format csv gives the equity curve as that \
      command does, and --weights gives a line for each target weight.
      """)

  @Argument(help: ArgumentHelp("The run's number, or the beginning of its key.", valueName: "run"))
  var name: String

  @Option(help: ArgumentHelp("json for the document, csv for the equity curve.", valueName: "format"))
  var format = OutputFormat.json.name

  @Flag(help: "Target weights by date, as CSV.")
  var weights = false

  @OptionGroup var database: DatabaseOption

  func run() throws {
    guard let format = OutputFormat(format), format != .table else {
      throw CommandFailure.usage(.unknownFormat(self.format, known: OutputFormat.names.filter { $0 != "table" }))
    }
    let store = try database.saved()
    let run = try store.run(named: name)
    do throws(DatabaseError) {
      if weights { return Console.write(try weightLines(run, store, format == .csv(.plain) ? .plain : .guarded)) }
      Console.write(format == .json ? try store.document(run) : equityLines(run))
    } catch { throw CommandFailure(error) }
  }

  private func weightLines(
    _ run: SavedRun, _ store: RunStore, _ cells: CSVWriter.Cells
  ) throws(DatabaseError) -> String {
    var writer = CSVWriter(["as_of", "status", "ticker", "weight"], cells)
    try store.decisions(of: run.id) { decision in
      let head = [decision.asOf.description, decision.status]
      if decision.weights?.entries.isEmpty ?? true { writer.row(head + ["", ""]) }
      for entry in decision.weights?.entries ?? [] {
        writer.row(head + [entry.ticker, CSVWriter.field(entry.weight)])
      }
    }
    return writer.text
  }

  private func equityLines(_ run: SavedRun) -> String {
    let points = points(run.parts.equityCurve)
    let config = JSONValue(run.parts.config)
    let hasBenchmark = config?["benchmark"]?.text != nil
    return RunTables.equityCSV(
      points, benchmark: hasBenchmark ? self.points(run.parts.benchmarkCurve ?? "[]") : nil,
      initialCapital: config?["initial_capital"]?.number ?? points.first?.equity ?? 1)
  }

  private func points(_ curve: String) -> [(day: Day, equity: Double)] {
    (JSONValue(curve)?.items ?? []).compactMap { point in
      guard let day = point.items.first?.text.flatMap({ Day(iso: $0) }), let equity = point.items.last?.number else {
        return nil
      }
      return (day, equity)
    }
  }
}
