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
    Module(name: "portfolio", text: String(decoding: PackageResources.portfolio_strat, as: UTF8.self)),
    Module(name: "risk", text: String(decoding: PackageResources.risk_strat, as: UTF8.self)),
    Module(name: "stats", text: String(decoding: PackageResources.stats_strat, as: UTF8.self)),
  ]
}
