extension Migration {
  /// The ledger of trials: every run that was kept or counted, once, whatever became of its results. How many trials a
  /// strategy has had, and how their Sharpe ratios spread, decides what the best of them is worth.
  static let trials = Migration(
    3, "trials",
    up: """
      create table strategy_trials (
        strategy_id text not null,
        run_key text not null,
        origin text not null,
        sharpe_ratio {real},
        sessions {integer} not null,
        made_at {instant} not null,
        primary key (strategy_id, run_key)
      ){keyed};
      """,
    down: """
      drop table strategy_trials;
      """)
}
