extension Migration {
  /// What the benchmarks of runs did: a row for each run that has one. `run_id` is the `id` of a row of
  /// `backtest_results`. JSON is kept as it was written, byte for byte.
  static let benchmarks = Migration(
    5, "benchmarks",
    up: """
      create table benchmark_results (
        run_id {integer} not null,
        metrics_json {json} not null,
        curve_json {json} not null,
        primary key (run_id)
      ){keyed};
      """,
    down: """
      drop table benchmark_results;
      """)
}
