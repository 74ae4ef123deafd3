import Analytics
import Experiments
import Reporting

/// The metrics that a table of many runs shows: the one it is sorted by first, then those that tell most.
struct LeagueColumns {
  /// The metrics, from the left.
  let metrics: [Metric]
  private let texts: MetricText

  private static let usual = ["annualized_return", "sharpe_ratio", "max_drawdown", "total_trades"]

  init(_ ranking: Ranking, _ terminal: Terminal) {
    let others = LeagueColumns.usual.filter { $0 != ranking.metric.id }.compactMap { MetricCatalog.metric($0) }
    metrics = [ranking.metric] + others
    texts = MetricText(terminal)
  }

  /// The columns of a table; where it is narrow, the last are left out first, and never the one it is sorted by.
  var columns: [TextTable.Column] {
    metrics.enumerated().map { place, metric in .init(metric.title, .right, spare: place) }
  }

  /// The cells of a run.
  func cells(_ summary: RunSummary?) -> [TextTable.Cell] {
    guard let summary else { return [] }
    return metrics.map { metric in
      let value = summary.metric(metric.id)
      return .init(texts.text(metric, value), metric.id == "annualized_return" ? Ink.sign(value.number) : nil)
    }
  }
}

/// Failures by code, the most frequent first, for people.
enum FailureGroups {
  /// One line a code: how many, and the first of them.
  static func lines(_ failures: [(name: String, problem: Problem)], _ terminal: Terminal) -> [String] {
    var groups: [(code: String, count: Int, first: (name: String, problem: Problem))] = []
    for failure in failures {
      if let place = groups.firstIndex(where: { $0.code == failure.problem.code }) {
        groups[place].count += 1
      } else {
        groups.append((failure.problem.code, 1, failure))
      }
    }
    groups.sort { $0.count != $1.count ? $0.count > $1.count : $0.code < $1.code }
    var table = TextTable([
      .init("failed", .right), .init("code"), .init("first", wraps: true), .init("why", wraps: true),
    ])
    for group in groups {
      table.add([
        .init(DisplayNumber(terminal).count(group.count), .red), .init(group.code), .init(group.first.name),
        .init(group.first.problem.message),
      ])
    }
    return groups.isEmpty ? [] : table.lines(terminal)
  }
}
