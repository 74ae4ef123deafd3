import Analytics
import ArgumentParser
import Codecs
import Databases
import MarketModel
import Persistence
import Reporting

/// `strat results compare`: what differs between two runs.
struct ResultsCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Say what differs between two saved runs, and since when.",
    discussion: """
      EXAMPLE:
        strat results compare 3 4

      Shown are script, data and engine, configuration, params and metrics where they differ, and the first date with \
      different weights.
      """)

  @Argument(help: ArgumentHelp("One run's number, or the beginning of its key.", valueName: "run"))
  var left: String

  @Argument(help: ArgumentHelp("The other's.", valueName: "other"))
  var right: String

  @OptionGroup var database: DatabaseOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let store = try database.saved()
    let runs = try [left, right].map { try store.run(named: $0) }
    let comparison: RunComparison
    do throws(DatabaseError) {
      comparison = try store.compare(runs[0], runs[1])
    } catch { throw CommandFailure(error) }
    switch format {
    case .table: Console.write(lines(runs, comparison, Console.output))
    case .json: Console.write(json(runs, comparison))
    case .csv(let cells): Console.write(csv(comparison, cells))
    }
  }

  private func sections(_ comparison: RunComparison) -> [(
    name: String, title: String, list: [RunComparison.Difference]
  )] {
    [
      ("identity", "Script, data and engine", comparison.identity), ("config", "Configuration", comparison.config),
      ("params", "Params", comparison.params), ("metrics", "Metrics", comparison.metrics),
    ]
  }

  private func lines(_ runs: [SavedRun], _ comparison: RunComparison, _ terminal: Terminal) -> [String] {
    let titles = runs.map { "run \($0.id)" }
    var lines: [String] = []
    for section in sections(comparison) where !section.list.isEmpty {
      var table = TextTable([
        .init(""), .init(titles[0], .right, wraps: true), .init(titles[1], .right, wraps: true),
      ])
      for entry in section.list {
        let values = [entry.left, entry.right].map { shown(section.name == "params" ? nil : entry.name, $0, terminal) }
        table.add([entry.name] + values)
      }
      lines += [terminal.paint(section.title, .bold)] + table.lines(terminal, indent: 2) + [""]
    }
    guard let parting = comparison.parting else {
      return lines + ["All decisions and weights are the same."]
    }
    lines.append(terminal.paint("First different weights: \(parting.date)", .bold))
    var table = TextTable([.init(""), .init(titles[0], .right), .init(titles[1], .right)])
    table.add(["decision", parting.left ?? terminal.absent, parting.right ?? terminal.absent])
    let number = DisplayNumber(terminal)
    for weight in parting.weights {
      table.add([weight.ticker, number.percent(weight.left), number.percent(weight.right)])
    }
    return lines + table.lines(terminal, indent: 2)
  }

  private func shown(_ name: String?, _ value: JSONValue?, _ terminal: Terminal) -> String {
    // Enough of a hash to tell it from another.
    let text = SavedText(terminal).text(name, value)
    return text.utf8.count == 64 ? String(text.prefix(12)) : text
  }

  private func csv(_ comparison: RunComparison, _ cells: CSVWriter.Cells) -> String {
    var writer = CSVWriter(["section", "name", "left", "right"], cells)
    for section in sections(comparison) {
      for entry in section.list {
        writer.row([section.name, entry.name, entry.left?.plain ?? "", entry.right?.plain ?? ""])
      }
    }
    if let parting = comparison.parting {
      writer.row(["decision", parting.date.description, parting.left ?? "", parting.right ?? ""])
      for weight in parting.weights {
        writer.row(["weight", weight.ticker, CSVWriter.field(weight.left), CSVWriter.field(weight.right)])
      }
    }
    return writer.text
  }

  private func json(_ runs: [SavedRun], _ comparison: RunComparison) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      for (name, run) in zip(["left", "right"], runs) {
        document.object(name) { object in
          object.member("id", run.id)
          object.member("run_key", run.parts.runKey)
        }
      }
      for section in sections(comparison) {
        document.array(section.name) { list in
          for entry in section.list {
            list.object { object in
              object.member("name", entry.name)
              object.key("left")
              object.value(entry.left)
              object.key("right")
              object.value(entry.right)
            }
          }
        }
      }
      guard let parting = comparison.parting else { return document.member("first_difference", nil as String?) }
      document.object("first_difference") { object in
        object.member("date", parting.date)
        object.member("left", parting.left)
        object.member("right", parting.right)
        object.array("weights") { list in
          for weight in parting.weights {
            list.object { object in
              object.member("ticker", weight.ticker)
              object.member("left", weight.left)
              object.member("right", weight.right)
            }
          }
        }
      }
    }
    return writer.text + "\n"
  }
}
