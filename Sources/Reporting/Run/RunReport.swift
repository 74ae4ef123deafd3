import Analytics
public import Backtest
import Diagnostics
import MarketModel

/// The one screen that `strat run` prints for people: metrics, charts, months, drawdowns, costs, decisions, warnings,
/// and the command that repeats the run.
public struct RunReport {
  private let result: BacktestResult
  private let identity: RunFingerprint
  private let command: String

  /// A report on a run.
  ///
  /// - Parameter command: what repeats the run, as one would type it.
  public init(_ result: BacktestResult, identity: RunFingerprint, command: String) {
    self.result = result
    self.identity = identity
    self.command = command
  }

  /// What the run came to in a few lines: the metrics that are looked at first, what was traded, and what to know.
  public func briefLines(_ terminal: Terminal) -> [String] {
    let number = DisplayNumber(terminal)
    return title(terminal, number) + BriefTable(result, terminal).lines(terminal) + warnings(terminal, number)
  }

  /// The lines of the screen.
  public func lines(_ terminal: Terminal) -> [String] {
    let number = DisplayNumber(terminal)
    var lines = title(terminal, number)
    lines += [""] + MetricTable(result, terminal).lines(terminal, indent: 2)
    lines += section("Equity", equityChart(terminal), terminal)
    lines += section("Drawdown", drawdownChart(terminal), terminal)
    lines += section("Monthly returns", MonthlyTable(result.monthlyReturns).lines(terminal, indent: 2), terminal)
    lines += section("Worst drawdowns", drawdowns(terminal, number), terminal)
    lines += [""] + (costs(number) + decisions(number)).flatMap { Paragraph.lines($0, width: terminal.width) }
    lines += warnings(terminal, number)
    lines += ["", terminal.paint("run \(identity.runKey.prefix(12))", .dim), terminal.paint(command, .dim)]
    return lines
  }

  private func section(_ title: String, _ lines: [String], _ terminal: Terminal) -> [String] {
    lines.isEmpty ? [] : ["", terminal.paint(title, .bold)] + lines
  }

  private func title(_ terminal: Terminal, _ number: DisplayNumber) -> [String] {
    let config = result.config
    let schedule = ConfigKey.named("rebalance").map { $0.write(config) }
    let word = if case .text(let text)? = schedule { text } else { "on given dates" }
    var lines = [
      "\(terminal.paint(result.strategyID, .bold))  \(SpanText.text(result.days, terminal))  "
        + "\(number.count(result.days.count)) sessions, \(word), \(config.execution.rawValue)"
    ]
    if config.annualization != 252 { lines.append("annualized with \(config.annualization) sessions a year") }
    if !identity.params.isEmpty {
      let params = identity.params.map { "\($0.name)=\(ParamText.text($0.value))" }.joined(separator: " ")
      lines += Paragraph.lines("params: " + params, width: terminal.width)
    }
    if let day = result.endedEarly {
      lines.append(terminal.paint("ended early on \(day): the equity fell to zero", .red))
    }
    if let day = result.failedAt {
      lines.append(terminal.paint("failed at \(day): what follows is what the run had until then", .red))
    }
    return lines
  }

  private func equityChart(_ terminal: Terminal) -> [String] {
    BrailleChart(zip(result.days, result.equity).map { (day: $0, value: $1) }).lines(terminal)
  }

  private func drawdownChart(_ terminal: Terminal) -> [String] {
    var peak = result.config.initialCapital
    let points = zip(result.days, result.equity).map { day, equity in
      peak = max(peak, equity)
      return (day: day, value: equity / peak - 1)
    }
    return DrawdownChart(points).lines(terminal)
  }

  private func drawdowns(_ terminal: Terminal, _ number: DisplayNumber) -> [String] {
    let episodes = DrawdownEpisode.all(result.figures).enumerated()
      .sorted { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }.prefix(5).map(\.element)
    if episodes.isEmpty { return [] }
    var table = TextTable([
      .init("depth", .right), .init("peak"), .init("trough"), .init("recovery"), .init("sessions", .right),
    ])
    for episode in episodes {
      table.add([
        .init(number.percent(episode.depth), .red), .init(episode.peak.description), .init(episode.trough.description),
        .init(episode.recovery?.description ?? "not yet"), .init(number.count(episode.sessions)),
      ])
    }
    return table.lines(terminal, indent: 2)
  }

  private func costs(_ number: DisplayNumber) -> [String] {
    let config = result.config
    let traded = result.fills.reduce(0) { $0 + $1.notional.magnitude }
    return [
      "Costs: \(number.fixed(result.figures.totalCosts, 0)) on \(number.fixed(traded, 0)) traded "
        + "(\(number.basisPoints(config.transactionCost)) + \(number.basisPoints(config.slippage)) slippage), "
        + "interest \(number.fixed(result.figures.totalInterest, 0))"
    ]
  }

  private func decisions(_ number: DisplayNumber) -> [String] {
    func count(_ status: BacktestResult.Decision.Status) -> Int { result.decisions.count { $0.status == status } }
    var parts = ["\(number.count(count(.targets))) targets", "\(number.count(count(.hold))) hold"]
    if count(.notWarm) > 0 { parts.append("\(number.count(count(.notWarm))) not warm") }
    if count(.error) > 0 { parts.append("\(number.count(count(.error))) failed") }
    var lines = ["Decisions: " + parts.joined(separator: ", ")]
    if let warmUp = result.warmUp {
      lines.append("Warm-up: \(warmUp.until.map { "until \($0)" } ?? "never over"): \(warmUp.reason)")
    }
    return lines
  }

  private func warnings(_ terminal: Terminal, _ number: DisplayNumber) -> [String] {
    if result.warnings.isEmpty { return [] }
    var lines = ["", terminal.paint("Warnings", .bold)]
    for warning in result.warnings {
      let times = warning.count > 1 ? " (\(number.count(warning.count)) times" : ""
      let first = warning.first.map { (times.isEmpty ? " (" : ", first ") + "\($0)" } ?? ""
      let close = times.isEmpty && first.isEmpty ? "" : ")"
      let text = "\(warning.code) \(warning.message)" + times + first + close
      for (place, line) in Paragraph.lines(text, width: terminal.width - 8).enumerated() {
        lines.append("  " + (place == 0 ? terminal.paint(line, .yellow) : "      " + terminal.paint(line, .yellow)))
      }
    }
    return lines
  }
}
