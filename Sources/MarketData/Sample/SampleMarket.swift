/// A deterministic synthetic market that resembles a US data folder: equities, ETFs, macro vintages, a Treasury curve,
/// positioning and an index's members, from 2005 to 2019.
public enum SampleMarket {
  /// The rows of the sample.
  static func tables() -> MarketTables { MarketTables() }

  /// The sample as a data set.
  public static func store() -> MarketStore {
    do { return try tables().makeStore().store } catch { preconditionFailure("the sample is valid by construction") }
  }
}
