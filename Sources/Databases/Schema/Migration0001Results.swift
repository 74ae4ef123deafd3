extension Migration {
  /// What runs gave, and what strategies said.
  ///
  /// `run_id` of decisions and signals is the `id` of a row of `backtest_results`, or, negative, that of a row of
  /// `saved_signals`. They name no foreign key, which would cost a look-up a row; a run and what belongs to it are
  /// written and deleted in one transaction, and `strat db check` looks for orphans. JSON is kept as it was written,
  /// byte for byte.
  static let results = Migration(
    1, "results",
    up: """
      create table backtest_results (
        id {identity},
        run_key text not null unique,
        strategy_id text not null,
        start_date {date} not null,
        end_date {date} not null,
        initial_capital {real} not null,
        final_equity {real},
        total_return {real},
        annualized_return {real},
        annualized_volatility {real},
        sharpe_ratio {real},
        sortino_ratio {real},
        calmar_ratio {real},
        max_drawdown {real},
        win_rate {real},
        profit_factor {real},
        total_trades {integer},
        equity_curve {json} not null,
        monthly_returns {json} not null,
        config_json {json} not null,
        params_json {json} not null,
        metrics_json {json} not null,
        modules_json {json} not null,
        script_sha256 text not null,
        data_fingerprint text not null,
        engine_version text not null,
        ended_early {date},
        fills_json {json} not null,
        round_trips_json {json} not null,
        tracks_json {json} not null,
        warnings_json {json} not null,
        created_at {instant} not null
      ){table};
      create index backtest_results_by_strategy on backtest_results (strategy_id, created_at);
      create table strategy_decisions (
        run_id {integer} not null,
        signal_date {date} not null,
        status text not null,
        watermark {instant},
        primary key (run_id, signal_date)
      ){keyed};
      create table strategy_signals (
        run_id {integer} not null,
        strategy_id text not null,
        signal_date {date} not null,
        ticker text not null,
        weight {real} not null,
        confidence {real},
        metadata_json {json},
        ordinal {integer} not null,
        primary key (run_id, signal_date, ticker)
      ){by_year}{keyed};
      {years}
      create index strategy_signals_by_strategy on strategy_signals (strategy_id, signal_date);
      create table saved_signals (
        id {identity},
        signal_key text not null unique,
        strategy_id text not null,
        signal_date {date} not null,
        status text not null,
        reason text,
        watermark {instant},
        config_json {json} not null,
        params_json {json} not null,
        modules_json {json} not null,
        script_sha256 text not null,
        data_fingerprint text not null,
        engine_version text not null,
        created_at {instant} not null
      ){table};
      """,
    down: """
      drop table saved_signals;
      drop table strategy_signals;
      drop table strategy_decisions;
      drop table backtest_results;
      """)
}
