/// The modules every script can import, as they stand in this folder.
public enum StandardLibrary {
  /// A module: its name and its text.
  public struct Module: Sendable {
    /// The name scripts import.
    public let name: String
    /// The source.
    public let text: String
  }

  /// All modules, ascending by name.
  public static let modules: [Module] = [
    Module(name: "cross_section", text: String(decoding: PackageResources.cross_section_strat, as: UTF8.self)),
    Module(name: "macro", text: String(decoding: PackageResources.macro_strat, as: UTF8.self)),
    Module(name: "portfolio", text: String(decoding: PackageResources.portfolio_strat, as: UTF8.self)),
    Module(name: "rates", text: String(decoding: PackageResources.rates_strat, as: UTF8.self)),
    Module(name: "regimes", text: String(decoding: PackageResources.regimes_strat, as: UTF8.self)),
    Module(name: "risk", text: String(decoding: PackageResources.risk_strat, as: UTF8.self)),
    Module(name: "seasonality", text: String(decoding: PackageResources.seasonality_strat, as: UTF8.self)),
    Module(name: "stats", text: String(decoding: PackageResources.stats_strat, as: UTF8.self)),
    Module(name: "testing", text: String(decoding: PackageResources.testing_strat, as: UTF8.self)),
    Module(name: "trend", text: String(decoding: PackageResources.trend_strat, as: UTF8.self)),
  ]
}
