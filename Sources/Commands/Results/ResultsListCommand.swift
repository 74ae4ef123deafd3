import Analytics
import ArgumentParser
import Codecs
import Databases
import MarketModel
import Persistence
import Reporting

/// `strat results ls`: the saved runs.
struct ResultsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List saved runs, filtered and sorted by any metric.",
    discussion: """
      EXAMPLE:
        strat results ls --strategy 'momentum*' --where 'max_drawdown > -30%' --sort sharpe_ratio --limit 20

      Without --sort the latest saved come first; with it the best, which for volatility and costs are the smallest. \
      Runs without the metric are last.
      """)

  @Option(help: ArgumentHelp("Runs of a strategy; * stands for any letters.", valueName: "name"))
  var strategy: [String] = []

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Runs whose metrics are so: 'sharpe_ratio > 1 and max_drawdown > -30%'.", valueName: "condition")
  )
  var conditions: [String] = []

  @Option(help: ArgumentHelp("Runs with this value of a parameter.", valueName: "name=value"))
  var param: [String] = []

  @Option(help: ArgumentHelp("Runs on the data set whose fingerprint begins so.", valueName: "digits"))
  var fingerprint: String?

  @Option(help: ArgumentHelp("Runs saved on this day or later (UTC).", valueName: "date"))
  var since: String?

  @Option(help: ArgumentHelp("Runs saved on this day or earlier (UTC).", valueName: "date"))
  var until: String?

  @Option(help: ArgumentHelp("Sort by a metric.", valueName: "metric"))
  var sort: String?

  @Flag(help: "Turn the order around.")
  var reverse = false

  @Option(help: ArgumentHelp("At most so many runs.", valueName: "count"))
  var limit: Int?

  @Option(help: ArgumentHelp("Show a metric, too.", valueName: "metric"))
  var metric: [String] = []

  @OptionGroup var database: DatabaseOption
  @OptionGroup var output: FormatOptions

  /// The metrics that are always shown.
  private static let shown = ["total_return", "annualized_return", "sharpe_ratio", "max_drawdown", "total_trades"]

  func run() throws {
    let format = try output.format()
    let query = try query()
    let asked = metric + [sort].compactMap(\.self) + query.conditions.map(\.metric)
    let names = (Self.shown + asked).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let metrics = try names.map { try Self.known($0) }
    let store = try database.saved()
    let list: [RunSummary]
    do throws(DatabaseError) {
      list = try store.list(query, metrics: metrics)
    } catch { throw CommandFailure(error) }
    let listing = ResultsListing(list, metrics, wanted: asked.isEmpty ? ["sharpe_ratio"] : asked)
    switch format {
    case .table:
      let empty = "no saved run\(query.isEverything ? "" : " fits"); `strat run FILE --save` saves one"
      Console.write(list.isEmpty ? [empty] : listing.table(Console.output))
    case .json: Console.write(listing.json)
    case .csv(let cells): Console.write(listing.csv(cells))
    }
  }

  private func query() throws(CommandFailure) -> RunQuery {
    var query = RunQuery()
    query.strategies = strategy
    for text in conditions.flatMap({ $0.split(separator: " and ").map(String.init) }) {
      guard let condition = RunQuery.Condition(text) else { throw .usage(.badCondition(text)) }
      _ = try Self.known(condition.metric)
      query.conditions.append(condition)
    }
    for text in param {
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        throw .usage(.badAssignment(text, option: "--param"))
      }
      query.params.append((String(text[..<sign]), String(text[text.index(after: sign)...])))
    }
    query.dataFingerprint = fingerprint
    query.since = try day(since, "--since")
    query.until = try day(until, "--until")
    query.limit = limit
    query.sort = sort
    let isSmallBetter = try sort.map { (name) throws(CommandFailure) in try Self.known(name).direction == .lower }
    query.isAscending = (isSmallBetter ?? false) != reverse
    return query
  }

  private func day(_ text: String?, _ option: String) throws(CommandFailure) -> Day? {
    guard let text else { return nil }
    guard let day = Day(iso: text) else { throw .usage(.badDateOption(option, text)) }
    return day
  }

  private static func known(_ name: String) throws(CommandFailure) -> Metric {
    guard let metric = MetricCatalog.metric(name) else { throw .usage(.unknownMetric(name)) }
    return metric
  }
}

extension RunQuery {
  /// Whether nothing is filtered.
  fileprivate var isEverything: Bool {
    strategies.isEmpty && conditions.isEmpty && params.isEmpty && dataFingerprint == nil && since == nil && until == nil
  }
}

/// Runs as a table, as JSON and as CSV.
struct ResultsListing {
  private let runs: [RunSummary]
  private let metrics: [Metric]
  private let wanted: [String]

  /// The runs with some metrics, of which those that are wanted are always shown.
  init(_ runs: [RunSummary], _ metrics: [Metric], wanted: [String]) {
    self.runs = runs
    self.metrics = metrics
    self.wanted = wanted
  }

  /// What a narrow table leaves out, the last first; what was asked for stays.
  private static let spared = [
    "key", "from", "max_drawdown", "sharpe_ratio", "total_return", "span", "annualized_return", "total_trades",
  ]

  /// A table that fits the terminal. Dates that are the same in all runs tell little, so they are left out sooner.
  func table(_ terminal: Terminal) -> [String] {
    func spare(_ name: String) -> Int { Self.spared.firstIndex(of: name).map { $0 + 1 } ?? 0 }
    let text = MetricText(terminal)
    let isOneSpan = runs.allSatisfy { $0.start == runs[0].start && $0.end == runs[0].end }
    let dates = spare(isOneSpan ? "span" : "from")
    var table = TextTable(
      [
        .init("run", .right), .init("key", spare: spare("key")), .init("strategy", shrinks: true),
        .init("params", wraps: true), .init("from", spare: dates), .init("to", spare: dates),
      ]
        + metrics.map { .init($0.title, .right, spare: wanted.contains($0.id) ? 0 : spare($0.id)) })
    for run in runs {
      let head = [
        String(run.id), String(run.runKey.prefix(8)), run.strategyID, params(run), run.start.description,
        run.end.description,
      ]
      table.add(head + zip(metrics, run.metrics).map { text.text($0, $1) })
    }
    return table.lines(terminal)
  }

  private func params(_ run: RunSummary) -> String {
    run.params.members.map { "\($0.name)=\($0.value.plain)" }.joined(separator: " ")
  }

  func csv(_ cells: CSVWriter.Cells) -> String {
    var writer = CSVWriter(
      ["id", "run_key", "strategy_id", "start", "end", "created_at"] + metrics.map(\.id), cells)
    for run in runs {
      let head = [
        String(run.id), run.runKey, run.strategyID, run.start.description, run.end.description,
        run.createdAt.description,
      ]
      writer.row(head + run.metrics.map { CSVWriter.field($0) })
    }
    return writer.text
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("runs") { list in
        for run in runs {
          list.object { object in
            object.member("id", run.id)
            object.member("run_key", run.runKey)
            object.member("strategy_id", run.strategyID)
            object.member("start", run.start)
            object.member("end", run.end)
            object.member("created_at", run.createdAt.description)
            object.key("params")
            object.value(run.params)
            object.object("metrics") { members in
              for (metric, value) in zip(metrics, run.metrics) {
                if case .date(let day) = value {
                  members.member(metric.id, day)
                } else {
                  members.member(metric.id, value.number)
                }
              }
            }
          }
        }
      }
    }
    return writer.text + "\n"
  }
}
