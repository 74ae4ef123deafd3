internal import CStandardLibrary

/// The modules every script can import, as they stand in `Stdlib`.
public enum StandardLibrary {
  /// A module: its name and its text.
  public struct Module: Sendable {
    /// The name scripts import.
    public let name: String
    /// The source.
    public let text: String
  }

  /// All modules, ascending by name.
  public static let modules: [Module] = (0..<strat_module_count).map { place in
    let module = strat_module_at(place)
    return Module(name: String(cString: module.name), text: String(cString: module.text))
  }
}
