import Analytics
import Backtest
import Experiments
import Reporting
import Scripting

/// A sweep for people, as JSON and as CSV. JSON and CSV have all trials in the order of the plan, the table has the best.
struct SweepReport {
  private let sweep: Sweep
  private let trials: [SweepTrial]
  private let ranking: Ranking
  private let count: Int

  /// A report that shows at most `count` trials in its table.
  init(_ sweep: Sweep, _ trials: [SweepTrial], ranking: Ranking, count: Int) {
    self.sweep = sweep
    self.trials = trials
    self.ranking = ranking
    self.count = count
  }

  /// The params that vary; those that have one value everywhere are said once.
  private var varying: [SweepAxis] { sweep.plan.axes.filter { !$0.isFixed } }

  /// The best trials and the failures by code.
  func lines(_ terminal: Terminal) -> [String] {
    let ran = trials.filter { $0.status == .ok }
    let columns = LeagueColumns(ranking, terminal)
    // Names of many params would fill the lines; they stand beside their values then.
    let names = varying.map(\.name)
    let isWide = names.reduce(0) { $0 + max(8, DisplayWidth.of($1)) + 2 } > terminal.width / 2
    let heads = isWide ? [.init("params", wraps: true)] : names.map { TextTable.Column($0, .right) }
    var table = TextTable([.init("", .right)] + heads + columns.columns)
    let order = ranking.order(ran.map { $0.summary?.metric(ranking.metric.id) ?? .absent })
    for (rank, place) in order.prefix(count).enumerated() {
      let trial = ran[place]
      let params = isWide ? [.init(assignments(trial))] : names.map { TextTable.Cell(text(trial, $0)) }
      table.add([.init("\(rank + 1)")] + params + columns.cells(trial.summary))
    }
    var lines = ran.isEmpty ? [] : table.lines(terminal)
    if ran.count > count { lines.append("the best \(count) of \(ran.count); --format csv has all") }
    if !ran.isEmpty { lines += AnnualizationText.lines([sweep.config.annualization]) }
    let failures = FailureGroups.lines(failures, terminal)
    if !failures.isEmpty { lines += (lines.isEmpty ? [] : [""]) + failures }
    return lines
  }

  private var failures: [(name: String, problem: Problem)] {
    trials.compactMap { trial in
      trial.problem.map { problem in
        (assignments(trial), problem)
      }
    }
  }

  private func assignments(_ trial: SweepTrial) -> String {
    varying.map { "\($0.name)=\(text(trial, $0.name))" }.joined(separator: " ")
  }

  private func value(_ trial: SweepTrial, _ name: String) -> ConfigValue {
    trial.params.resolved(sweep.script).first { $0.name == name }?.value ?? .none
  }

  private func text(_ trial: SweepTrial, _ name: String) -> String { ParamText.text(value(trial, name)) }

  /// What was done, in words.
  var notes: [String] {
    let pruned = sweep.plan.pruned
    return [
      EndCounts.line(
        trials.map(\.status), kept: trials.count { $0.isKept }, of: "trial",
        besides: pruned > 0 ? "\(pruned) left out by `where`" : nil)
    ]
  }

  /// The script, data and configuration once, then every trial with its params and what came of it.
  var json: String {
    let identity = sweep.run(ParamValues()).identity
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.member("strategy_id", identity.strategyID)
      document.member("engine_version", identity.engineVersion)
      document.member("script_sha256", identity.scriptHash)
      document.object("modules") { members in
        for module in identity.modules { members.member(module.name, module.hash) }
      }
      document.member("data_fingerprint", identity.dataFingerprint)
      document.object("config") { config in
        for key in ConfigKey.all {
          config.key(key.name)
          RunDocument.write(key.write(sweep.config), to: &config)
        }
      }
      writePlan(&document)
      document.array("trials") { list in
        for trial in trials { list.object { write(trial, to: &$0) } }
      }
    }
    return writer.text + "\n"
  }

  private func writePlan(_ document: inout JSONWriter) {
    switch sweep.plan.choice {
    case .grid: document.member("method", "grid")
    case .random(_, let seed):
      document.member("method", "random")
      document.member("seed", String(seed))
    }
    document.array("params") { list in sweep.plan.axes.forEach { list.value($0.name) } }
    document.member("pruned", sweep.plan.pruned)
  }

  private func write(_ trial: SweepTrial, to object: inout JSONWriter) {
    let identity = sweep.run(trial.params).identity
    object.object("params") { params in
      for param in identity.params {
        params.key(param.name)
        RunDocument.write(param.value, to: &params)
      }
    }
    object.member("run_key", identity.runKey)
    object.member("status", trial.status.rawValue)
    if let summary = trial.summary {
      SummaryDocument.write(summary, to: &object)
    } else {
      object.array("diagnostics") { list in
        if let problem = trial.problem { list.object { SummaryDocument.write(problem, to: &$0) } }
      }
    }
  }

  /// One column a param, then `run_key,status,code,message` and one column a metric.
  func csv(_ cells: CSVWriter.Cells) -> String {
    let names = sweep.run(ParamValues()).identity.params.map(\.name)
    let metrics = MetricCatalog.all
    var writer = CSVWriter(names + ["run_key", "status", "code", "message"] + metrics.map(\.id), cells)
    for trial in trials {
      let identity = sweep.run(trial.params).identity
      writer.row(
        identity.params.map { ParamText.text($0.value) }
          + [identity.runKey, trial.status.rawValue, trial.problem?.code ?? "", trial.problem?.message ?? ""]
          + metrics.map { CSVWriter.field(trial.summary?.metric($0.id) ?? .absent) })
    }
    return writer.text
  }
}
