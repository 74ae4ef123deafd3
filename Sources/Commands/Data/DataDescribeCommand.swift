import ArgumentParser
import MarketData
import MarketModel
import Reporting

/// `strat data describe`: what a data set is, in one short table.
struct DataDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Say what a data set is: counts, spans, settings, fingerprint.",
    discussion: """
      EXAMPLE:
        strat data describe data/us
      """)

  @OptionGroup var data: DataFolderOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let description = DataDescription(try data.load())
    switch format {
    case .table:
      var table = TextTable([.init("", .left), .init("", .left)])
      table.showsHeader = false
      for fact in description.facts { table.add([fact.name, fact.shown]) }
      Console.write(table.lines(Console.output))
    case .json:
      var writer = JSONWriter()
      writer.object { document in
        document.member("schema", 1)
        for fact in description.facts {
          document.key(fact.name)
          switch fact.value {
          case .text(let text): document.value(text)
          case .count(let count): document.value(count)
          }
        }
      }
      Console.write(writer.text + "\n")
    case .csv(let cells):
      var writer = CSVWriter(["name", "value"], cells)
      for fact in description.facts { writer.row([fact.name, fact.plain]) }
      Console.write(writer.text)
    }
  }
}

/// The facts of a data set in the order they are told.
struct DataDescription {
  /// What a fact says.
  enum Value {
    case text(String?)
    case count(Int)
  }

  /// One fact.
  struct Fact {
    let name: String
    let value: Value

    /// For people.
    var shown: String {
      switch value {
      case .text(let text): text ?? Console.output.absent
      case .count(let count): DisplayNumber(Console.output).count(count)
      }
    }
    /// For spreadsheets.
    var plain: String {
      switch value {
      case .text(let text): text ?? ""
      case .count(let count): String(count)
      }
    }
  }

  let facts: [Fact]

  init(_ data: DataSet) {
    let store = data.store
    let entries = DataEntry.all(of: store)
    func count(_ kind: String) -> Value { .count(entries.count { $0.kind == kind }) }
    func rows(_ kind: String) -> Value { .count(entries.reduce(0) { $1.kind == kind ? $0 + $1.rows : $0 }) }
    facts = [
      Fact(name: "name", value: .text(store.settings.name)),
      Fact(name: "fingerprint", value: .text(store.fingerprint)),
      Fact(name: "first_price", value: .text(store.priceSpan?.lowerBound.description)),
      Fact(name: "last_price", value: .text(store.priceSpan?.upperBound.description)),
      Fact(name: "calendar", value: .text(store.settings.calendar?.description ?? CalendarRule.sessions.description)),
      Fact(name: "sessions", value: .count(store.calendar.sessions.count)),
      Fact(name: "tickers", value: count("ticker")), Fact(name: "price_rows", value: rows("ticker")),
      Fact(name: "series", value: count("series")), Fact(name: "series_releases", value: rows("series")),
      Fact(name: "flows", value: count("flow")), Fact(name: "flow_releases", value: rows("flow")),
      Fact(name: "curves", value: count("curve")), Fact(name: "universes", value: count("universe")),
      Fact(name: "actions", value: .count(store.actions.count)),
      Fact(name: "aliases", value: .count(store.settings.aliases.count)),
      Fact(name: "defects", value: .count(data.report.total)),
    ]
  }
}
