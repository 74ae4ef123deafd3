extension Migration {
  /// Point-in-time data: what a data folder holds, row by row.
  ///
  /// A database holds any number of data sets; `data_set` is the `id` of a row of `data_sets`, and 1, the first, where
  /// none is given. Numbers are doubles and come back bit by bit; a missing one is a null. A release time that follows
  /// from a release lag is kept with `release_given` 0, beside one that is given for the same instant if there is one,
  /// so that the data set is the one it was imported from.
  /// `data_sets.edition` grows with every import that changed something.
  static let marketData = Migration(
    2, "market data",
    up: """
      create table data_sets (
        id {identity},
        name text not null unique,
        title text,
        decision_time text,
        calendar text,
        adjusts_from_actions {integer} not null default 0,
        edition {integer} not null default 0
      ){table};
      create table ticker_aliases (
        data_set {integer} not null default 1,
        alias text not null,
        ticker text not null,
        primary key (data_set, alias)
      ){keyed};
      create table instruments (
        data_set {integer} not null default 1,
        ticker text not null,
        title text,
        kind text,
        exchange text,
        currency text,
        metadata_json {json},
        primary key (data_set, ticker)
      ){keyed};
      create table market_data (
        data_set {integer} not null default 1,
        ticker text not null,
        trade_date {date} not null,
        open {real},
        high {real},
        low {real},
        close {real},
        volume {real},
        adjusted_close {real},
        primary key (data_set, ticker, trade_date)
      ){keyed};
      create table corporate_actions (
        data_set {integer} not null default 1,
        ticker text not null,
        ex_date {date} not null,
        split_ratio {real},
        cash_dividend {real},
        delisting_price {real},
        primary key (data_set, ticker, ex_date)
      ){keyed};
      create table universe_members (
        data_set {integer} not null default 1,
        universe text not null,
        ticker text not null,
        start_date {date} not null default {first_day},
        end_date {date}
      ){table};
      create unique index universe_members_key on universe_members
        (data_set, universe, ticker, start_date, coalesce(end_date, {never}));
      create table series_metadata (
        data_set {integer} not null default 1,
        kind text not null default 'series',
        series text not null,
        release_lag text,
        title text,
        unit text,
        frequency text,
        source text,
        metadata_json {json},
        primary key (data_set, kind, series)
      ){keyed};
      create table macro_series (
        data_set {integer} not null default 1,
        series text not null,
        observation_date {date} not null,
        value {real},
        release_time {instant} not null,
        revision_number {integer} not null default 0,
        release_given {integer} not null default 1,
        primary key (data_set, series, observation_date, release_time, revision_number, release_given)
      ){keyed};
      create table curves (
        data_set {integer} not null default 1,
        curve_id text not null,
        curve_date {date} not null,
        tenor_days {integer} not null,
        rate {real},
        release_time {instant}
      ){table};
      create unique index curves_key on curves
        (data_set, curve_id, curve_date, tenor_days, coalesce(release_time, {never}));
      create table flow_data (
        data_set {integer} not null default 1,
        series text not null,
        observation_date {date} not null,
        value {real},
        release_time {instant},
        revision_number {integer} not null default 0
      ){table};
      create unique index flow_data_key on flow_data
        (data_set, series, observation_date, coalesce(release_time, {never}), revision_number);
      """,
    down: """
      drop table flow_data;
      drop table curves;
      drop table macro_series;
      drop table series_metadata;
      drop table universe_members;
      drop table corporate_actions;
      drop table market_data;
      drop table instruments;
      drop table ticker_aliases;
      drop table data_sets;
      """)
}
