extension Migration {
  /// What the dates of bars longer than a day mean: `start` where they lie at the start of their period, `end` where they
  /// are those at which the bars are known; null where the data set says neither.
  static let barDates = Migration(
    4, "bar dates",
    up: """
      alter table data_sets add column bar_dates text;
      """,
    down: """
      alter table data_sets drop column bar_dates;
      """)
}
